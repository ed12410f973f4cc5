// What each kind of step asks for at the desk: its fields, and the data that go to the service. A kind without a line here takes an outcome and a note.
import type { Said } from '../../language/language'

export interface Field {
  name: string
  title: Said
  type: 'text' | 'long' | 'number' | 'date' | 'datetime' | 'list' | 'choice'
  required?: boolean
  /** Only with this outcome. */
  only?: string
  /** Always but with this outcome. */
  options?: { value: string; title: Said }[]
  hint?: Said
}

export interface Form {
  fields: Field[]
  /** Turns what was typed into the data of the step. */
  data: (values: Record<string, string>, outcome: string, task: TaskFacts) => Record<string, unknown>
}

export interface TaskFacts {
  caseId?: string | null
  department?: string | null
}

const NOTE: Field = { name: 'note', title: ['意见', 'Note'], type: 'long' }
/** Outcomes that turn something down or go another way: the law and the service want a reason. */
const NEEDS_REASON = new Set(['退回', '不同意', '不予立案', '不予公示', '作废计划', '申请重抽', '不予延期', '异议不成立', '异议成立', '不同意不予处罚', '不予批准', '驳回'])

const lines = (text: string | undefined) => (text ?? '').split('\n').map(line => line.trim()).filter(line => line)
const given = (text: string | undefined) => (text?.trim() ? text.trim() : undefined)
const note = (values: Record<string, string>) => ({ note: given(values.note) })

