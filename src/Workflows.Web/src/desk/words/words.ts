// What the service calls things, as people read it on the desk.
import { type Said, inWords } from '../../language/language'

const RULES: Record<string, Said> = {
  'APL-28': ['责令改正期限', 'Term to put right'], 'INS-PUB': ['检查结果公示', 'Publication of the result'], 'APL-54': ['立案期限', 'Filing'],
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

const books = {
  rule: RULES, state: STATES, plan: PLAN_STATES, item: ITEM_STATES, order: ORDER_DRAFT, pause: PAUSES, leadState: LEAD_STATES, trigger: TRIGGERS, severity: SEVERITIES, unit: UNITS, roster: ROSTER_STATES, link: LINKS,
}

/** The word of a book for a code; a code without a word is shown as it is. */
export function word(book: keyof typeof books, code: string | null | undefined): string {
  if (!code) return ''
  const said = books[book][code]
  return said ? inWords(said) : code
}
