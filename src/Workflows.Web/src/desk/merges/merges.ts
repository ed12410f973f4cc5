// 综合查一次: who may decide on a proposal to make several checks of one target in one visit.
import type { Shape } from '../../api/shapes'

export type Merge = Shape<'MergeProposal'>

/** What a person with these roles may do with a proposal; the service has the last word. */
export function actsOf(one: Pick<Merge, 'state' | 'isMandatory' | 'parts'>, roles: string[], department: string | null | undefined): { accept: boolean; refuse: boolean } {
  if (one.state !== 'Proposed') return { accept: false, refuse: false }
  const leads = roles.includes('department-head') && one.parts.some(part => part.leadDepartment === department)
  const decides = roles.includes('dispatcher') || leads
  return { accept: decides, refuse: one.isMandatory ? roles.includes('supervisor') : decides }
}

/** Visits that parties were spared by what was accepted. */
export function spared(rows: Pick<Merge, 'state' | 'visitsSaved'>[]): number {
  return rows.filter(one => one.state === 'Accepted').reduce((sum, one) => sum + Number(one.visitsSaved), 0)
}
