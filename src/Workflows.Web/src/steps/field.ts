// What one field of a step does, however a page draws it: the desk and the phone have controls of their own and this in common.
import { type ComputedRef, type Ref, computed, ref } from 'vue'
import { type Field, type Option, type Values, initialOf, manyOf, picksOf } from './form'

/** So many choices are shown before somebody looks for one. */
const SHOWN_UNASKED = 4

export interface FieldUse {
  set: (value: unknown) => void
  /** Values of one row of a field of rows. */
  row: (key: string) => Values
  setRow: (key: string, value: Values) => void
  /** Values of one of many. */
  setOf: (n: number, value: Values) => void
  remove: (n: number) => void
  add: (now: Date) => void
  toggle: (choice: string, on: boolean) => void
  /** What is looked for among the choices. */
  wanted: Ref<string>
  /** What was chosen, then what is looked for.
 */
  picks: ComputedRef<Option[]>
}

/**
 * @param values What is filled in, the field's own value among it.
 * @param fieldNow The field as it is asked now.
 * @param mostFound most choices that are shown for what is looked for.
 */
export function useField(values: Ref<Values>, fieldNow: () => Field, mostFound: number): FieldUse {
  const wanted = ref('')
  const set = (value: unknown) => { values.value = { ...values.value, [fieldNow().name]: value } }
  const many = () => manyOf(values.value, fieldNow().name)
  const rows = () => (values.value[fieldNow().name] ?? {}) as Record<string, Values>
  const chosen = () => picksOf(values.value, fieldNow().name)
  const picks = computed(() => {
    const field = fieldNow()
    if (field.kind !== 'picks') return []
    if (!field.search) return field.options
    const words = wanted.value.trim()
    const others = field.options.filter(one => !chosen().includes(one.value) && (!words || one.label.includes(words) || one.sub?.includes(words)))
    return [...field.options.filter(one => chosen().includes(one.value)), ...others.slice(0, words ? mostFound : SHOWN_UNASKED)]
  })
  return {
    set,
    row: key => rows()[key] ?? {},
    setRow: (key, value) => set({ ...rows(), [key]: value }),
    setOf: (n, value) => set(many().map((one, at) => (at === n ? value : one))),
    remove: n => set(many().filter((_, at) => at !== n)),
    add: now => {
      const field = fieldNow()
      if (field.kind === 'many') set([...many(), initialOf(field.fields, now)])
    },
    toggle: (choice, on) => set(on ? [...chosen(), choice] : chosen().filter(other => other !== choice)),
    wanted,
    picks,
  }
}
