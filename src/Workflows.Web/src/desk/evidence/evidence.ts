// 证据互认: who may decide on another department's evidence, review what equipment recorded, and keep the agreements.
import type { Shape } from '../../api/shapes'
import type { Person } from '../../session/session'

export type Row = Shape<'EvidenceRow'>
export type Evidence = Shape<'Evidence'>
export type Agreement = Shape<'CooperationAgreement'>
export type Decision = Shape<'RecognitionRow'>

type Who = Pick<Person, 'id' | 'officerId' | 'roles' | 'department'>
const is = (person: Who, ...roles: string[]) => roles.some(role => person.roles.includes(role))

/** Lists that the person reads. */
export function listsOf(person: Who): string[] {
  const officer = is(person, 'inspector', 'department-head')
  return [...(officer ? ['offered'] : []), 'decisions', 'monitoring', 'agreements']
}

/** Whether equipment recorded it and not both reviews have passed (行政处罚法 41): it carries nothing, and nobody accepts it. */
export function isUnreviewed(one: Pick<Evidence, 'origin' | 'review'>): boolean {
  return one.origin === 'Monitoring' && !(one.review?.legalPassed && one.review.technicalPassed)
}

/** What the person may do with a piece of evidence; the service has the last word. */
export function actsOf(one: Pick<Evidence, 'holder' | 'sealed' | 'origin' | 'review' | 'created'>, person: Who): { decide: boolean; accept: boolean; legal: boolean; technical: boolean } {
  const officer = is(person, 'inspector', 'department-head') && !is(person, 'assistant')
  const decide = officer && !one.sealed && !!one.holder && one.holder !== person.department
  const same = (by: string | undefined) => by === person.id || (!!person.officerId && by === person.officerId)
  // The two reviews are made by different people of the department that holds it, and by nobody who handed it in.
  const reviews = one.origin === 'Monitoring' && (!one.holder || one.holder === person.department) && !same(one.created.actorId)
  return {
    decide,
    accept: decide && !isUnreviewed(one),
    legal: reviews && is(person, 'legal-reviewer') && !one.review?.legal && !same(one.review?.technical?.by),
    technical: reviews && officer && !one.review?.technical && !same(one.review?.legal?.by),
  }
}

/** Who registers and ends agreements. */
export function keepsAgreements(person: Pick<Who, 'roles'>): boolean {
  return person.roles.some(role => role === 'dispatcher' || role === 'supervisor')
}

/** Where an agreement stands on a day; its days are whole days of Beijing. */
export function standing(one: Pick<Agreement, 'from' | 'to' | 'ended'>, today: string): 'Ended' | 'Coming' | 'Over' | 'InForce' {
  if (one.ended) return 'Ended'
  if (one.from > today) return 'Coming'
  return one.to && one.to < today ? 'Over' : 'InForce'
}
