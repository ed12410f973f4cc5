// A list that a tab loads when it is opened.
import { type ShallowRef, onMounted, ref, shallowRef } from 'vue'
import type { Ref } from 'vue'

export function loaded<T>(load: () => Promise<T>): { found: ShallowRef<T | undefined>; failure: Ref<string> } {
  const found = shallowRef<T>()
  const failure = ref('')
  onMounted(async () => {
    try {
      found.value = await load()
    } catch (problem) {
      failure.value = (problem as Error).message
    }
  })
  return { found, failure }
}
