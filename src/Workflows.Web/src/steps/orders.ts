// From the order to the re-inspection: demands, service, proof, more time, what was found again.
import { type Context, type Field, type Form, evidence, fromInput, note, officersFor, options, picksOf, rowsOf, text } from './form'
import { homeEntryOf, homeFields } from './home'

type Row = { key: string; title: string; sub?: string; initial?: Record<string, unknown> }
interface DraftItem { findingId: string; itemCode: string; requirement?: string; period?: { length: number; unit: string }; periodReason?: string }

function draftItems(context: Context): DraftItem[] {
  return (context.story?.orders ?? []).filter(order => order.state === 'Draft' && order.department === context.task.department).flatMap(order => order.items as DraftItem[])
}

function rowsToPrepare(context: Context): Row[] {
  const ordered = new Set((context.story?.orders ?? []).flatMap(order => order.items.map(item => item.findingId)))
  return (context.story?.findings ?? []).filter(finding => finding.isRectified && !ordered.has(finding.id))
    .map(finding => ({ key: finding.id, title: finding.itemTitle, sub: finding.facts }))
}

function rowsToRevise(context: Context): Row[] {
  return draftItems(context).map(item => {
    const finding = context.story?.findings.find(one => one.id === item.findingId)
    return { key: item.findingId, title: finding?.itemTitle ?? item.itemCode, sub: finding?.facts, initial: { length: item.period?.length, reason: item.periodReason, requirement: item.requirement } }
  })
}

function orderForm(rows: (context: Context) => Row[], hint: [string, string]): Form {
  return {
    fields: context => [{
      kind: 'rows', name: 'items', label: ['逐项整改要求', 'Demands, one by one'], hint, rows: rows(context),
      fields: [
        { kind: 'number', name: 'length', label: ['期限（按场景的日种计）', 'Limit, in the scenario’s kind of days'], least: 1, most: 365 },
        { kind: 'text', name: 'reason', label: ['调整期限的理由', 'Why another limit'], phrases: ['器材须定制', '涉及工程施工'] },
        { kind: 'long', name: 'requirement', label: ['整改要求（不填用场景的表述）', 'Demand, else the scenario’s wording'] },
      ],
    }],
    // Only what differs from what the rows began with is a choice: the rest keeps the scenario's words, or those of the draft.
    data: (values, context) => {
      const began = new Map(rows(context).map(row => [row.key, row.initial ?? {}]))
      return {
        items: Object.entries(rowsOf(values, 'items'))
          .map(([findingId, row]) => ({ findingId, length: (row['length'] as number | undefined) || undefined, reason: text(row, 'reason'), requirement: text(row, 'requirement') }))
          .filter(item => {
            const before = began.get(item.findingId) ?? {}
            return item.length !== before['length'] || item.requirement !== before['requirement'] || item.reason !== before['reason']
          }),
      }
    },
  }
}

