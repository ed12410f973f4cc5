// What each kind of step asks for, by outcome, and how that becomes the `data` of the step. A kind that is not listed asks for outcome and reason.
import type { Said } from '../../language/language'
import type { Shot } from '../phone/photo'
import { fromInput, inputOf } from '../shell/when'
import type { Member, Story, Task } from '../shapes'

export interface Context {
  task: Task
  story?: Story
  department?: string
  now: Date
}

interface Basics {
  name: string
  label: Said
  required?: boolean
  hint?: Said
}

export type Field =
  | (Basics & { kind: 'text' | 'long'; initial?: string; phrases?: string[] })
  | (Basics & { kind: 'number'; initial?: number; least?: number; most?: number })
  | (Basics & { kind: 'moment' | 'date'; initial?: string })
  | (Basics & { kind: 'flag'; initial?: boolean })
  | (Basics & { kind: 'choice'; options: { value: string; label: string }[]; initial?: string })
  | (Basics & { kind: 'photos'; title: string })
  | (Basics & { kind: 'officers'; members: Member[]; initial?: string[] })
  | (Basics & { kind: 'rows'; rows: { key: string; title: string; sub?: string }[]; fields: Field[] })

export type Values = Record<string, unknown>

export interface Form {
  fields(context: Context, outcome: string): Field[]
  data(values: Values, context: Context, outcome: string): Record<string, unknown>
}

const text = (values: Values, name: string) => (values[name] as string | undefined)?.trim() || undefined
const rowsOf = (values: Values, name: string) => (values[name] as Record<string, Values> | undefined) ?? {}
const evidence = (values: Values, name: string) => ((values[name] as Shot[] | undefined) ?? []).flatMap(shot => (shot.original ? [shot.marked, shot.original] : [shot.marked]))

/** Words that turn something down: they need a reason. */
const NEGATIVE = /^(?:退回|不|解除|审核退回|误报|补充材料|异议不成立|终止|实地复查)/

export function isNegative(outcome: string): boolean {
  return NEGATIVE.test(outcome)
}

const note = (outcome: string, required = isNegative(outcome)): Field =>
  ({ kind: 'long', name: 'note', label: ['意见', 'Opinion'], required, phrases: isNegative(outcome) ? ['事实不清，请补充', '依据不足，请核对'] : ['同意', '情况属实，同意'] })

const decision: Form = { fields: (_, outcome) => [note(outcome)], data: values => ({ note: text(values, 'note') ?? '同意' }) }

function ownMembers({ story, task, department }: Context): Member[] {
  const unit = task.department ?? department
  return (story?.teams.at(-1)?.members ?? []).filter(member => member.department === unit && !member.isAssistant)
}

function signatures(context: Context, ids: string[]) {
  const members = context.story?.teams.at(-1)?.members ?? []
  return ids.map(id => {
    const member = members.find(one => one.officerId === id)
    return { officerId: id, name: member?.name ?? id, certificateNumber: member?.certificateNumber ?? '', at: context.now.toISOString() }
  })
}

const orderRows = (context: Context) => {
  const ordered = new Set((context.story?.orders ?? []).filter(order => context.task.kind === 'order.prepare' || order.department !== context.task.department).flatMap(order => order.items.map(item => item.findingId)))
  return (context.story?.findings ?? []).filter(finding => finding.isRectified && !ordered.has(finding.id) && (context.task.kind === 'order.prepare' || finding.department === context.task.department))
    .map(finding => ({ key: finding.id, title: `${finding.itemCode} ${finding.itemTitle}`, sub: finding.facts }))
}

const orderForm: Form = {
  fields: context => [{
    kind: 'rows', name: 'items', label: ['逐项整改要求', 'Demands, one by one'], hint: ['不填期限的按场景规定的期限', 'Without a limit the scenario’s own holds'], rows: orderRows(context),
    fields: [
      { kind: 'number', name: 'length', label: ['期限（按场景的日种计）', 'Limit, in the scenario’s kind of days'], least: 1, most: 365 },
      { kind: 'text', name: 'reason', label: ['调整期限的理由', 'Why another limit'], phrases: ['器材须定制', '涉及工程施工'] },
      { kind: 'long', name: 'requirement', label: ['整改要求（不填用场景的表述）', 'Demand, else the scenario’s wording'] },
    ],
  }],
  data: values => ({
    items: Object.entries(rowsOf(values, 'items')).map(([findingId, row]) => ({ findingId, length: row['length'] || undefined, reason: text(row, 'reason'), requirement: text(row, 'requirement') }))
      .filter(item => item.length !== undefined || item.requirement !== undefined),
  }),
}

