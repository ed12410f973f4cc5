// What is missing of a form is said at its field, which gets the focus: on a phone the button is far below it.
import { computed, type Ref, ref } from 'vue'
import { say } from '../language/language'

type Words = readonly [chinese: string, english: string]

/** @param fields Name of each field that is needed, what it holds, and what is said where it holds nothing; in their order on the page. */
export function useMissing(fields: readonly { name: string; value: Ref<string>; words: Words }[]) {
  const tried = ref(false)
  const missing = computed(() => (tried.value ? fields.find(field => !field.value.value.trim()) : undefined))

  /** Whether something is missing. */
  function lacks(form: HTMLElement): boolean {
    tried.value = true
    if (missing.value) form.querySelector<HTMLElement>(`[name="${missing.value.name}"]`)?.focus()
    return missing.value !== undefined
  }

  /** What is said at a field, or nothing. */
  const saidOf = (name: string): string => (missing.value?.name === name ? say(...missing.value.words) : '')

  return { lacks, saidOf, again: () => (tried.value = false) }
}
