// The lawful way to a forced demolition: each step says what the law wants in its record.
import { type Field, type Form, dayOf, evidence, fromInput, inputOf, text } from './form'

const DONE = '已完成'
const ANNOUNCED_DAYS = 15

const report: Field = { kind: 'long', name: 'note', label: ['办理情况', 'What was done'], required: true, phrases: ['按法定步骤办理', '现场核实，情况属实'] }
const photos: Field = { kind: 'photos', name: 'photos', label: ['文书、照片', 'Papers and pictures'], title: '强制程序材料' }
const withEvidence = (values: Record<string, unknown>) => (evidence(values, 'photos').length ? evidence(values, 'photos') : undefined)

const plain: Form = { fields: () => [report, photos], data: values => ({ note: text(values, 'note'), evidenceIds: withEvidence(values) }) }

export const enforcement: Record<string, Form> = {
  'enforcement.step': {
    fields: (context, outcome) => {
      const stage = context.task.subject['stage']
      return [
        report,
        ...(outcome === DONE && stage === 'Decision' ? [{ kind: 'date', name: 'servedOn', label: ['决定书送达日期', 'Day of service'], required: true, initial: dayOf(context.now), hint: ['复议和诉讼期限自送达之日起算', 'Review and lawsuit run from it'] } satisfies Field] : []),
        ...(outcome === DONE && (stage === 'Announcement' || stage === 'Reminder') ? [{ kind: 'date', name: 'performBy', label: ['限当事人履行的最后一日', 'Last day for the party'], required: true, initial: dayOf(context.now, ANNOUNCED_DAYS), hint: ['须在今天之后，给予合理期限', 'After today, with reasonable time'] } satisfies Field] : []),
        photos,
      ]
    },
    data: (values, context, outcome) => ({
      note: text(values, 'note'), evidenceIds: withEvidence(values),
      servedOn: outcome === DONE && context.task.subject['stage'] === 'Decision' ? text(values, 'servedOn') : undefined,
      performBy: outcome === DONE && ['Announcement', 'Reminder'].includes(context.task.subject['stage'] ?? '') ? text(values, 'performBy') : undefined,
    }),
  },
  'enforcement.confirm': plain,
  'enforcement.verify': plain,
  // Of the other choices nothing but the choice is kept.
  'enforcement.choice': { fields: (_, outcome) => (outcome === '复议或者诉讼' ? [report, photos] : []), data: (values, _, outcome) => (outcome === '复议或者诉讼' ? { note: text(values, 'note'), evidenceIds: withEvidence(values) } : {}) },
  'enforcement.remedy': {
    fields: context => [report, { kind: 'date', name: 'servedOn', label: ['复议决定、裁判文书的送达日期', 'Day on which the decision or judgment was served'], required: true, initial: dayOf(context.now) }, photos],
    data: values => ({ note: text(values, 'note'), servedOn: text(values, 'servedOn'), evidenceIds: withEvidence(values) }),
  },
  'enforcement.execute': {
    fields: (context, outcome) => (outcome === DONE
      ? [
          { kind: 'moment', name: 'at', label: ['开始时间', 'When it began'], required: true, initial: inputOf(context.now), hint: ['不得在夜间和法定节假日；不得早于人民政府责成', 'Neither at night nor on a holiday, and after the mandate'] },
          { kind: 'text', name: 'witness', label: ['见证人', 'Witness'], required: true },
          { kind: 'text', name: 'videoNumber', label: ['录像编号', 'Number of the video'], required: true },
          { kind: 'long', name: 'inventory', label: ['物品清单', 'Inventory'], required: true, phrases: ['现场无物品'] },
          { kind: 'long', name: 'emergencyReason', label: ['紧急情况（夜间或者法定节假日实施的）', 'Emergency, at night or on a holiday'], hint: ['须事先经牵头部门负责人批准', 'Approved by the head beforehand'] },
          { kind: 'long', name: 'note', label: ['实施情况', 'What was done'], phrases: ['强制拆除完毕'] },
        ]
      : [report, photos]),
    data: (values, _, outcome) => (outcome === DONE
      ? { at: fromInput(values['at']), witness: text(values, 'witness'), videoNumber: text(values, 'videoNumber'), inventory: text(values, 'inventory'), emergencyReason: text(values, 'emergencyReason'), note: text(values, 'note') }
      : { note: text(values, 'note'), evidenceIds: withEvidence(values) }),
  },
  'enforcement.supply': {
    needs: ['scenario'],
    fields: (context, outcome) => (outcome === '已通知'
      ? [
          { kind: 'select', name: 'itemCode', label: ['已查明的事项', 'Item found'], required: true, options: (context.task.subject['items'] ?? '').split('、').filter(Boolean).map(value => ({ value, label: context.scenario?.items.find(item => item.code === value)?.title ?? value })) },
          { kind: 'flag', name: 'unoccupied', label: ['房屋无人居住', 'Nobody lives there'], required: true },
          { kind: 'flag', name: 'danger', label: ['危及房屋安全', 'The building is in danger'], required: true },
          { kind: 'text', name: 'supplier', label: ['供电企业', 'Supplier'], required: true },
          { kind: 'text', name: 'letterNumber', label: ['书面通知文号', 'Number of the letter'], required: true },
          { kind: 'long', name: 'note', label: ['理由', 'Reason'] },
        ]
      : []),
    data: (values, _, outcome) => (outcome === '已通知'
      ? { itemCode: text(values, 'itemCode'), unoccupied: values['unoccupied'] === true, danger: values['danger'] === true, supplier: text(values, 'supplier'), letterNumber: text(values, 'letterNumber'), note: text(values, 'note') }
      : {}),
  },
}
