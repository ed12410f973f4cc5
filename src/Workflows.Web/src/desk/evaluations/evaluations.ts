// 多方评价: who may speak for a party, and how the figure comes about. The service has the last word.
import type { Shape } from '../../api/shapes'

export type Evaluation = Shape<'Evaluation'>
export type Part = Evaluation['parts'][number]
export interface Reader { roles: string[]; department?: string | null; area?: string | null; id?: string }

function admits(part: Part, reader: Reader): boolean {
  const rater = part.rater
  return !rater || ((!rater.role || reader.roles.includes(rater.role)) && (!rater.department || rater.department === reader.department) && (!rater.area || !!reader.area?.startsWith(rater.area)))
}

/** Parties for which the reader may still speak: one each, and never for itself. */
export function partiesOf(one: Evaluation, reader: Reader): string[] {
  if (one.subject === 'Department' && one.subjectId === reader.department) return []
  if (reader.id && one.parts.some(part => part.by?.by === reader.id)) return []
  return one.parts.filter(part => (part.score === null || part.score === undefined) && admits(part, reader)).map(part => part.party)
}

/** The weighted sum as it is written down, such as 40%×90 + 30%×80; undefined while a party is missing. */
export function arithmetic(one: Evaluation): string | undefined {
  return one.parts.every(part => part.score !== null && part.score !== undefined) ? one.parts.map(part => `${part.weight}%×${Number(part.score)}`).join(' + ') : undefined
}

/** Whether weights make a whole. */
export function isWhole(weights: (number | string)[]): boolean {
  return weights.length > 0 && weights.every(weight => Number(weight) >= 1) && weights.reduce<number>((sum, weight) => sum + Number(weight), 0) === 100
}
