// Choices that several fields share.
import { inWords } from '../../language/language'
import { type Option, type Options, type Whole, list, text } from '../fields'

function fixed(...options: [value: string, chinese: string, english: string][]): Options {
  const all: Option[] = options.map(([value, chinese, english]) => ({ value, text: [chinese, english] }))
  return () => all
}

export const departments: Options = whole => list(whole.scenario['departments']).map(one => named(text(one['code']), text(one['name'])))

export const items: Options = whole => list(whole.scenario['items']).map(one => named(text(one['code']), text(one['title'])))

export const tags: Options = whole => words(whole.scenario['targetTags'])

export const bases: Options = whole => list(whole.law['bases']).map(one => named(text(one['code']), text(one['title'])))

function named(code: string, name: string): Option {
  return { value: code, text: [`${name}（${code}）`, `${name} (${code})`] }
}

function words(value: unknown): Option[] {
  return Array.isArray(value) ? value.map(word => ({ value: text(word), text: [text(word), text(word)] as const })) : []
}

/** The words of a choice in the language of the page; empty for a value that is none of them. */
export function wordsOf(options: Options, whole: Whole, value: unknown): string {
  const chosen = options(whole).find(option => option.value === value)
  return chosen ? inWords(chosen.text) : ''
}

export const roles = fixed(['Lead', '牵头', 'leads'], ['Participating', '参与', 'takes part'], ['ForItem', '只办其事项（按标签）', 'for its items only, by tag'], ['Optional', '可选', 'optional'])
export const units = fixed(['WorkingDays', '个工作日', 'working days'], ['CalendarDays', '日（自然日）', 'calendar days'], ['Months', '个月', 'months'], ['Years', '年', 'years'])
export const standings = fixed(['Kept', '信守', 'kept'], ['Broken', '违背', 'broken'])
export const findingsOf = fixed(['Target', '对象本身', 'the target itself'], ['Contractor', '同一施工单位的项目', 'projects of the same contractor'])
export const seatCapacities = fixed(['Officer', '执法人员', 'officer'], ['Cadre', '镇街、社区干部', 'cadre'], ['Grid', '网格人员', 'grid staff'])
export const procedures = fixed(['Simple', '简易程序', 'simple'], ['Fast', '快速办理', 'fast'], ['Ordinary', '普通程序', 'ordinary'])
export const severities = fixed(['Minor', '轻微', 'minor'], ['General', '一般', 'general'], ['Serious', '严重', 'serious'], ['Critical', '重大', 'critical'])
export const penalties = fixed(
  ['Direct', '直接处罚', 'penalty at once'], ['WarnAndCorrect', '警告并责令改正', 'warning and order'],
  ['CorrectFirst', '责令改正、逾期（拒不）改正才处罚', 'penalty only after the order was not obeyed'], ['NoClause', '无罚则', 'no penalty clause'],
)
export const methods = fixed(
  ['Document', '查验证照资料', 'documents'], ['OnSite', '现场查看', 'on the spot'], ['Interview', '询问', 'interview'],
  ['Sampling', '抽样检测', 'sampling'], ['System', '系统核查', 'in a system'], ['Image', '拍照录像', 'pictures'],
)
export const modes = fixed(['TimeLimited', '限期改正', 'within a time limit'], ['Immediate', '立即改正', 'at once'], ['CaseAtOnce', '直接立案，不责令改正', 'a case at once'])
export const onSpot = fixed(['No', '不能当场改正', 'no'], ['Partly', '可部分当场改正', 'in part'], ['Yes', '可当场改正', 'yes'])
export const weightModes = fixed(['Uniform', '等概率', 'equal chance'], ['Weighted', '按风险加权', 'by risk'], ['Stratified', '分层', 'by strata'], ['BatchOrder', '全覆盖排批次', 'everybody, in batches'])
export const newBusinesses = fixed(['Observed', '观察期内不抽', 'not drawn at first'], ['Weighted', '按权重抽取', 'drawn by weight'])
export const ladderUnits = fixed(['WorkingDays', '个工作日', 'working days'], ['Minutes', '分钟', 'minutes'])
export const families = fixed(['Letter', '公文格式', 'letter'], ['Form', '文书格式', 'form'])
export const recipients = fixed(
  ['handler', '承办人', 'handler'], ['unit-head', '承办部门负责人', 'head of the unit'], ['leader-in-charge', '分管领导', 'leader in charge'],
  ['command-centre', '指挥中心', 'command centre'], ['guidance-office', '综合执法指导办', 'guidance office'], ['legal-reviewer', '法制审核人员', 'legal reviewer'], ['party', '当事人', 'party'],
)
export const triggers = fixed(
  ['MonthlyPlan', '月度计划', 'monthly plan'], ['SpecialCampaign', '专项', 'campaign'], ['Complaint12345', '12345热线', 'hotline'], ['Report', '举报', 'report'],
  ['GridReport', '网格上报', 'grid report'], ['WhistleBlow', '吹哨', 'whistle'], ['TransferIn', '部门移送', 'transfer'], ['SuperiorAssign', '上级交办', 'from above'],
  ['SensorAlarm', '感知告警', 'sensor'], ['VideoAI', '视频智能识别', 'video'], ['DronePatrol', '无人机巡查', 'drone'], ['BoatPatrol', '船艇巡查', 'boat'], ['LandPatrol', '陆路巡查', 'land patrol'],
  ['Milestone', '节点', 'milestone'], ['LicenceEvent', '许可或登记', 'licence'], ['CreditEvent', '信用降级', 'credit'], ['Recheck', '复查', 're-inspection'],
  ['SelfCorrection', '自查自纠', 'self-correction'], ['StuckMatter', '办不成事', 'stuck matter'],
)
const internalActions: [string, string, string][] = [
  ['Remind', '提醒', 'remind'], ['Urge', '催办', 'urge'], ['YellowCard', '黄牌', 'yellow card'], ['RedCard', '红牌', 'red card'], ['SupervisionOrder', '督办单', 'supervision order'], ['JointConsultation', '联合会商', 'joint consultation'],
]
const externalActions: [string, string, string][] = [['RiskPreNotice', '提示', 'notice'], ['Reinspection', '复查', 're-inspection'], ['Interview', '约谈', 'interview'], ['CaseFiling', '立案', 'file a case']]
export const actionsInside = fixed(...internalActions)
export const actionsOutside = fixed(...externalActions)
export const occupiedRooms = fixed(['PoliceOrConsent', '公安在场或住客同意', 'police present or consent'])
export const homes = fixed(['ConsentOrLaw', '经同意或者依法进入', 'with consent or by law'])
