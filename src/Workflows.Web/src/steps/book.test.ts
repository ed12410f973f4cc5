// @vitest-environment happy-dom
// Every kind of step, filled in for each of its outcomes. What the forms hand in stands in handed-in.json, which the service's own tests read with its records.
import { expect, test } from 'vitest'
import { BOOK, dataOf, formOf } from './book'
import { identity, identityOf } from './identity'
import { type Context, type Field, type Task, type Values, completed, initialOf, isNegative, missingOf, shownOf } from './form'

const now = new Date('2026-11-23T02:00:00Z')
const member = (officerId: string, department: string) => ({ officerId, name: `样例${officerId}`, department, certificateNumber: `证${officerId}`, isAssistant: false })
const item = (code: string, more: object = {}) => ({ code, title: `事项${code}`, supervisingDepartment: 'FIR', methods: ['Sampling'], targetTags: [], variants: [], ...more })

/** Enough of everything that a form can be made of. */
const reference = {
  story: {
    case: { id: 'c', number: 'n', scenarioCode: 's', target: { id: 't', name: '样例店', address: '样例路1号', tags: ['住宿'] }, departments: [{ code: 'FIR', attends: true }, { code: 'CUL', attends: true }, { code: 'HEA', attends: false }] },
    teams: [{ members: [member('FIR-01', 'FIR'), member('FIR-02', 'FIR'), member('CUL-01', 'CUL'), member('CUL-02', 'CUL')] }],
    findings: [
      { id: 'f1', itemCode: 'EH-16', itemTitle: '灭火器', facts: '压力不足', department: 'FIR', penaltyDepartment: 'FIR', isRectified: true, evidenceIds: [], fix: {} },
      { id: 'f2', itemCode: 'EH-17', itemTitle: '安全出口', facts: '堵塞', department: 'FIR', penaltyDepartment: 'FIR', isRectified: true, evidenceIds: [] },
    ],
    orders: [
      { id: 'o1', department: 'FIR', state: 'Served', items: [{ ordinal: 1, findingId: 'f1', itemCode: 'EH-16', state: 'Overdue' }, { ordinal: 2, findingId: 'f1', itemCode: 'EH-16', state: 'Rectified' }] },
      { id: 'o3', department: 'CUL', state: 'Served', items: [{ ordinal: 1, findingId: 'f1', itemCode: 'EH-16', state: 'Open' }] },
    ],
    filings: [{ id: 'g1', department: 'FIR', state: 'InProgress', reason: '逾期未改正', findingIds: ['f1'] }, { id: 'g2', department: 'FIR', state: 'InProgress', reason: '即行立案', findingIds: ['f2'] }],
    extensions: [{ id: 'x', orderId: 'o1', state: 'Pending', reason: '采购', length: 3 }],
    visits: [{ samples: [{ ordinal: 1, number: 'CY1', product: '卤肉', itemCode: 'EH-16', laboratory: '样例院' }, { ordinal: 2, number: 'CY2', product: '豆干', itemCode: 'EH-16', laboratory: '样例院', report: {}, retest: {} }] }],
  },
  lead: { id: 'l', matterCode: 'EH-16', place: { area: '330203001' }, zone: '一级保护区', trigger: 'Report', text: '线索', steps: [] },
  scenario: { items: [item('EH-16', { variants: [{ code: 'V1', title: '情形一' }] }), item('EH-17'), item('EH-18')], zones: ['一级保护区', '二级保护区'], response: { channels: ['水', '陆'] }, procedures: [{ way: 'Fast', title: '快速办理' }, { way: 'Ordinary', title: '普通程序' }], milestones: [{ code: 'M1', items: ['EH-16', 'EH-17'] }] },
  officers: [{ id: 'FIR-01', name: '甲', department: 'FIR', certificateNumber: '1' }, { id: 'FIR-03', name: '乙', department: 'FIR', certificateNumber: '3' }, { id: 'CUL-01', name: '丙', department: 'CUL', certificateNumber: '2' }, { id: 'CUL-04', name: '丁', department: 'CUL', certificateNumber: '4' }],
  departments: { FIR: '消防', CUL: '文旅', HEA: '卫健' }, towns: { 330203001: '样例街道', 330211001: '别处街道' }, targets: [{ id: 't', name: '样例店', address: '' }, { id: 't2', name: '样例店二', address: '' }],
}

