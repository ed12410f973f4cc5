// What the firm or committee of an estate has to do next, in words.
import type { Shape } from '../api/shapes'

export type Estate = Shape<'EstateView'>
export type Duty = Shape<'EstateDuty'>
export type Milestone = Shape<'EstateMilestone'>

/** The milestone of a project that can be reported now, or undefined when all are. */
export const nextOf = (duty: Duty): Milestone | undefined => duty.milestones.find(one => one.mayConfirm)

export type Urgency = 'late' | 'due' | 'ahead' | 'done'

export function urgencyOf(duty: Duty): Urgency {
  const next = nextOf(duty)
  return !next ? 'done' : next.state === 'Late' ? 'late' : next.state === 'Due' ? 'due' : 'ahead'
}

/** Duties that cannot wait first: late, due, then those ahead by their day; what is done last. */
export function inOrder(duties: Duty[]): Duty[] {
  const rank: Urgency[] = ['late', 'due', 'ahead', 'done']
  return [...duties].sort((a, b) => rank.indexOf(urgencyOf(a)) - rank.indexOf(urgencyOf(b)) || (nextOf(a)?.plannedOn ?? '').localeCompare(nextOf(b)?.plannedOn ?? ''))
}

export const countOf = (duties: Duty[], urgency: Urgency) => duties.filter(duty => urgencyOf(duty) === urgency).length

/** The date in China of a moment, as YYYY-MM-DD. */
export const dateOf = (iso: string) => new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai' }).format(new Date(iso))
