// Samples, the reports on them, and the second test.
import { type Context, type Field, type Form, type Values, dayOf, evidence, manyOf, officersFor, options, picksOf, rowsOf, text } from './form'

interface Sample { ordinal: number; number: string; product: string; itemCode: string; laboratory: string; report?: object | null; retest?: object | null; retestReport?: object | null }

/** Samples of the last visit that has any. */
function samplesOf(context: Context): Sample[] {
  const visits = (context.story?.visits ?? []) as unknown as { samples?: Sample[] }[]
  return [...visits].reverse().find(visit => visit.samples?.length)?.samples ?? []
}

/** Items that are answered by a test, as they hold for the target, of departments that are there. */
function sampledItems(context: Context) {
  const tags = context.story?.case.target.tags ?? []
  const there = new Set((context.story?.case.departments ?? []).filter(one => one.attends).map(one => one.code))
  return (context.scenario?.items ?? []).filter(item => item.methods.includes('Sampling') && there.has(item.supervisingDepartment) && (!item.targetTags?.length || item.targetTags.some(tag => tags.includes(tag))))
}

/** Officers of the departments whose items are tested, those of the step first. */
function samplers(context: Context) {
  return [...new Set([context.task.department, ...sampledItems(context).map(item => item.supervisingDepartment)])].flatMap(unit => officersFor(context, unit))
}

const reportFields = (context: Context): Field[] => [
  { kind: 'text', name: 'number', label: ['报告编号', 'Number of the report'], required: true },
  { kind: 'date', name: 'reportedOn', label: ['报告日期', 'Date'], required: true, initial: dayOf(context.now) },
  { kind: 'choice', name: 'result', label: ['结论', 'Result'], required: true, options: options('合格', '不合格') },
  { kind: 'long', name: 'detail', label: ['检验项目和结果', 'What was measured'], required: true, phrases: ['所检项目符合标准要求'] },
  { kind: 'flag', name: 'microbial', label: ['不合格的是微生物指标（不予复检）', 'A microbiological value failed: no second test'], when: values => values['result'] === '不合格' },
]

const reportOf = (values: Values) => ({
  number: text(values, 'number'), reportedOn: text(values, 'reportedOn'), passed: values['result'] === '合格', detail: text(values, 'detail'), microbial: (values['result'] === '不合格' && values['microbial'] === true) || undefined,
})
const titled = (sample: Sample) => ({ key: String(sample.ordinal), title: `${sample.product}（${sample.number}）`, sub: sample.laboratory })

export const sampling: Record<string, Form> = {
  'sample.take': {
    needs: ['scenario'],
    fields: (context, outcome) => (outcome === '不抽样'
      ? []
      : [{
          kind: 'many', name: 'samples', label: ['样品', 'Samples'], add: ['再添加一个样品', 'Add a sample'], each: ['样品', 'Sample'], least: 1, most: 20,
          fields: [
            { kind: 'select', name: 'itemCode', label: ['抽样检测事项', 'Item'], required: true, options: sampledItems(context).map(item => ({ value: item.code, label: item.title })) },
            { kind: 'text', name: 'number', label: ['抽样单编号', 'Number of the sheet'], required: true },
            { kind: 'text', name: 'product', label: ['样品名称', 'Product'], required: true },
            { kind: 'text', name: 'batch', label: ['批号或者生产日期', 'Batch or date'], required: true },
            { kind: 'text', name: 'quantity', label: ['抽样数量', 'Quantity'], required: true, phrases: ['2份'] },
            { kind: 'text', name: 'laboratory', label: ['检验机构', 'Laboratory'], required: true },
            { kind: 'picks', name: 'officerIds', label: ['抽样人员', 'Officers'], required: true, least: 2, options: samplers(context), initial: officersFor(context, context.task.department).slice(0, 2).map(one => one.value) },
            { kind: 'flag', name: 'backupKept', label: ['已封存备份样品', 'A sealed second sample is kept'], initial: true },
          ],
        }]),
    data: (values, _, outcome) => (outcome === '不抽样'
      ? {}
      : {
          samples: manyOf(values, 'samples').map(row => ({
            itemCode: text(row, 'itemCode'), number: text(row, 'number'), product: text(row, 'product'), batch: text(row, 'batch'), quantity: text(row, 'quantity'), laboratory: text(row, 'laboratory'),
            officerIds: picksOf(row, 'officerIds'), backupKept: row['backupKept'] === true,
          })),
        }),
  },
  'sample.report': {
    fields: context => [{
      kind: 'rows', name: 'reports', label: ['检验报告', 'Reports'], rows: samplesOf(context).filter(sample => !sample.report).map(titled),
      fields: [...reportFields(context), { kind: 'photos', name: 'photos', label: ['报告照片', 'The report'], title: '检验报告' }],
    }],
    data: values => ({
      reports: Object.entries(rowsOf(values, 'reports')).map(([ordinal, row]) => ({ ordinal: Number(ordinal), report: reportOf(row), evidenceIds: evidence(row, 'photos').length ? evidence(row, 'photos') : undefined })),
    }),
  },
  'sample.retest': {
    fields: context => [
      { kind: 'select', name: 'ordinal', label: ['复检的样品', 'Sample'], required: true, initial: pending(context)[0]?.value, options: pending(context) },
      ...reportFields(context),
      { kind: 'photos', name: 'photos', label: ['报告照片', 'The report'], title: '复检报告' },
    ],
    data: values => ({ ordinal: Number(values['ordinal']), report: reportOf(values), evidenceIds: evidence(values, 'photos').length ? evidence(values, 'photos') : undefined }),
  },
}

function pending(context: Context) {
  return samplesOf(context).filter(sample => sample.retest && !sample.retestReport).map(sample => ({ value: String(sample.ordinal), label: titled(sample).title }))
}