const SERVICE_FIELDS: Record<string, Field[]> = {
  直接送达: [
    { kind: 'text', name: 'receiverName', label: ['签收人', 'Received by'], required: true },
    { kind: 'text', name: 'receiverRelation', label: ['与受送达人关系', 'Relation'], required: true, phrases: ['负责人', '店长', '值班经理'] },
    { kind: 'moment', name: 'receivedAt', label: ['签收时间', 'When'], required: true },
  ],
  留置送达: [
    { kind: 'long', name: 'refusalReason', label: ['拒收理由', 'Why it was refused'], required: true },
    { kind: 'text', name: 'witnessName', label: ['见证人', 'Witness'], hint: ['见证人或者录像编号须有其一', 'Either a witness or a video'] },
    { kind: 'text', name: 'videoNumber', label: ['录像编号', 'Number of the video'] },
    { kind: 'moment', name: 'receivedAt', label: ['留置时间', 'When'], required: true },
  ],
  邮寄送达: [
    { kind: 'text', name: 'mailNumber', label: ['邮件号', 'Number of the letter'], required: true },
    { kind: 'date', name: 'returnSlipDate', label: ['回执日期', 'Day of the return slip'], required: true },
  ],
  电子送达: [
    { kind: 'text', name: 'consentDocumentId', label: ['送达地址确认书编号（须已签名同意）', 'Number of the signed consent'], required: true },
    { kind: 'text', name: 'electronicAddress', label: ['电子地址', 'Address'], required: true },
    { kind: 'moment', name: 'arrivedAt', label: ['到达对方系统的时间', 'When it reached the party’s system'], required: true },
  ],
  委托送达: [
    { kind: 'text', name: 'delegatedOrgan', label: ['受托机关', 'Organ asked to serve'], required: true },
    { kind: 'text', name: 'delegationLetter', label: ['委托函号', 'Number of the letter'], required: true },
    { kind: 'text', name: 'receiverName', label: ['签收人', 'Received by'], required: true },
    { kind: 'moment', name: 'receivedAt', label: ['签收时间', 'When'], required: true },
  ],
  公告送达: [
    { kind: 'long', name: 'noOtherWayReason', label: ['其他方式无法送达的理由', 'Why no other way is open'], required: true },
    { kind: 'text', name: 'noticePlace', label: ['公告刊登处', 'Where it is published'], required: true },
    { kind: 'date', name: 'publishedOn', label: ['公告日期', 'Day of publication'], required: true },
  ],
}
/** Members of the details of a service that are moments. */
const SERVICE_MOMENTS = new Set(['receivedAt', 'arrivedAt'])

