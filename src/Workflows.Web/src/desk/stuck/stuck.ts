// “办不成事”: where a request stands, and the colour of its clock.
import type { Shape } from '../../api/shapes'
import { say } from '../../language/language'
import { addDays, lastDay } from '../words/dates'

export type Stuck = Shape<'StuckRequest'>
export type Tone = 'red' | 'amber' | 'green' | 'grey'

/** Days before the end in which a clock is amber, as on the wall. */
const SOON = 2

/** Red when late or missed before, amber in its last two days, green otherwise; grey when it is closed. */
export function tone(one: Pick<Stuck, 'wait' | 'missed'>, now: Date, today: string): Tone {
  if (!one.wait) return 'grey'
  if (one.wait.lateSince || new Date(one.wait.dueAt) <= now) return 'red'
  return lastDay(one.wait.dueAt) <= addDays(today, SOON) ? 'amber' : 'green'
}

const RANK: Record<Tone, number> = { red: 0, amber: 1, green: 2, grey: 3 }

/** What is late first, then what ends first; what is closed last. */
export function sorted(rows: Stuck[], now: Date, today: string): Stuck[] {
  return [...rows].sort((a, b) => RANK[tone(a, now, today)] - RANK[tone(b, now, today)] || (a.wait?.dueAt ?? '').localeCompare(b.wait?.dueAt ?? '') || b.created.at.localeCompare(a.created.at))
}

/** What the service calls the steps of a request, what it waits for and what it writes itself when a date is missed. */
const STEPS = new Map([
  ['反映', 'Filed'], ['审查办结', 'Closed on review'], ['限期办理', 'To be done by a date'], ['再次限期', 'Given another date'], ['答复', 'Answered'], ['核实办结', 'Verified and closed'],
  ['逾目标日期', 'Target date missed'], ['承办单位未在目标日期前办成', 'The department did not get it done by the target date'], ['督办人审查', 'Review by the supervisor'], ['督办人核实', 'Verification by the supervisor'],
])

/** A step in the language of the page; what people wrote themselves stays as they wrote it. */
export function stepName(text: string): string {
  return say(text, STEPS.get(text) ?? text)
}
