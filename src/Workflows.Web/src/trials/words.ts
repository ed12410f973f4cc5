// What trials call things, as people read it.
import { say } from '../language/language'
import type { Departure, LimitTotal, TrialProblem } from './trials'

const ROLES: Record<string, [string, string]> = {
  inspector: ['执法人员', 'inspector'], assistant: ['辅助人员', 'assistant'], 'department-head': ['部门负责人', 'head of department'], 'legal-reviewer': ['法制审核', 'legal reviewer'],
  supervisor: ['督查员', 'supervisor'], dispatcher: ['调度员', 'dispatcher'], 'publication-reviewer': ['公示审核', 'publication reviewer'], auditor: ['审计员', 'auditor'], party: ['当事人', 'party'],
  administrator: ['管理员', 'administrator'], analyst: ['分析员', 'analyst'],
}

const KINDS: Record<string, [string, string]> = {
  'waiting': ['等待办理', 'waits'],
  'completed': ['完成', 'done'],
  'cancelled': ['取消', 'cancelled'],
  'faulted': ['出错', 'faulted'],
  'document.issued': ['出具文书', 'document issued'],
  'task.created': ['派发任务', 'task created'],
  'task.seen': ['任务已读', 'task seen'],
  'task.completed': ['任务办结', 'task done'],
  'task.cancelled': ['任务撤销', 'task cancelled'],
  'task.reassigned': ['任务转办', 'task reassigned'],
  'case.opened': ['建立案件', 'case opened'],
  'case.closed': ['案件办结', 'case closed'],
  'case.task-ended': ['检查任务结束', 'check ended'],
  'case.published': ['结果公示', 'published'],
  'plan.opened': ['建立计划', 'plan opened'],
  'plan.approved': ['计划批准', 'plan approved'],
  'plan.rosters-frozen': ['锁定名录', 'rosters frozen'],
  'plan.committed': ['公布抽取承诺', 'draw committed'],
  'plan.drawn': ['随机抽取', 'drawn'],
  'plan.public-value': ['取得公开随机数', 'public value'],
  'plan.value-known': ['公开随机数已知', 'value known'],
  'plan.confirmed': ['确认抽取结果', 'draw confirmed'],
  'plan.case-added': ['派发案件', 'case added'],
  'plan.closed': ['计划结束', 'plan closed'],
  'draw.made': ['抽取完成', 'draw made'],
  'team.formed': ['组成检查组', 'team formed'],
  'team.changed': ['调整检查组', 'team changed'],
  'recusal.requested': ['申请回避', 'recusal asked'],
  'recusal.decided': ['回避决定', 'recusal decided'],
  'visit.planned': ['安排检查', 'visit planned'],
  'visit.arrived': ['到场', 'arrived'],
  'visit.certificates-shown': ['亮证', 'certificates shown'],
  'visit.recorded': ['制作笔录', 'recorded'],
  'visit.refused': ['拒绝检查', 'refused'],
  'visit.not-found': ['无法联系', 'not found'],
  'visit.minor-told': ['通知监护人和公安', 'guardian and police told'],
  'finding.made': ['发现问题', 'finding'],
  'finding.rectified': ['问题改正', 'rectified'],
  'finding.filed': ['问题立案', 'filed'],
  'finding.lenient': ['依法不予处罚', 'leniency'],
  'finding.educated': ['教育', 'education'],
  'order.prepared': ['拟制责令改正', 'order prepared'],
  'order.approved': ['批准责令改正', 'order approved'],
  'order.issued': ['签发责令改正', 'order issued'],
  'order.served': ['送达责令改正', 'order served'],
  'order.overdue': ['逾期未改正', 'overdue'],
  'order.proof-submitted': ['提交整改证明', 'proof handed in'],
  'order.proof-accepted': ['整改证明通过', 'proof accepted'],
  'order.proof-returned': ['整改证明退回', 'proof returned'],
  'order.reinspected': ['复查', 're-inspected'],
  'order.not-rectified': ['复查未改正', 'not rectified'],
  'order.extended': ['延长期限', 'extended'],
  'order.revoked': ['撤销', 'revoked'],
  'order.items-ended': ['事项办结', 'items ended'],
  'proof.submitted': ['提交整改证明', 'proof handed in'],
  'proof.reviewed': ['审核整改证明', 'proof reviewed'],
  'reinspection.recorded': ['复查记录', 're-inspection recorded'],
  'service.recorded': ['送达', 'served'],
  'extension.submitted': ['申请延期', 'extension asked'],
  'extension.granted': ['准予延期', 'extension granted'],
  'extension.refused': ['不予延期', 'extension refused'],
  'interview.called': ['通知约谈', 'interview called'],
  'interview.recorded': ['约谈', 'interview held'],
  'filing.proposed': ['建议立案', 'filing proposed'],
  'filing.reviewed': ['法制审核', 'legal review'],
  'filing.decided': ['立案审批', 'filing decided'],
  'filing.numbered': ['立案编号', 'case numbered'],
  'filing.concluded': ['案件办理完毕', 'case concluded'],
  'filing.rejected': ['不予立案', 'not filed'],
  'leniency.proposed': ['建议不予处罚', 'leniency proposed'],
  'leniency.reviewed': ['审核不予处罚', 'leniency reviewed'],
  'leniency.decided': ['决定不予处罚', 'leniency decided'],
  'publication.prepared': ['拟公示', 'publication prepared'],
  'publication.published': ['公示', 'published'],
  'publication.updated': ['更新公示', 'updated'],
  'publication.withdrawn': ['撤下公示', 'withdrawn'],
  'ladder.rung': ['触发梯级', 'rung'],
  'card.given': ['发牌', 'card given'],
  'card.held': ['牌待审', 'card held'],
  'card.answered': ['答复', 'card answered'],
  'card.released': ['解除', 'card released'],
  'supervision.drafted': ['拟督办单', 'supervision drafted'],
  'supervision.signed': ['签发督办单', 'supervision signed'],
  'supervision.replied': ['督办回复', 'supervision replied'],
  'supervision.unanswered': ['督办未回复', 'supervision unanswered'],
  'consultation.called': ['召集会商', 'consultation called'],
  'consultation.held': ['会商', 'consultation held'],
  'clock.started': ['计时开始', 'clock started'],
  'clock.ended': ['计时结束', 'clock ended'],
  'clock.paused': ['计时暂停', 'clock paused'],
  'clock.resumed': ['计时恢复', 'clock resumed'],
  'clock.extended': ['期限延长', 'clock extended'],
  'notice.sent': ['发送通知', 'notice sent'],
  'evidence.kept': ['留存证据', 'evidence kept'],
  'package.prepared': ['汇总整改事项', 'package prepared'],
  'package.closed': ['整改事项办结', 'package closed'],
  'measure.taken': ['采取措施', 'measure taken'],
  'measure.lifted': ['解除措施', 'measure lifted'],
  'measure.approved': ['批准措施', 'measure approved'],
}

