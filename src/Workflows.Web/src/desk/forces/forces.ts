// 专班 as the form holds it, and the departments that its officers come from.
import type { Shape } from '../../api/shapes'

export type Force = Shape<'TaskForceShape'>
export type Terms = Shape<'TaskForceTerms'>
export type Officer = Shape<'RosterOfficer'>

/** A department sends two officers of each organ, so that one with a single member cannot go. */
const FEWEST = 2

/** Members by department, in the order in which departments first appear. */
export function byDepartment<T extends { department: string }>(members: T[]): [string, T[]][] {
  const groups = new Map<string, T[]>()
  for (const member of members) groups.set(member.department, [...(groups.get(member.department) ?? []), member])
  return [...groups]
}

/** Departments with fewer officers than a visit needs. */
export function tooFew(members: { department: string }[]): string[] {
  return byDepartment(members).filter(([, list]) => list.length < FEWEST).map(([code]) => code)
}

/** Whether a force can serve a plan: it works on both days and serves scenario and area. */
export function serves(force: Force, scenario: string, from: string, to: string, area?: string | null): boolean {
  const terms = [...force.versions].reverse().find(one => one.from <= from)
  if (!terms || (terms.to && terms.to < to) || (force.endedOn && force.endedOn < to)) return false
  return (!terms.scenarios?.length || terms.scenarios.includes(scenario)) && (!terms.areas?.length || terms.areas.some(code => area?.startsWith(code)))
}
