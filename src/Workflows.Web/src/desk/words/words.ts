// What the service calls things, as people read it on the desk.
import { type Said, inWords } from '../../language/language'

/** Limits that a law sets; those that a diagram sets itself have Chinese names. A test compares them with the service's. */
export const RULES: Record<string, Said> = {
  'APL-28': ['责令改正期限', 'Term to put right'], 'INS-PUB': ['检查结果公示期限', 'Publication of the result'], 'APL-54': ['立案期限', 'Filing'], 'APL-48': ['处罚决定公开期限', 'Publication of the decision'],
  'APL-56': ['先行登记保存处理期限', 'Evidence kept in advance'], 'APL-60': ['办案期限', 'Deciding the case'], 'APL-61': ['处罚决定书送达期限', 'Service of the decision'], 'APL-64a': ['听证申请期限', 'Asking for a hearing'],
  'APL-67': ['缴纳罚款期限', 'Paying the fine'], 'APL-71': ['当场罚款上缴期限', 'Handing in fines'], 'ACL-19': ['强制措施补办批准期限', 'Approval of an urgent measure'], 'ACL-25': ['查封、扣押期限', 'Seizure'],
  'ACL-35': ['催告期限', 'Reminder before execution'], 'ACL-53': ['申请法院强制执行期限', 'Asking the court to execute'], 'ACL-54': ['催告后申请执行期限', 'After the reminder'], 'REC-20': ['行政复议申请期限', 'Reconsideration'],
  'LIT-45': ['对复议决定起诉期限', 'Suit after reconsideration'], 'LIT-46': ['行政诉讼起诉期限', 'Suit'], 'SRV-95': ['公告送达期限', 'Service by notice'], 'INS-PUBF': ['食品检查结果公示期限', 'Publication of food inspections'],
  'INS-FNEW': ['新发证食品店首次检查期限', 'First check of a new food shop'], 'PEN-PUB': ['处罚信息公示期限', 'Publication of penalties'], 'CPL-7': ['投诉受理期限', 'Accepting a complaint'], 'CPL-45': ['投诉调解期限', 'Mediation'],
  'CPL-R5': ['举报告知期限', 'Telling who reported'], 'CPL-15': ['线索核查期限', 'Checking a report'], 'XF-5': ['信访转送期限', 'Petition: passing on'], 'XF-15': ['信访受理期限', 'Petition: accepting'],
  'XF-30': ['信访复查期限', 'Petition: review'], 'XF-60': ['信访办理期限', 'Petition: handling'], 'TRF-3': ['移送决定期限', 'Deciding on a transfer'], 'TRF-24H': ['案卷移送期限', 'Handing the file over'],
  'TRF-P3': ['公安立案审查期限', 'Police: deciding to file'], 'TRF-R3': ['移送复议期限', 'Asking for review of a refusal'], 'FSL-88': ['复检申请期限', 'Asking for a retest'], 'CASE-FILE': ['及时立案期限', 'Filing in time'],
}

const STATES: Record<string, Said> = {
  Open: ['办理中', 'Open'], Closed: ['已办结', 'Closed'], Withdrawn: ['已撤销', 'Withdrawn'], Done: ['已办', 'Done'], Cancelled: ['已撤回', 'Withdrawn'],
  Held: ['暂缓', 'On hold'], Active: ['有效', 'In force'], Answered: ['已答复', 'Answered'], Appealed: ['申诉中', 'Appealed'], Revoked: ['已撤销', 'Revoked'],
  Sent: ['已送达承办单位', 'Sent'], Objected: ['有职权异议', 'Objected'], Replied: ['已回复', 'Replied'], Unanswered: ['逾期未复', 'Not answered'],
  Issued: ['已签发', 'Issued'], Served: ['已送达', 'Served'], Fulfilled: ['全部改正', 'Fulfilled'], Filed: ['已立案', 'Filed'],
  Prepared: ['待审核', 'To be reviewed'], Published: ['已公示', 'Published'], Withheld: ['不予公示', 'Withheld'], Proposed: ['待决定', 'Proposed'], Accepted: ['已采纳', 'Accepted'], Refused: ['不采纳', 'Refused'], Lapsed: ['已失效', 'Lapsed'],
}

const PLAN_STATES: Record<string, Said> = {
  Draft: ['待审批', 'Waits for approval'], Approved: ['已批准', 'Approved'], Committed: ['已公布承诺，待公共值', 'Committed, waits for the public value'], ValueKnown: ['公共值已录入', 'Public value known'],
  Drawn: ['已抽取，待确认', 'Drawn, waits for confirmation'], Confirmed: ['已确认，检查中', 'Confirmed, visits under way'], Closed: ['已完成', 'Closed'], Cancelled: ['已撤销', 'Withdrawn'],
}