const forms: Record<string, Form> = {
  'team.recusal-declaration': {
    fields: (_, outcome) => (outcome === '申请回避' ? [{ kind: 'long', name: 'reason', label: ['关系或者理由', 'Relation or reason'], required: true, phrases: ['与当事人有近亲属关系', '与当事人有利害关系'] }] : []),
    data: values => ({ reason: text(values, 'reason') }),
  },
  'finding.education': {
    fields: () => [{ kind: 'long', name: 'education', label: ['教育内容', 'What was taught'], required: true, initial: '已当场向当事人说明法律规定和改正要求，当事人表示理解并承诺不再发生。' }],
    data: values => ({ education: text(values, 'education') }),
  },
  'leniency.propose': {
    fields: context => [
      { kind: 'choice', name: 'kind', label: ['种类', 'Kind'], required: true, initial: '首违不罚', options: ['首违不罚', '轻微不罚'].map(value => ({ value, label: value })) },
      {
        kind: 'rows', name: 'findings', label: ['适用的问题', 'Findings'], rows: (context.story?.findings ?? []).filter(f => f.penaltyDepartment === context.task.department && f.fix && !f.isFiledAtOnce).map(f => ({ key: f.id, title: `${f.itemCode} ${f.itemTitle}`, sub: f.facts })),
        fields: [{ kind: 'flag', name: 'chosen', label: ['适用', 'Applies'], initial: true }],
      },
      { kind: 'text', name: 'harm', label: ['危害后果', 'Harm'], required: true, initial: '无', phrases: ['无', '轻微'] },
      { kind: 'long', name: 'education', label: ['教育内容', 'What was taught'], required: true, initial: '已当场教育并签署守法承诺书。' },
      { kind: 'flag', name: 'promiseSigned', label: ['当事人已签承诺书', 'The party has signed a promise'], initial: true },
    ],
    data: (values, context) => ({
      caseId: context.task.caseId, kind: values['kind'], findingIds: Object.entries(rowsOf(values, 'findings')).filter(([, row]) => row['chosen']).map(([id]) => id),
      harm: text(values, 'harm'), education: text(values, 'education'), promiseSigned: values['promiseSigned'] === true,
    }),
  },
  'order.prepare': orderForm,
  'order.revise': orderForm,
  'document.serve': {
    fields: (context, outcome) => (outcome === '送达未果' ? [] : [
      { kind: 'choice', name: 'method', label: ['送达方式', 'Way of service'], required: true, initial: '直接送达', options: Object.keys(SERVICE_FIELDS).map(value => ({ value, label: value })) },
      { kind: 'text', name: 'addressee', label: ['受送达人', 'Addressee'], required: true, initial: context.story?.case.target.name },
      { kind: 'text', name: 'place', label: ['送达地点', 'Place'], required: true, initial: context.story?.case.target.address },
      { kind: 'officers', name: 'servers', label: ['送达人（两名）', 'Served by (two)'], required: true, members: ownMembers(context), initial: ownMembers(context).slice(0, 2).map(one => one.officerId) },
    ]),
    data: (values, _, outcome) => (outcome === '送达未果' ? {} : {
      method: values['method'], serverIds: values['servers'],
      details: {
        addressee: text(values, 'addressee'), place: text(values, 'place'),
        // Of the chosen way alone: what was typed for another one stays on the phone.
        ...Object.fromEntries((SERVICE_FIELDS[values['method'] as string] ?? []).map(({ name }) => [name, SERVICE_MOMENTS.has(name) && values[name] ? fromInput(values[name] as string) : text(values, name)])),
      },
    }),
  },
  'extension.decide': {
    fields: (_, outcome) => [note(outcome, true), ...(outcome.startsWith('不') ? [] : [{ kind: 'number', name: 'length', label: ['准予延长（不填按申请）', 'Granted, else as asked for'], least: 1, most: 365 } satisfies Field])],
    data: values => ({ note: text(values, 'note'), length: values['length'] || undefined }),
  },
  'reinspection.record': {
    fields: context => [
      { kind: 'choice', name: 'method', label: ['复查方式', 'How'], required: true, initial: '现场', options: ['现场', '书面', '视频'].map(value => ({ value, label: value })) },
      {
        kind: 'rows', name: 'opinions', label: ['逐项复查', 'Item by item'],
        rows: (context.story?.orders ?? []).filter(order => order.state === 'Served').flatMap(order => order.items.filter(item => ['Open', 'Overdue', 'ProofSubmitted'].includes(item.state)).map(item => {
          const finding = context.story?.findings.find(one => one.id === item.findingId)
          return { key: `${order.id}/${item.ordinal}`, title: `${item.itemCode} ${finding?.itemTitle ?? ''}`, sub: finding?.facts }
        })),
        fields: [
          { kind: 'choice', name: 'opinion', label: ['意见', 'Opinion'], options: ['已改正', '部分改正', '未改正'].map(value => ({ value, label: value })) },
          { kind: 'long', name: 'found', label: ['复查所见', 'What was found'], phrases: ['现场核实已按要求改正', '现场核实未按要求改正'] },
          { kind: 'photos', name: 'photos', label: ['复查照片', 'Photographs'], title: '复查照片' },
        ],
      },
      { kind: 'text', name: 'partyView', label: ['当事人意见', 'The party’s view'], initial: '无异议' },
      { kind: 'officers', name: 'officers', label: ['复查人员', 'Officers'], required: true, members: (context.story?.teams.at(-1)?.members ?? []).filter(one => !one.isAssistant), initial: ownMembers(context).map(one => one.officerId) },
    ],
    data: (values, context) => ({
      caseId: context.task.caseId, method: values['method'], partyView: text(values, 'partyView'), officers: signatures(context, (values['officers'] as string[] | undefined) ?? []),
      opinions: Object.entries(rowsOf(values, 'opinions')).filter(([, row]) => row['opinion']).map(([key, row]) => {
        const [orderId, ordinal] = key.split('/')
        return { orderId, ordinal: Number(ordinal), opinion: row['opinion'], found: text(row, 'found') ?? (row['opinion'] === '已改正' ? '现场核实已按要求改正' : '现场核实未按要求改正'), evidenceIds: evidence(row, 'photos') }
      }),
    }),
  },
  'filing.result': {
    fields: context => [{
      kind: 'rows', name: 'filings', label: ['逐案回填', 'Each case'], rows: (context.story?.filings ?? []).filter(one => one.state === 'InProgress' && one.department === context.task.department).map(one => ({ key: one.id, title: one.reason ?? '办理中的案件' })),
      fields: [
        { kind: 'text', name: 'number', label: ['案号', 'Number'], required: true },
        { kind: 'text', name: 'outcome', label: ['办理结果', 'Outcome'], required: true, phrases: ['行政处罚决定已作出', '不予行政处罚', '撤销案件'] },
      ],
    }],
    data: values => {
      const [first, ...others] = Object.entries(rowsOf(values, 'filings')).map(([filingId, row]) => ({ filingId, number: text(row, 'number'), outcome: text(row, 'outcome') }))
      return { ...first, others: others.length ? others : undefined }
    },
  },
  'interview.call': {
    fields: context => [
      { kind: 'long', name: 'reason', label: ['约谈事由', 'Reason'], required: true, initial: '逾期未改正' },
      { kind: 'moment', name: 'appointedAt', label: ['时间（至少提前三个工作日）', 'When (three working days ahead)'], required: true, initial: inputOf(new Date(context.now.getTime() + 6 * 86_400_000)) },
      { kind: 'text', name: 'place', label: ['地点', 'Place'], required: true },
      { kind: 'text', name: 'persons', label: ['应到人员（以顿号分开）', 'Who must come'], required: true, initial: context.story?.case.target.representative ?? '负责人' },
    ],
    data: (values, context) => ({
      caseId: context.task.caseId, department: context.task.department, reason: text(values, 'reason'), appointedAt: fromInput(values['appointedAt'] as string), place: text(values, 'place'),
      persons: (text(values, 'persons') ?? '').split(/[、,，;；]/).map(one => one.trim()).filter(Boolean),
    }),
  },
  'interview.hold': {
    fields: () => [
      { kind: 'text', name: 'attendees', label: ['到场人员（无人到场留空）', 'Who came; empty for nobody'] },
      { kind: 'long', name: 'explanation', label: ['当事人说明', 'Explanation'], required: true },
      { kind: 'text', name: 'promise', label: ['承诺事项', 'Promise'] },
      { kind: 'date', name: 'promisedBy', label: ['承诺期限', 'By when'] },
    ],
    data: values => ({
      attendees: (text(values, 'attendees') ?? '').split(/[、,，;；]/).map(one => one.trim()).filter(Boolean), explanation: text(values, 'explanation'),
      promises: text(values, 'promise') && text(values, 'promisedBy') ? [{ text: text(values, 'promise'), by: text(values, 'promisedBy') }] : undefined,
    }),
  },
  'order.second-term': {
    fields: (_, outcome) => (outcome === '不同意' ? [note(outcome)] : [{ kind: 'number', name: 'length', label: ['期限（不超过原期限一半）', 'Term, at most half of the first'], required: true, least: 1, most: 180 }, note(outcome, true)]),
    data: values => ({ length: values['length'] ?? 0, note: text(values, 'note') }),
  },
  'order.unfiled': {
    fields: (_, outcome) => [...(outcome === '继续整改' ? [{ kind: 'number', name: 'length', label: ['期限（不超过原期限一半）', 'Term, at most half of the first'], required: true, least: 1, most: 180 } satisfies Field] : []), note(outcome, true)],
    data: values => ({ length: values['length'] ?? 0, note: text(values, 'note') }),
  },
  'measure.take': { fields: () => [], data: () => ({}) },
  'lead.settle': {
    fields: (_, outcome) => [
      { kind: 'long', name: 'note', label: ['处理情况', 'What was done'], required: true },
      ...(outcome.includes('处罚') ? [{ kind: 'number', name: 'fine', label: ['罚款（元）', 'Fine in yuan'], required: true, least: 1, most: 3000 } satisfies Field] : []),
      { kind: 'photos', name: 'photos', label: ['现场照片', 'Photographs'], title: '现场照片' },
    ],
    data: values => ({ note: text(values, 'note'), fine: values['fine'] || undefined, evidenceIds: evidence(values, 'photos') }),
  },
}