const context = (kind: string, subject: Record<string, string> = {}, more: object = {}): Context =>
  ({ ...reference, task: { id: 'k', kind, title: '', caseId: 'c', department: 'FIR', outcomes: [], subject } as unknown as Task, department: 'FIR', officerId: 'FIR-01', now, ...more }) as unknown as Context

/** Fills in whatever is shown, with the last answer of a list. */
function filled(fields: Field[], values: Values, kept: string[] = []): Values {
  let all: Values = { ...values }
  for (let shown = 0; ;) {
    for (const field of shownOf(fields, all)) if (!kept.includes(field.name)) all = { ...all, [field.name]: valueOf(field, all[field.name]) }
    if (shownOf(fields, all).length === shown) return all
    shown = shownOf(fields, all).length
  }
}

function valueOf(field: Field, before: unknown): unknown {
  switch (field.kind) {
    case 'rows': return Object.fromEntries(field.rows.map(row => [row.key, filled(field.fields, (before as Record<string, Values>)[row.key]!)]))
    case 'many': return [filled(field.fields, initialOf(field.fields, now))]
    case 'photos': return [{ marked: 'e1', original: 'e2' }]
    case 'picks': return field.options.slice(0, 2).map(one => one.value)
    case 'choice': case 'select': return field.options.at(-1)?.value
    case 'flag': return true
    case 'number': return before ?? field.most ?? 1
    case 'date': return before ?? '2026-12-01'
    case 'moment': return before ?? '2026-11-23T10:00'
    default: return before || '样例'
  }
}

/** The outcomes that the service offers, as its own tests compare; and what the forms of some steps hang on beside them. */
const OUTCOMES: Record<string, string[]> = {
  'plan.approve': ['批准', '退回'], 'plan.shortage': ['已补充名录', '作废计划'], 'plan.confirm-draw': ['确认', '申请重抽'], 'team.recusal-declaration': ['无需回避', '申请回避'],
  'team.recusal-decision': ['准予回避', '不予回避'], 'visit.approve': ['批准', '退回'], 'visit.substitute-target': ['同意递补', '不同意'], 'order.approve': ['批准', '退回'], 'document.serve': ['已送达', '送达未果'],
  'proof.review': ['通过', '补充材料', '现场复查'], 'extension.decide': ['准予延期', '不予延期'], 'measure.approve': ['批准', '解除'], 'leniency.review': ['审核通过', '审核退回'], 'leniency.decide': ['不予处罚', '不适用'],
  'promise.sign': ['已签', '未签'], 'filing.review': ['同意', '不同意'], 'filing.decide': ['准予立案', '不予立案'], 'order.second-term': ['同意', '不同意'], 'order.unfiled': ['继续整改', '终止整改', '重新提请立案'], 'publication.review': ['已公示', '不予公示'],
  'supervision.reply': ['已回复', '提出异议'], 'supervision.objection': ['异议成立', '异议不成立'], 'lead.confirm': ['属实', '误报'], 'lead.step': ['完成', '未查获', '转案件'],
  'lead.settle': ['劝离教育', '当场处罚', '转案件', '未查获', '未发现问题'], 'project.patrol': ['未发现问题', '当场改正', '发现问题', '拒绝入户', '责任主体待定'], 'project.party': ['现使用人为当事人', '另有责任人'], 'sample.take': ['已抽样', '不抽样'],
  'enforcement.step': ['已完成', '当事人已自行履行'], 'enforcement.confirm': ['应当拆除', '可以改正', '不构成违法'], 'enforcement.choice': ['自行履行', '申请协助', '复议或者诉讼'], 'enforcement.verify': ['已完成', '未履行'],
  'enforcement.remedy': ['维持', '终审维持', '撤销'], 'enforcement.execute': ['已完成', '当事人已自行履行'], 'enforcement.supply': ['已通知', '不通知'],
}
const SUBJECTS: Record<string, Record<string, string>[]> = {
  'enforcement.step': ['StopOrder', 'Decision', 'Announcement', 'Reminder'].map(stage => ({ stage })), 'enforcement.supply': [{ items: 'EH-16、EH-17' }], 'project.patrol': [{ milestone: 'M1' }],
}
const draft = { story: { ...reference.story, orders: [{ id: 'o2', department: 'FIR', state: 'Draft', items: [{ ordinal: 1, findingId: 'f2', itemCode: 'EH-17', state: 'Open', requirement: '疏通', period: { length: 5, unit: 'WorkingDays' } }] }] } }
const MORE: Record<string, object> = { 'order.revise': draft, 'order.prepare': { story: { ...reference.story, orders: [] } } }