const by = (method: string) => (values: Record<string, unknown>) => values['method'] === method
/** What each way of service needs; the service's words for the ways. */
export const SERVICE_FIELDS: Record<string, Field[]> = {
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

const openOrders = (context: Context) => (context.story?.orders ?? []).filter(order => order.state === 'Served' && order.items.some(item => ['Open', 'Overdue', 'ProofSubmitted'].includes(item.state)))

/** Officers of every organ that has an open item: each signs for its own. */
function reinspectors(context: Context) {
  const units = [...new Set([...openOrders(context).map(order => order.department), ...(context.task.department ? [context.task.department] : [])])]
  return units.map(unit => officersFor(context, unit))
}

export const orders: Record<string, Form> = {
  'order.prepare': orderForm(rowsToPrepare, ['不填期限的按场景规定的期限', 'Without a limit the scenario’s own holds']),
  'order.revise': orderForm(rowsToRevise, ['按退回意见修改；未改动的保持原样', 'Change what was sent back; the rest stays']),
  'document.serve': {
    needs: ['officers'],
    fields: (context, outcome) => {
      if (outcome === '送达未果') return []
      const officers = officersFor(context, context.task.department)
      return [
        { kind: 'choice', name: 'method', label: ['送达方式', 'Way of service'], required: true, initial: '直接送达', options: options(...Object.keys(SERVICE_FIELDS)) },
        { kind: 'picks', name: 'serverIds', label: ['送达人', 'Served by'], required: true, least: 2, options: officers, initial: officers.slice(0, 2).map(one => one.value) },
        { kind: 'text', name: 'addressee', label: ['受送达人', 'Addressee'], required: true, initial: context.story?.case.target.name },
        { kind: 'text', name: 'place', label: ['送达地点', 'Place'], required: true, initial: context.story?.case.target.address },
        ...Object.entries(SERVICE_FIELDS).flatMap(([method, fields]) => fields.map(field => ({ ...field, when: by(method) }))),
      ]
    },
    data: (values, _, outcome) => {
      if (outcome === '送达未果') return {}
      const details: Record<string, unknown> = { addressee: text(values, 'addressee'), place: text(values, 'place') }
      for (const field of SERVICE_FIELDS[values['method'] as string] ?? []) details[field.name] = field.kind === 'moment' ? fromInput(values[field.name]) : text(values, field.name)
      return { method: values['method'], serverIds: picksOf(values, 'serverIds'), details }
    },
  },
  'extension.decide': {
    fields: (context, outcome) => [
      ...(outcome === '准予延期' ? [{ kind: 'number', name: 'length', label: ['准予的天数', 'Days granted'], least: 1, most: 180, initial: context.story?.extensions.find(one => one.state === 'Pending')?.length, hint: ['不填为所申请的天数', 'empty: as asked'] } satisfies Field] : []),
      note(outcome, true),
    ],
    data: values => ({ note: text(values, 'note'), length: values['length'] || undefined }),
  },
  'reinspection.record': {
    needs: ['officers', 'scenario'],
    fields: context => [
      { kind: 'choice', name: 'method', label: ['复查方式', 'How'], required: true, initial: '现场', options: options('现场', '书面', '视频') },
      ...(context.scenario?.homesGuarded ? homeFields(context.now, by('现场')) : []),
      {
        kind: 'rows', name: 'opinions', label: ['逐项复查', 'Item by item'],
        rows: openOrders(context).flatMap(order => order.items.filter(item => ['Open', 'Overdue', 'ProofSubmitted'].includes(item.state)).map(item => {
          const finding = context.story?.findings.find(one => one.id === item.findingId)
          return { key: `${order.id}/${item.ordinal}`, title: finding?.itemTitle ?? item.itemCode, sub: finding?.facts }
        })),
        fields: [
          { kind: 'choice', name: 'opinion', label: ['意见', 'Opinion'], options: options('已改正', '部分改正', '未改正') },
          { kind: 'long', name: 'found', label: ['复查所见', 'What was found'], phrases: ['现场核实已按要求改正', '现场核实未按要求改正'] },
          { kind: 'photos', name: 'photos', label: ['复查照片', 'Photographs'], title: '复查照片' },
        ],
      },
      { kind: 'text', name: 'partyView', label: ['当事人意见', 'The party’s view'], initial: '无异议' },
      { kind: 'picks', name: 'officers', label: ['复查人员', 'Officers'], required: true, least: 2, options: reinspectors(context).flat(), initial: reinspectors(context).flatMap(unit => unit.slice(0, 2).map(one => one.value)) },
    ],
    data: (values, context) => {
      const people = new Map(reinspectors(context).flat().map(one => [one.value, one]))
      return {
        caseId: context.task.caseId, method: values['method'], partyView: text(values, 'partyView'),
        ...(context.scenario?.homesGuarded && values['method'] === '现场' ? { homeEntry: homeEntryOf(values) } : {}),
        officers: picksOf(values, 'officers').map(officerId => ({ officerId, name: people.get(officerId)?.label ?? officerId, certificateNumber: people.get(officerId)?.sub ?? '', at: context.now.toISOString() })),
        opinions: Object.entries(rowsOf(values, 'opinions')).filter(([, row]) => row['opinion']).map(([key, row]) => {
          const [orderId, ordinal] = key.split('/')
          return { orderId, ordinal: Number(ordinal), opinion: row['opinion'], found: text(row, 'found') ?? (row['opinion'] === '已改正' ? '现场核实已按要求改正' : '现场核实未按要求改正'), evidenceIds: evidence(row, 'photos') }
        }),
      }
    },
  },
}