/** Fields that an answer in the form itself opens, after the others. */
export function furtherFields(kind: string, values: Values): Field[] {
  return kind === 'document.serve' && values['method'] ? (SERVICE_FIELDS[values['method'] as string] ?? []) : []
}

export function formOf(kind: string): Form {
  return forms[kind] ?? decision
}

/** Values with which fields begin. */
export function initialOf(fields: Field[], now: Date): Values {
  const values: Values = {}
  for (const field of fields) {
    if (field.kind === 'rows') values[field.name] = Object.fromEntries(field.rows.map(row => [row.key, initialOf(field.fields, now)]))
    else if (field.kind === 'photos') values[field.name] = []
    else if (field.kind === 'moment') values[field.name] = field.initial ?? inputOf(now)
    else if ('initial' in field && field.initial !== undefined) values[field.name] = field.initial
  }
  return values
}

/** Names of required fields that are empty, as people read them. */
export function missingOf(fields: Field[], values: Values): Said[] {
  return fields.flatMap(field => {
    if (field.kind === 'rows') return field.rows.flatMap(row => missingOf(field.fields, rowsOf(values, field.name)[row.key] ?? {}).map(([zh, en]): Said => [`${row.title}：${zh}`, `${row.title}: ${en}`]))
    const value = values[field.name]
    const empty = value === undefined || value === '' || (typeof value === 'string' && value.trim() === '') || (Array.isArray(value) && value.length === 0)
    return field.required && empty ? [field.label] : []
  })
}