/** The ways that a form goes by the answer to its first question, such as the ways of service. */
function ways(fields: Field[]): Values[] {
  const question = fields.find(field => field.kind === 'choice')
  return question?.kind === 'choice' ? question.options.map(one => ({ [question.name]: one.value })) : [{}]
}

test('every form of the book can be filled in for each outcome, and hands in what stands in handed-in.json', async () => {
  const handed: { kind: string; outcome: string; data: object }[] = []
  for (const kind of Object.keys(BOOK).sort())
    for (const outcome of OUTCOMES[kind] ?? [''])
      for (const subject of SUBJECTS[kind] ?? [{}]) {
        const one = context(kind, subject, MORE[kind])
        const fields = formOf(kind).fields(one, outcome)
        for (const way of ways(fields)) {
          const values = filled(fields, { ...initialOf(fields, now), ...way }, Object.keys(way))
          expect(missingOf(fields, values), `${kind} ${outcome}`).toEqual([])
          handed.push({ kind, outcome, data: dataOf(values, one, outcome) })
        }
      }
  // Part of the arrival, which has a page of its own.
  for (const way of ways(identity)) {
    const values = filled(identity, way, ['kind'])
    expect(missingOf(identity, values)).toEqual([])
    handed.push({ kind: 'visit.arrive', outcome: '已到场', data: { identification: identityOf(values) } })
  }
  await expect(`${JSON.stringify(handed, null, 1)}\n`).toMatchFileSnapshot('./handed-in.json')
})

test('service asks for what its way needs and hands in no other way’s answers, moments in China’s time', () => {
  const one = context('document.serve')
  const fields = formOf('document.serve').fields(one, '已送达')
  const values = { ...initialOf(fields, now), receiverName: '店长', receiverRelation: '店长', receivedAt: '2026-11-23T10:00', mailNumber: 'EMS1' }
  expect(shownOf(fields, values).map(field => field.name)).toEqual(['method', 'serverIds', 'addressee', 'place', 'receiverName', 'receiverRelation', 'receivedAt'])
  expect(dataOf(values, one, '已送达')).toEqual({
    method: '直接送达', serverIds: ['FIR-01', 'FIR-02'],
    details: { addressee: '样例店', place: '样例路1号', receiverName: '店长', receiverRelation: '店长', receivedAt: '2026-11-23T02:00:00.000Z' },
  })
  expect(dataOf({}, one, '送达未果')).toEqual({})
})

test('a re-inspection looks at open items alone and is signed by two officers of every organ that has one', () => {
  const one = context('reinspection.record')
  const fields = formOf('reinspection.record').fields(one, '')
  const rows = fields.find(field => field.kind === 'rows')!
  expect(rows.kind === 'rows' && rows.rows.map(row => row.key)).toEqual(['o1/1', 'o3/1'])
  const values = { ...initialOf(fields, now), opinions: { 'o1/1': { opinion: '已改正', photos: [{ marked: 'local:a', original: 'local:b' }] } } }
  expect(dataOf(values, one, '')).toMatchObject({
    caseId: 'c', method: '现场', opinions: [{ orderId: 'o1', ordinal: 1, opinion: '已改正', found: '现场核实已按要求改正', evidenceIds: ['local:a', 'local:b'] }],
    officers: [{ officerId: 'FIR-01', certificateNumber: '证FIR-01' }, { officerId: 'FIR-02' }, { officerId: 'CUL-01' }, { officerId: 'CUL-02' }],
  })
})