const PROBLEMS: Record<string, [string, string]> = {
  incident: ['事故', 'Incidents'], refused: ['被规则拒绝的办理', 'Refused by the rules'], nobody: ['无人能办的步骤', 'Nobody can do it'], 'unknown-step': ['试运行不会办理的步骤', 'Steps people of a trial do not know'],
  'dead-letter': ['未送达的事件', 'Dead letters'], 'open-wait': ['结束时仍在等待', 'Still waiting at the end'], validation: ['妨碍发布的问题', 'Keep it from being published'], assumption: ['历史未载明、按常理补足', 'Assumed'],
}

const LIMITS: Record<LimitTotal['kind'], [string, string]> = { limit: ['时限', 'Limit'], rung: ['梯级', 'Rung'], task: ['任务到期', 'Due date of a step'] }

const DEPARTURES: Record<Departure['kind'], [string, string]> = {
  connection: ['同一出口通向别处', 'leads elsewhere'], port: ['走了另一个出口', 'left by another port'], missing: ['草稿没有走到', 'the draft did not come to it'], added: ['只有草稿走到', 'only the draft came to it'], wait: ['结束时停在别处', 'waits elsewhere at the end'],
}

function word(words: Record<string, [string, string]>, key: string): string {
  const found = words[key]
  return found ? say(...found) : key
}

export const roleWord = (role: string) => word(ROLES, role)
export const kindWord = (kind: string) => word(KINDS, kind)
export const problemWord = (kind: TrialProblem['kind']) => word(PROBLEMS, kind)
export const limitWord = (kind: LimitTotal['kind']) => word(LIMITS, kind)
export const departureWord = (kind: Departure['kind']) => word(DEPARTURES, kind)

export function stateWord(state: string): string {
  if (state === 'Closed') return say('已办结', 'closed')
  return state === 'AwaitingFiling' ? say('待归档', 'to be filed') : say('办理中', 'open')
}

/** Whoever is held or acts: department:CUL, party:…, role:…, clock. */
export function holder(who: string | undefined): string {
  if (!who) return say('未指明', 'nobody named')
  if (who === 'clock') return say('时钟', 'clock')
  const [kind, name] = [who.slice(0, who.indexOf(':')), who.slice(who.indexOf(':') + 1)]
  if (kind === 'party' || who === 'party') return say('当事人', 'party')
  if (kind === 'role') return roleWord(name)
  return name
}