const FORMS: Record<string, Form> = {
  'plan.public-value': {
    fields: [
      { name: 'value', title: ['公共值', 'Public value'], type: 'text', required: true, hint: ['承诺公布以后才产生的值，如当日彩票开奖号码或见证人现场投掷的数字', 'a value that came to be after the commitment'] },
      { name: 'source', title: ['来源', 'Where it came from'], type: 'text', required: true },
      { name: 'witnessName', title: ['见证人', 'Witness'], type: 'text', required: true },
      { name: 'witnessCapacity', title: ['见证人单位', 'Capacity of the witness'], type: 'text' },
    ],
    data: values => ({ value: values.value, source: values.source, witnessName: values.witnessName, witnessCapacity: given(values.witnessCapacity) }),
  },
  'extension.decide': {
    fields: [NOTE, { name: 'length', title: ['准予天数（不填为所申请的）', 'Days granted (empty: as asked)'], type: 'number', only: '准予延期' }],
    data: values => ({ ...note(values), length: values.length ? Number(values.length) : undefined }),
  },
  'order.second-term': {
    fields: [{ name: 'length', title: ['再给的天数（不超过原期限一半）', 'Days (at most half of the first term)'], type: 'number', required: true, only: '同意' }, NOTE],
    data: values => ({ length: values.length ? Number(values.length) : 0, ...note(values) }),
  },
  'order.unfiled': {
    fields: [{ name: 'length', title: ['再给的天数', 'Days'], type: 'number' }, NOTE],
    data: values => ({ length: values.length ? Number(values.length) : 0, ...note(values) }),
  },
  'supervision.sign': { fields: [], data: () => ({}) },
  'supervision.reply': {
    fields: [
      { name: 'result', title: ['办理情况', 'What was done'], type: 'long', required: true, only: '已回复' },
      { name: 'reason', title: ['未按时办结的原因', 'Why it was late'], type: 'long', required: true, only: '已回复' },
      { name: 'newDate', title: ['承诺办结日', 'Date promised'], type: 'date', only: '已回复' },
      { name: 'objection', title: ['异议理由', 'Reason of the objection'], type: 'long', required: true, only: '提出异议' },
    ],
    data: (values, outcome) => outcome === '已回复' ? { reply: { result: values.result, reason: values.reason, newDate: given(values.newDate) } } : { objection: values.objection },
  },
  'consultation.assignment': { fields: [{ name: 'result', title: ['办理情况', 'What was done'], type: 'long', required: true }], data: values => ({ result: values.result }) },
  'consultation.conclude': {
    fields: [
      { name: 'attendees', title: ['参加人员（每行一人）', 'Present (one a line)'], type: 'list', required: true },
      { name: 'conclusion', title: ['结论', 'Conclusion'], type: 'choice', required: true, options: [{ value: '改派', title: ['改派', 'another unit'] }, { value: '改期', title: ['改期', 'another date'] }, { value: '移送', title: ['移送', 'transfer'] }] },
      { name: 'minutes', title: ['纪要', 'Minutes'], type: 'long', required: true },
      { name: 'due', title: ['新的最后一日', 'New last day'], type: 'date' },
    ],
    data: values => ({ attendees: lines(values.attendees), conclusion: values.conclusion, minutes: values.minutes, due: given(values.due) }),
  },
  'filing.result': {
    fields: [{ name: 'number', title: ['案号', 'Number'], type: 'text', required: true }, { name: 'outcome', title: ['办理结果', 'Outcome'], type: 'long', required: true }],
    data: values => ({ number: values.number, outcome: values.outcome }),
  },
  'interview.call': {
    fields: [
      { name: 'reason', title: ['约谈事由', 'Reason'], type: 'long', required: true }, { name: 'at', title: ['时间', 'When'], type: 'datetime', required: true }, { name: 'place', title: ['地点', 'Where'], type: 'text', required: true },
      { name: 'persons', title: ['被约谈人（每行一人）', 'Persons (one a line)'], type: 'list', required: true }, { name: 'materials', title: ['携带材料（每行一项）', 'To bring (one a line)'], type: 'list' },
    ],
    data: (values, _, task) => ({ caseId: task.caseId, department: task.department, reason: values.reason, appointedAt: `${values.at}:00+08:00`, place: values.place, persons: lines(values.persons), materials: lines(values.materials) }),
  },
  'interview.hold': {
    fields: [
      { name: 'attendees', title: ['到场人员（每行一人；未到场留空）', 'Present (one a line; empty: nobody came)'], type: 'list' }, { name: 'explanation', title: ['说明', 'Explanation'], type: 'long' },
      { name: 'promise', title: ['承诺', 'Promise'], type: 'text' }, { name: 'by', title: ['承诺完成日', 'By'], type: 'date' },
    ],
    data: values => ({ attendees: lines(values.attendees), explanation: given(values.explanation), promises: values.promise && values.by ? [{ text: values.promise, by: values.by }] : undefined }),
  },
  'finding.education': { fields: [{ name: 'education', title: ['教育内容', 'Education'], type: 'long', required: true }], data: values => ({ education: values.education }) },
  'lead.confirm': {
    fields: [NOTE, { name: 'channel', title: ['前往方式', 'Way'], type: 'text' }, { name: 'zone', title: ['区域', 'Zone'], type: 'text' }],
    data: values => ({ ...note(values), channel: given(values.channel), zone: given(values.zone) }),
  },
  'order.prepare': { fields: [], data: () => ({}) },
}

const DEFAULT: Form = { fields: [NOTE], data: note }

/** Steps that are done where they happen: on the phone. */
const IN_THE_FIELD = /^(visit\.(arrive|second|record)|reinspection\.record|document\.serve|sample\.|measure\.take|team\.supplement|leniency\.propose|lead\.(settle|trace)|project\.patrol|enforcement\.execute)/

export function formOf(kind: string): Form {
  return FORMS[kind] ?? DEFAULT
}

export function isField(kind: string): boolean {
  return IN_THE_FIELD.test(kind)
}

/** Fields that are asked for with an outcome, with those that it makes required. */
export function fieldsOf(kind: string, outcome: string): Field[] {
  return formOf(kind).fields.filter(field => !field.only || field.only === outcome).map(field => (field.name === 'note' && NEEDS_REASON.has(outcome) ? { ...field, required: true } : field))
}

/** Data without members that nobody filled in. */
export function dataOf(kind: string, outcome: string, values: Record<string, string>, task: TaskFacts): Record<string, unknown> {
  return Object.fromEntries(Object.entries(formOf(kind).data(values, outcome, task)).filter(([, value]) => value !== undefined))
}
