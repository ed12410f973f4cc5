// Officers matched to drawn targets, computed again from the seed.
import { byTicket, type Breath } from './drawing'
import type { DepartmentTeam, Exclusion, Need, Officer, Team, TeamPlan, TeamTarget } from './record'
import { Hmac } from './sha256'

/** Rules that may be relaxed when too few officers are left, in this order. */
const RELAXED = ['LAST_TIME', 'OTHER_TOWN']

/** The teams of targets, in order; what one draw adds to an officer's load counts at once. */
export async function matchTeams(
  seed: Uint8Array, drawId: string, targets: readonly TeamTarget[], plan: TeamPlan, officers: readonly Officer[], breath: Breath,
): Promise<Team[]> {
  const hmac = new Hmac(seed)
  const added = new Map<string, number>()
  const teams: Team[] = []
  for (const [i, target] of targets.entries()) {
    const departments = plan.needs.map(need => departmentTeam(hmac, drawId, target, need, officers.filter(o => o.department === need.department), plan.visitDate, added))
    for (const id of departments.flatMap(d => d.members)) added.set(id, (added.get(id) ?? 0) + 1)
    teams.push({ targetId: target.id, departments, isComplete: departments.every(d => d.members.length >= d.needed) })
    if (i % 20 === 19) await breath(i / targets.length)
  }
  return teams
}

/** Officers of a department for a target, by ticket. */
export function officerOrder(hmac: Hmac, drawId: string, targetId: string, department: string, ids: readonly string[]) {
  return byTicket(hmac, ids, id => `inspector|${drawId}|${targetId}|${department}|${id}`, id => id).map(({ item, score }) => ({ officerId: item, score }))
}

function departmentTeam(
  hmac: Hmac, drawId: string, target: TeamTarget, need: Need, officers: readonly Officer[], visit: string, added: ReadonlyMap<string, number>,
): DepartmentTeam {
  const byId = new Map(officers.map(o => [o.id, o]))
  const order = officerOrder(hmac, drawId, target.id, need.department, [...byId.keys()])
  const grounds = new Map(order.map(({ officerId }) => [officerId, groundsOf(byId.get(officerId)!, target, need, visit, added.get(officerId) ?? 0)]))
  // Those whom no rule keeps away come first; whoever is let in by a relaxed rule stands behind them.
  const eligible = (relaxed: readonly string[]) => order.map(o => o.officerId)
    .filter(id => grounds.get(id)!.every(g => relaxed.includes(g.code)))
    .map((id, at) => ({ id, at, step: Math.max(0, ...grounds.get(id)!.map(g => 1 + relaxed.indexOf(g.code))) }))
    .sort((a, b) => a.step - b.step || a.at - b.at).map(e => e.id)
  let fallback = 'None'
  let chosen = eligible([])
  if (chosen.length < need.count) [fallback, chosen] = ['RelaxedLastTime', eligible(RELAXED.slice(0, 1))]
  if (chosen.length < need.count) [fallback, chosen] = ['Borrowed', eligible(RELAXED)]
  if (chosen.length < need.count) fallback = 'NeedsApproval'
  const mixed = fallback === 'None' && mix(chosen, need.count, byId)
  return {
    department: need.department, needed: need.count, order, exclusions: order.flatMap(o => grounds.get(o.officerId)!),
    members: chosen.slice(0, need.count), alternates: chosen.slice(need.count), fallback, mixed,
  }
}

/** Exchanges the last member where all come from one small group and somebody of another stands by. */
function mix(chosen: string[], count: number, byId: ReadonlyMap<string, Officer>): boolean {
  const groupAt = (i: number) => byId.get(chosen[i]!)!.group
  if (chosen.length <= count || groupAt(0) === null || chosen.slice(0, count).some((_, i) => groupAt(i) !== groupAt(0))) return false
  const other = chosen.findIndex((_, i) => i >= count && groupAt(i) !== groupAt(0))
  if (other < 0) return false
  chosen.splice(count - 1, 0, ...chosen.splice(other, 1))
  return true
}

// The words are those of the service: they stand in the record and are compared with it.
function groundsOf(officer: Officer, target: TeamTarget, need: Need, visit: string, added: number): Exclusion[] {
  const grounds: Exclusion[] = []
  const add = (code: string, reason: string, evidence: string) => grounds.push({ id: officer.id, code, reason, evidence })
  if (!officer.certificateNumber?.trim() || officer.certificateValidTo === null) add('NO_CERT', '没有执法证件', '执法人员名录')
  else if (officer.certificateValidTo < visit) add('NO_CERT', `执法证件有效期至 ${officer.certificateValidTo}，检查日已过期`, officer.certificateNumber)
  if (officer.suspended) add('SUSPENDED', '已停止执行职务', '执法人员名录')
  if (officer.onLeave) add('LEAVE', '检查日休假', '执法人员名录')
  if (officer.conflicts.includes(target.id)) add('CONFLICT', '与检查对象有利害关系，应当回避', '回避申报')
  if (need.field !== null && !officer.fields.includes(need.field)) add('FIELD', `不具备“${need.field}”领域能力`, '执法人员名录')
  if (officer.load + added >= officer.largestLoad) add('LOAD', `在办任务已达上限 ${officer.largestLoad}`, '任务清单')
  if (officer.lastVisited.includes(target.id)) add('LAST_TIME', '上次检查过该对象', '检查记录')
  if (target.town !== null && officer.town !== null && officer.town !== target.town) add('OTHER_TOWN', '服务于其他镇街', '执法人员名录')
  return grounds
}