test('turning something down needs a reason; so does whatever the service keeps one of', () => {
  const noteNeeded = (kind: string, outcome: string) => missingOf(formOf(kind).fields(context(kind), outcome), {}).some(said => said[0] === '意见')
  expect(['退回', '不予立案', '不同意', '审核退回', '解除', '申请重抽', '作废计划'].every(isNegative)).toBe(true)
  expect(['批准', '同意', '准予立案', '审核通过', '已送达'].some(isNegative)).toBe(false)
  expect(noteNeeded('order.approve', '退回')).toBe(true)
  expect(noteNeeded('order.approve', '批准')).toBe(false)
  for (const [kind, outcome] of [['filing.review', '同意'], ['visit.substitute-target', '同意递补'], ['measure.approve', '批准'], ['measure.lift', ''], ['team.recusal-decision', '准予回避']] as const) expect(noteNeeded(kind, outcome), kind).toBe(true)
  expect(noteNeeded('plan.approve', '批准')).toBe(false)
  expect(missingOf(formOf('plan.approve').fields(context('plan.approve', {}, { plan: { headCountWarning: true } }), '批准'), {})).toHaveLength(1)
})

test('an order names only findings whose demand or limit was changed, and a revision begins with the draft', () => {
  const one = context('order.revise', {}, { story: { ...reference.story, orders: [{ id: 'o2', department: 'FIR', state: 'Draft', items: [{ ordinal: 1, findingId: 'f1', itemCode: 'EH-16', requirement: '更换', period: { length: 5, unit: 'WorkingDays' }, state: 'Open' }, { ordinal: 2, findingId: 'f2', itemCode: 'EH-17', requirement: '疏通', state: 'Open' }] }] } })
  const fields = formOf('order.revise').fields(one, '')
  const values = completed(fields, {}, now)
  expect(dataOf(values, one, '')).toEqual({ items: [] })
  const changed = { items: { ...(values['items'] as Record<string, Values>), f1: { ...(values['items'] as Record<string, Values>)['f1'], length: 15, reason: '器材须定制' } } }
  expect(dataOf(changed, one, '')).toEqual({ items: [{ findingId: 'f1', length: 15, reason: '器材须定制', requirement: '更换' }] })
})

test('a team is filled with two officers of every department that comes, and less is not handed in', () => {
  const one = context('team.supplement')
  const fields = formOf('team.supplement').fields(one, '')
  expect(fields.map(field => field.name)).toEqual(['officers-FIR', 'officers-CUL'])
  expect(missingOf(fields, { 'officers-FIR': ['FIR-01'], 'officers-CUL': ['CUL-01', 'CUL-04'] })[0]![0]).toContain('至少2名')
  expect(dataOf({ 'officers-FIR': ['FIR-01', 'FIR-03'], 'officers-CUL': ['CUL-01', 'CUL-04'] }, one, '')).toEqual({
    officers: [{ officerId: 'FIR-01', department: 'FIR' }, { officerId: 'FIR-03', department: 'FIR' }, { officerId: 'CUL-01', department: 'CUL' }, { officerId: 'CUL-04', department: 'CUL' }],
  })
})

test('nobody says by accident that a source is unknown', () => {
  const one = context('lead.trace')
  const fields = formOf('lead.trace').fields(one, '')
  expect(missingOf(fields, { note: '查阅台账' }).map(said => said[0])).toEqual(['来源'])
  expect(missingOf(fields, { note: '查阅台账', source: '来源在区外' }).map(said => said[0])).toEqual(['来源单位名称', '来源单位的区划代码'])
  expect(dataOf({ note: '查阅台账', source: '来源未查明', sourceName: '旧' }, one, '')).toEqual({ note: '查阅台账' })
})

test('on the spot a fine needs person, second officer and a picture; who settles is not the second', () => {
  const fields = formOf('lead.settle').fields(context('lead.settle'), '当场处罚')
  const missing = missingOf(fields, initialOf(fields, now)).map(said => said[0])
  expect(missing).toEqual(['当事人（姓名或者单位名称）', '罚款（元，警告填0）', '另一名执法人员', '处理情况', '现场照片'])
  const second = fields.find(field => field.name === 'secondOfficer')
  expect(second?.kind === 'select' && second.options.map(one => one.value)).toEqual(['FIR-03'])
})
