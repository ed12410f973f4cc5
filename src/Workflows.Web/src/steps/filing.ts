// What follows when things are not put right, or when the law lets them go: interview, second term, filing, leniency.
import { type Field, type Form, evidence, fromInput, inputOf, linesOf, note, options, rowsOf, text } from './form'

const length = (label: [string, string]): Field => ({ kind: 'number', name: 'length', label, required: true, least: 1, most: 180 })

export const filing: Record<string, Form> = {
  'finding.education': {
    fields: () => [{ kind: 'long', name: 'education', label: ['教育内容', 'What was taught'], required: true, initial: '已当场向当事人说明法律规定和改正要求，当事人表示理解并承诺不再发生。' }],
    data: values => ({ education: text(values, 'education') }),
  },
  // A promise is the party's own: whoever does not wish to give one gives none.
  'promise.sign': {
    fields: (context, outcome) => (outcome === '已签' ? [
      { kind: 'text', name: 'signer', label: ['承诺人', 'Who signs'], required: true, initial: context.story?.case.target.representative ?? undefined },
      { kind: 'text', name: 'capacity', label: ['职务', 'Capacity'], required: true, phrases: ['项目负责人', '法定代表人', '经营者'] },
      { kind: 'photos', name: 'photos', label: ['已签承诺书或者签名的照片', 'Picture of the signed letter'], title: '守法承诺书', required: true },
    ] : []),
    data: (values, _, outcome) => (outcome === '已签' ? { signer: text(values, 'signer'), capacity: text(values, 'capacity'), evidenceIds: evidence(values, 'photos') } : {}),
  },
  'leniency.propose': {
    fields: context => [
      { kind: 'choice', name: 'kind', label: ['种类', 'Kind'], required: true, initial: '首违不罚', options: options('首违不罚', '轻微不罚') },
      {
        kind: 'rows', name: 'findings', label: ['适用的问题', 'Findings'], rows: (context.story?.findings ?? []).filter(f => f.penaltyDepartment === context.task.department && f.fix && !f.isFiledAtOnce).map(f => ({ key: f.id, title: f.itemTitle, sub: f.facts })),
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
  // 繁简分流: what the case is like opens a way; the service's rules choose where none is named, and refuse what is not open.
  'filing.decide': {
    needs: ['scenario'],
    fields: (context, outcome) => [
      ...(outcome === '准予立案' && context.scenario?.procedures?.length ? [
        { kind: 'flag', name: 'factsClear', label: ['事实清楚、证据充分', 'The facts are clear'] },
        { kind: 'flag', name: 'admitted', label: ['当事人认错认罚', 'The party admits and accepts'] },
        { kind: 'flag', name: 'hearingAsked', label: ['当事人要求听证', 'The party asks for a hearing'] },
        { kind: 'number', name: 'fine', label: ['拟处罚款（元）', 'Fine proposed, yuan'], least: 0, most: 100_000_000, hint: ['仅警告的填 0', '0 for a warning alone'] },
        { kind: 'choice', name: 'way', label: ['办案程序', 'Way'], options: context.scenario.procedures.map(one => ({ value: one.way, label: one.title, sub: one.basis ?? undefined })), hint: ['不选的由系统按场景规则选定', 'Left open, the rules of the scenario choose'] },
      ] satisfies Field[] : []),
      note(outcome, true),
    ],
    data: (values, context, outcome) => outcome === '准予立案' && context.scenario?.procedures?.length && (values['factsClear'] || values['admitted'] || values['hearingAsked'] || values['fine'] !== undefined || values['way']) ? {
      note: text(values, 'note'), way: text(values, 'way'), factsClear: values['factsClear'] === true, admitted: values['admitted'] === true, hearingAsked: values['hearingAsked'] === true,
      fine: typeof values['fine'] === 'number' ? values['fine'] : undefined,
    } : { note: text(values, 'note') },
  },
  'filing.result': {
    fields: context => [{
      kind: 'rows', name: 'filings', label: ['逐案回填', 'Each case'], rows: (context.story?.filings ?? []).filter(one => one.state === 'InProgress' && one.department === context.task.department).map(one => ({
        key: one.id, title: context.story!.findings.filter(finding => one.findingIds?.includes(finding.id)).map(finding => finding.itemTitle).join('、') || one.reason || '办理中的案件', sub: one.reason,
      })),
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
      { kind: 'long', name: 'reason', label: ['约谈事由', 'Reason'], required: true, initial: '责令改正事项逾期未改正' },
      { kind: 'moment', name: 'appointedAt', label: ['时间', 'When'], required: true, initial: inputOf(new Date(context.now.getTime() + 6 * 86_400_000)), hint: ['至少提前三个工作日，紧急的提前一个', 'Three working days ahead, one if urgent'] },
      { kind: 'text', name: 'place', label: ['地点', 'Place'], required: true },
      { kind: 'lines', name: 'persons', label: ['应到人员（每行一人）', 'Who must come, one a line'], required: true, initial: context.story?.case.target.representative ?? '负责人' },
      { kind: 'lines', name: 'materials', label: ['携带材料（每行一项）', 'To bring, one a line'] },
      { kind: 'flag', name: 'urgent', label: ['情况紧急', 'Urgent'] },
    ],
    data: (values, context) => ({
      caseId: context.task.caseId, department: context.task.department, reason: text(values, 'reason'), appointedAt: fromInput(values['appointedAt']), place: text(values, 'place'),
      persons: linesOf(values, 'persons'), materials: linesOf(values, 'materials').length ? linesOf(values, 'materials') : undefined, urgent: values['urgent'] === true || undefined,
    }),
  },
  'interview.hold': {
    fields: () => [
      { kind: 'lines', name: 'attendees', label: ['到场人员（每行一人）', 'Who came, one a line'], hint: ['无人到场的留空', 'Empty where nobody came'] },
      { kind: 'long', name: 'explanation', label: ['当事人说明', 'Explanation'], required: true },
      { kind: 'text', name: 'promise', label: ['承诺事项', 'Promise'] },
      { kind: 'date', name: 'promisedBy', label: ['承诺期限', 'By when'], required: true, when: values => !!text(values, 'promise') },
    ],
    data: values => ({
      attendees: linesOf(values, 'attendees'), explanation: text(values, 'explanation'),
      promises: text(values, 'promise') && text(values, 'promisedBy') ? [{ text: text(values, 'promise'), by: text(values, 'promisedBy') }] : undefined,
    }),
  },
  'order.second-term': {
    fields: (_, outcome) => (outcome === '不同意' ? [note(outcome)] : [length(['再给的天数（不超过原期限一半）', 'Days, at most half of the first term']), note(outcome, true)]),
    data: (values, _, outcome) => ({ length: outcome === '同意' ? values['length'] : undefined, note: text(values, 'note') }),
  },
  'order.unfiled': {
    fields: (_, outcome) => [...(outcome === '继续整改' ? [length(['再给的天数（不超过原期限一半）', 'Days, at most half of the first term'])] : []), note(outcome, true)],
    data: (values, _, outcome) => ({ length: outcome === '继续整改' ? values['length'] : undefined, note: text(values, 'note') }),
  },
}
