// 移送与会商: who may do what with a transfer or a consultation. The service has the last word.
import type { Shape } from '../../api/shapes'

export type Transfer = Shape<'CaseTransfer'>
export type Consultation = Shape<'Consultation'>
export type TransferAct = 'decide' | 'hand-over' | 'receipt'

/** Who looks: roles and department of the session. */
export interface Reader { roles: string[]; department?: string | null }

const officer = (one: Reader) => one.roles.includes('inspector') || one.roles.includes('department-head')

/** What the reader may do next with a transfer; nothing where it is another's turn. */
export function actOf(one: Pick<Transfer, 'state' | 'department' | 'receiverDepartment'>, reader: Reader): TransferAct | undefined {
  const own = one.department === reader.department
  if (one.state === 'Reported') return own && reader.roles.includes('department-head') ? 'decide' : undefined
  if (one.state === 'Approved') return own && officer(reader) ? 'hand-over' : undefined
  // Where the receiver works here it gives the receipt itself; else the sender notes what the receiver sent.
  if (one.state === 'HandedOver') return officer(reader) && (one.receiverDepartment ?? one.department) === reader.department ? 'receipt' : undefined
  return undefined
}

/** Whether the reader may propose a transfer out of a case. */
export function mayReport(reader: Reader): boolean {
  return officer(reader) && !!reader.department
}

/** Command centre, guidance office and supervisors call people together. */
export function mayConvene(reader: Reader): boolean {
  return reader.roles.includes('dispatcher') || reader.roles.includes('supervisor') || (reader.roles.includes('department-head') && ['CMD', 'GUI'].includes(reader.department ?? ''))
}

/** A consultation that a diagram asked for is concluded by its own step, so that the diagram goes on. */
export function mayConclude(one: Consultation, reader: Reader): boolean {
  return mayConvene(reader) && !one.heldAt && !one.created.activityId
}

/** Whether somebody still has to act. */
export function isOpen(one: Pick<Transfer, 'state'>): boolean {
  return one.state === 'Reported' || one.state === 'Approved' || one.state === 'HandedOver'
}

/** In which of the page's lists a transfer stands: sent or received by the reader's department, or between others, which those see who supervise. */
export function sideOf(one: Pick<Transfer, 'department' | 'receiverDepartment'>, reader: Reader): 'out' | 'in' | 'others' {
  if (!reader.department) return 'others'
  return one.department === reader.department ? 'out' : one.receiverDepartment === reader.department ? 'in' : 'others'
}

/** Whether its limit has passed and somebody still has to act. */
export function isLate(one: Pick<Transfer, 'state' | 'dueAt'>, now: Date): boolean {
  return isOpen(one) && !!one.dueAt && new Date(one.dueAt) <= now
}

/** Findings of a department that no open transfer has under way. */
export function movable<T extends { id: string; supervisingDepartment?: string | null; penaltyDepartment?: string | null; disposition: string }>(findings: readonly T[], transfers: readonly Pick<Transfer, 'state' | 'findingIds'>[], department: string | null | undefined): T[] {
  const underWay = new Set(transfers.filter(isOpen).flatMap(one => one.findingIds))
  return findings.filter(one => !!department && [one.supervisingDepartment, one.penaltyDepartment].includes(department) && one.disposition !== '复检合格' && one.disposition !== '移送' && !underWay.has(one.id))
}
