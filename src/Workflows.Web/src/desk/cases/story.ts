import type { Shape } from '../../api/shapes'

/** A clock as the service sends it: the members that it computes are always there, though its description calls them optional. */
export type StoryClock = Omit<Shape<'DeadlineClock'>, 'clock'> & { clock: Required<Shape<'DeadlineClock'>['clock']> }

export type Story = Omit<Shape<'CaseStory'>, 'clocks'> & { clocks: StoryClock[] }

/** Names of the people in a story by their ids: from what they did, and from the facts themselves. */
export function peopleOf(story: Story): Record<string, string> {
  const people: Record<string, string> = { clock: '系统时钟' }
  const lists = [story.teams, story.visits, story.findings, story.orders, story.extensions, story.proofs, story.reinspections, story.leniency, story.filings, story.services, story.clocks, story.cards, story.supervisionOrders, story.publications, story.evidence, story.stopMeasures]
  for (const cause of [story.case.created, story.case.changed, ...lists.flatMap(list => list.flatMap(row => [row.created, row.changed]))]) if (cause) people[cause.actorId] = cause.actorName
  for (const team of story.teams) for (const member of team.members) people[member.officerId] = member.name
  for (const change of story.substitutions) if (change.outName) people[change.outId] ??= change.outName
  for (const fact of story.timeline) if (fact.actorName && !/^(clock$|party:)/.test(fact.actor)) people[fact.actor] ??= fact.actorName
  return people
}

/** The stages that every case goes through, with whether it has come there: what a person sees at one look. */
export const STAGES = ['待检查', '检查中', '处置中', '整改中', '复查', '办结'] as const

export function stageIndex(story: Story): number {
  if (story.case.state !== 'Open') return STAGES.length - 1
  const at = STAGES.indexOf(story.case.stage as (typeof STAGES)[number])
  if (at >= 0) return at
  return story.reinspections.length > 0 ? 4 : story.orders.some(order => order.state === 'Served') ? 3 : story.findings.length > 0 ? 2 : story.visits.some(visit => visit.state === 'Arrived') ? 1 : 0
}
