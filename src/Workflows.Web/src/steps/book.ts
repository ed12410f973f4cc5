// The book of forms: every kind of step that a person does away from the door, on the phone or at the desk.
import { decision, decisions } from './decisions'
import { enforcement } from './enforcement'
import { escalation } from './escalation'
import { filing } from './filing'
import { type Context, type Form, type Values, given } from './form'
import { leads } from './leads'
import { orders } from './orders'
import { planning } from './planning'
import { sampling } from './sampling'

export const BOOK: Readonly<Record<string, Form>> = { ...decisions, ...planning, ...orders, ...filing, ...escalation, ...enforcement, ...sampling, ...leads }

export function formOf(kind: string): Form {
  return BOOK[kind] ?? decision
}

/** What goes to the service, without members that nobody filled in. */
export function dataOf(values: Values, context: Context, outcome: string): Record<string, unknown> {
  return given(formOf(context.task.kind).data(values, context, outcome))
}
