// What all parts of the forms share: the data that is edited, which entries are open, and what is wrong where.
import { type InjectionKey, type Ref, inject, reactive, ref } from 'vue'
import type { Whole } from './fields'
import { wayTo } from './places'

export interface Editing {
  whole: Whole
  /** Supervisors look. */
  readonly: Ref<boolean>
  /** Places of the entries that are open. */
  opened: Set<string>
  /** Messages by file and place. */
  problems: Ref<Map<string, string[]>>
  /** Which file the form shows. */
  file: Ref<string>
}

const KEY: InjectionKey<Editing> = Symbol('editing')

export const editingKey = KEY

export function newEditing(readonly: Ref<boolean>): Editing {
  return { whole: reactive({ scenario: {}, law: {} }) as Whole, readonly, opened: reactive(new Set<string>()), problems: ref(new Map()), file: ref('scenario.json') }
}

export function useEditing(): Editing {
  return inject(KEY)!
}

const FRAMES_TO_DRAW = 3

/** Opens what holds a place and brings its field, or the nearest thing around it, before the reader. */
export async function showPlace(editing: Editing, place: string, marked = true): Promise<void> {
  const way = wayTo(place)
  way.forEach(step => editing.opened.add(step))
  for (let frame = 0; frame < FRAMES_TO_DRAW; frame++) await new Promise(resolve => requestAnimationFrame(resolve))
  for (const step of way.reverse()) {
    const found = document.querySelector<HTMLElement>(`[data-place="${CSS.escape(step)}"]`)
    if (!found) continue
    found.scrollIntoView({ block: 'center' })
    const control = found.matches('input, select, textarea, summary') ? found : found.querySelector<HTMLElement>('input, select, textarea, summary, button')
    control?.focus({ preventScroll: true })
    if (!marked) return
    found.classList.add('wf-jumped')
    found.addEventListener('animationend', () => found.classList.remove('wf-jumped'), { once: true })
    return
  }
}