const ITEM_STATES: Record<string, Said> = {
  Open: ['整改中', 'Being put right'], ProofSubmitted: ['已交整改材料', 'Proof handed in'], Rectified: ['已改正', 'Put right'], Overdue: ['逾期未改正', 'Overdue'], Filed: ['已立案', 'Filed'], Ended: ['终结', 'Ended'],
}

const ORDER_DRAFT: Record<string, Said> = { Draft: ['待签发', 'To be signed'], Approved: ['已批准，待签发', 'Approved'], ...STATES }

const PAUSES: Record<string, Said> = {
  Inspection: ['检验', 'Inspection'], Testing: ['检测', 'Testing'], Quarantine: ['检疫', 'Quarantine'], Appraisal: ['鉴定', 'Appraisal'], Hearing: ['听证', 'Hearing'], PublicNotice: ['公告', 'Public notice'],
  ExtensionUnderReview: ['延期申请审查', 'Extension under review'], ForceMajeure: ['不可抗力', 'Force majeure'], ExecutionStayed: ['停止执行', 'Execution stayed'],
}

const LEAD_STATES: Record<string, Said> = {
  Received: ['待分诊', 'Received'], Triaged: ['待派单', 'Triaged'], Routed: ['待受理', 'Routed'], Accepted: ['待派发', 'Accepted'], Dispatched: ['办理中', 'Dispatched'], Returned: ['已退回', 'Returned'],
  Disputed: ['职责争议', 'Disputed'], Transferred: ['已移送', 'Transferred'], Merged: ['已并件', 'Merged'], Closed: ['已办结', 'Closed'], Stuck: ['督办中', 'Stuck'],
}

const TRIGGERS: Record<string, Said> = {
  MonthlyPlan: ['计划抽查', 'Plan'], SpecialCampaign: ['专项行动', 'Campaign'], Complaint12345: ['12345热线', 'Hotline 12345'], Report: ['投诉举报', 'Report'], GridReport: ['网格上报', 'Grid report'], WhistleBlow: ['网格吹哨', 'Whistle'],
  TransferIn: ['部门移送', 'Transferred in'], SuperiorAssign: ['上级交办', 'Assigned from above'], SensorAlarm: ['感知告警', 'Sensor alarm'], VideoAI: ['视频识别', 'Video'], DronePatrol: ['无人机巡查', 'Drone'], BoatPatrol: ['水上巡查', 'Boat patrol'],
  LandPatrol: ['陆上巡查', 'Land patrol'], Milestone: ['项目节点', 'Milestone'], LicenceEvent: ['许可变动', 'Licence'], CreditEvent: ['信用变动', 'Credit'], Recheck: ['复查', 'Recheck'], SelfCorrection: ['自我纠错', 'Self-correction'], StuckMatter: ['办不成事', 'Stuck matter'],
}

const SEVERITIES: Record<string, Said> = { Minor: ['轻微', 'Minor'], General: ['一般', 'General'], Serious: ['严重', 'Serious'], Critical: ['特别严重', 'Critical'] }

const UNITS: Record<string, Said> = {
  WorkingDays: ['个工作日', ' working days'], CalendarDays: ['日', ' days'], Months: ['个月', ' months'], Years: ['年', ' years'], Hours: ['小时', ' hours'], Minutes: ['分钟', ' minutes'],
}

const ROSTER_STATES: Record<string, Said> = {
  Normal: ['正常', 'Normal'], Suspended: ['停业（停职）', 'Suspended'], Deregistered: ['注销', 'Struck off'], MovedAway: ['迁出', 'Moved away'], Abnormal: ['经营异常', 'Abnormal'], Active: ['在岗', 'On duty'], Left: ['离岗', 'Left'],
}

const LINKS: Record<string, Said> = { SameMatterAndPlace: ['事项、地点和时间相近', 'same matter, near in place and time'], SimilarText: ['文字相近', 'similar words'] }

const CHANNELS: Record<string, Said> = {
  notice: ['站内消息', 'In-app messages'], webhook: ['数据回调', 'Webhook'], 'notice-webhook': ['消息回调', 'Webhook of messages'], task: ['外部任务', 'Outside work'], 'large-draw': ['大批量抽取', 'Large draw'], paper: ['文书制版', 'Making of papers'], dingtalk: ['浙政钉', 'DingTalk'], wecom: ['企业微信', 'WeCom'], sms: ['短信', 'Text messages'], push: ['推送', 'Push'], http: ['外部接口', 'HTTP'],
}

const OUTBOX: Record<string, Said> = { Pending: ['待发', 'To be sent'], Sending: ['正在发送', 'Being sent'], Delivered: ['已送达', 'Delivered'], Failed: ['发送失败', 'Failed'] }

const STIMULI: Record<string, Said> = {
  Timer: ['到期事项', 'Something that fell due'], TimerDue: ['到期事项', 'Something that fell due'], WakeDue: ['定时唤醒', 'Wake-up'], StartWorkflow: ['启动流程', 'Start of a process'], ResumeBookmark: ['办理提交', 'Step handed in'], SignalWorkflows: ['流程间信号', 'Signal'], CancelInstance: ['取消流程', 'Cancellation'],
  RetryIncident: ['重试步骤', 'Retry'], DomainCommand: ['业务操作', 'Act'], OutboxResult: ['对外发送结果', 'Result of sending'], AlterInstance: ['调整流程', 'Alteration'], DeleteInstance: ['删除实例', 'Deletion'], ImportInstance: ['导入实例', 'Import'], UnreadableLetter: ['无法读取的信件', 'Unreadable letter'],
  OutboxMessage: ['对外消息', 'Message to the outside'],
}

const SUB_STATES: Record<string, Said> = {
  Pending: ['待执行', 'Pending'], Executing: ['执行中', 'Executing'], Suspended: ['等待中', 'Waiting'], Interrupted: ['停机时中断，将自动继续', 'Interrupted, goes on by itself'], Finished: ['已结束', 'Finished'], Cancelled: ['已取消', 'Cancelled'], Faulted: ['出错', 'Faulted'],
}

const SCHEDULES: Record<string, Said> = {
  'nightly:upkeep': ['夜间整理', 'Upkeep'], 'nightly:retention': ['保存期限清理', 'Retention'], 'nightly:certificates': ['执法证到期检查', 'Certificates'], 'nightly:digest': ['每日摘要', 'Digest'], 'nightly:audit-seal': ['审计链封存', 'Sealing of the audit trail'],
}

/** Stages of a case, as the service calls them. A test compares them with the service's. */
export const CASE_STAGES: Record<string, Said> = Object.fromEntries(Object.entries({
  待检查: 'Before the visit', 检查中: 'Visit', 约谈: 'Interview', 复查: 'Re-inspection', 立案审批: 'Filing', 整改中: 'Being put right', 抽样检验: 'Sampling', 处置中: 'Handling', 采取措施: 'Measures', 强制程序: 'Enforcement',
  案件办理中: 'Case being handled', 待公示: 'To be published', 办结: 'Closed', 撤销: 'Withdrawn',
}).map(([chinese, english]) => [chinese, [chinese, english]]))

const EVIDENCE: Record<string, Said> = { photo: ['照片', 'Photograph'], 照片: ['照片', 'Photograph'], 书证: ['书证', 'Document'], 录音: ['录音', 'Recording'], 签名: ['签名', 'Signature'], 录像: ['录像', 'Video'] }

const NODES: Record<string, Said> = { Running: ['运行', 'Runs'], Paused: ['暂停处理', 'Paused'], Silent: ['失联', 'Silent'], Stopped: ['已停止', 'Stopped'] }

const COLOURS: Record<string, Said> = { 黄牌: ['黄牌', 'yellow card'], 红牌: ['红牌', 'red card'] }

const books = {
  colour: COLOURS, evidence: EVIDENCE, node: NODES, caseStage: CASE_STAGES,
  channel: CHANNELS, outbox: OUTBOX, stimulus: STIMULI, subState: SUB_STATES, schedule: SCHEDULES, rule: RULES, state: STATES, plan: PLAN_STATES, item: ITEM_STATES, order: ORDER_DRAFT, pause: PAUSES, leadState: LEAD_STATES, trigger: TRIGGERS, severity: SEVERITIES, unit: UNITS, roster: ROSTER_STATES, link: LINKS,
}

/** The word of a book for a code; a code without a word is shown as it is. */
export function word(book: keyof typeof books, code: string | null | undefined): string {
  if (!code) return ''
  const said = books[book][code] ?? (book === 'rule' ? ownTerm(code) : undefined)
  return said ? inWords(said) : code
}

/** Term for deciding a case that a department's own rules set, such as PSB-CASE. */
function ownTerm(code: string): Said | undefined {
  return /^[A-Z]+-CASE$/.test(code) ? RULES['APL-60'] : undefined
}
