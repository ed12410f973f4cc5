import { say } from '../../language/language'
import { type Members, list, text } from '../fields'
import { departments, methods, modes, onSpot, penalties, severities, tags, wordsOf } from './choices'

const rectification: Members = {
  mode: { kind: 'choice', options: modes, label: ['方式', 'How'] },
  default: { kind: 'period', optional: 'drop', label: ['常用期限', 'Usual limit'] },
  min: { kind: 'period', optional: 'drop', label: ['最短', 'Shortest'] },
  max: { kind: 'period', optional: 'drop', label: ['最长', 'Longest'] },
  caseAtOnce: { kind: 'flag', optional: 'drop', label: ['同时立案', 'A case is filed as well'] },
  note: { kind: 'text', lines: 2, most: 2000, optional: 'drop', wide: true, label: ['备注', 'Note'] },
}

const stopMeasure: Members = {
  kind: { kind: 'text', most: 60, label: ['措施', 'Measure'] },
  bases: { kind: 'bases', wide: true, label: ['依据', 'Bases'] },
  condition: { kind: 'text', most: 500, lines: 2, wide: true, label: ['适用条件', 'Condition'] },
  resume: { kind: 'bases', optional: 'drop', wide: true, label: ['恢复的依据', 'Basis of going on again'] },
  note: { kind: 'text', lines: 2, most: 2000, optional: 'drop', wide: true, label: ['备注', 'Note'] },
}

const leniency: Members = {
  firstOffence: { kind: 'flag', label: ['首违可不罚', 'First offence may go without penalty'] },
  minorOffence: { kind: 'flag', label: ['轻微可不罚', 'Minor offence goes without penalty'] },
  matter: { kind: 'text', most: 200, optional: 'drop', wide: true, label: ['清单事项', 'Matter in the list'], hint: ['准许不罚的，须写明清单中的事项。', 'Needed where either is allowed.'] },
  bases: { kind: 'bases', optional: 'drop', wide: true, label: ['依据', 'Bases'] },
}

const onSpotMembers: Members = {
  possible: { kind: 'choice', options: onSpot, label: ['能否当场改正', 'On the spot'] },
  action: { kind: 'text', most: 200, optional: 'drop', wide: true, label: ['当场怎样改', 'What is done'] },
}

const law: Members = {
  violates: { kind: 'bases', wide: true, label: ['违反条款', 'Provision violated'] },
  orders: { kind: 'bases', wide: true, label: ['责令改正依据', 'Basis of the order'] },
  penalises: { kind: 'bases', wide: true, label: ['处罚条款', 'Penalty clause'] },
}

const variants: Members = {
  code: { kind: 'text', most: 40, label: ['代码', 'Code'] },
  title: { kind: 'text', most: 200, wide: true, label: ['情形', 'Case'] },
  severity: { kind: 'choice', options: severities, optional: 'drop', label: ['严重程度', 'Severity'] },
  penaltyKind: { kind: 'choice', options: penalties, optional: 'drop', label: ['罚则', 'Penalty'] },
  finding: { kind: 'text', lines: 2, most: 2000, optional: 'drop', wide: true, label: ['不符合时的表述', 'Wording of a finding'] },
  violates: { ...law['violates']!, optional: 'drop' },
  orders: { ...law['orders']!, optional: 'drop' },
  penalises: { ...law['penalises']!, optional: 'drop' },
  rectification: { kind: 'group', members: rectification, optional: 'drop', wide: true, label: ['整改', 'Rectification'] },
  onSpot: { kind: 'group', members: onSpotMembers, optional: 'drop', wide: true, label: ['当场改正', 'On the spot'] },
  correction: { kind: 'text', lines: 2, most: 2000, optional: 'drop', wide: true, label: ['整改要求', 'What has to be done'] },
  proof: { kind: 'text', lines: 2, most: 2000, optional: 'drop', wide: true, label: ['整改证明', 'Proof'] },
  secondTerm: { kind: 'flag', optional: 'drop', label: ['可给第二次期限', 'A second term is possible'] },
  leniency: { kind: 'group', members: leniency, optional: 'drop', wide: true, label: ['首违轻微不罚', 'Leniency'] },
  stopMeasure: { kind: 'group', members: stopMeasure, optional: 'drop', wide: true, label: ['责令停止等措施', 'Stop measure'] },
  note: { kind: 'text', lines: 2, most: 2000, optional: 'drop', wide: true, label: ['备注', 'Note'] },
  verify: { kind: 'flag', optional: 'drop', label: ['待核对', 'To be checked'] },
}

export const itemMembers: Members = {
  items: {
    kind: 'list', label: ['检查事项', 'Checklist'], one: ['检查事项', 'item'], key: 'code', wide: true,
    summary: (entry, whole) => `${text(entry['code'])} ${text(entry['title']) || say('（未填写）', '(not filled in)')} · ${wordsOf(severities, whole, entry['severity'])}`,
    group: (entry, whole) => wordsOf(departments, whole, entry['department']) || text(entry['department']) || say('未指定部门', 'No department'),
    fresh: whole => ({
      code: '', title: '', department: text(list(whole.scenario['departments'])[0]?.['code']), penaltyDepartment: text(list(whole.scenario['departments'])[0]?.['code']), methods: ['OnSite'], severity: 'General',
      guidance: '', finding: '', penaltyKind: 'CorrectFirst', violates: [], orders: [], penalises: [],
      rectification: { mode: 'TimeLimited', default: { length: 5, unit: 'WorkingDays' }, min: { length: 1, unit: 'WorkingDays' }, max: { length: 15, unit: 'WorkingDays' } },
      correction: '', proof: '', onSpot: { possible: 'No' }, secondTerm: false, leniency: { firstOffence: false, minorOffence: false },
      resultWording: { pass: '符合', fail: '不符合', notApplicable: '不适用', notChecked: '未检查' },
    }),
    members: {
      code: { kind: 'text', most: 20, label: ['代码', 'Code'], placeholder: 'EH-28' },
      severity: { kind: 'choice', options: severities, label: ['严重程度', 'Severity'] },
      title: { kind: 'text', most: 200, wide: true, label: ['检查内容', 'What is checked'] },
      group: { kind: 'text', most: 40, optional: 'drop', label: ['分组', 'Group'] },
      department: { kind: 'choice', options: departments, label: ['检查部门', 'Department'] },
      penaltyDepartment: { kind: 'choice', options: departments, label: ['处罚部门', 'Penalties by'] },
      jointDepartments: { kind: 'several', options: departments, optional: 'drop', wide: true, label: ['共同检查部门', 'Together with'] },
      methods: { kind: 'several', options: methods, wide: true, label: ['检查方式', 'Methods'] },
      targetTags: { kind: 'several', options: tags, optional: 'drop', wide: true, label: ['只适用于带这些标签的对象', 'Only for targets with these tags'], hint: ['都不选即适用于全部对象。', 'None means all targets.'] },
      guidance: { kind: 'text', lines: 3, most: 2000, optional: 'drop', wide: true, label: ['怎样判断', 'How to judge'] },
      resultWording: {
        kind: 'group', optional: 'drop', wide: true, label: ['可选结果', 'Answers'],
        members: {
          pass: { kind: 'text', most: 20, label: ['合格', 'Pass'] }, fail: { kind: 'text', most: 20, label: ['不合格', 'Fail'] },
          notApplicable: { kind: 'text', most: 20, label: ['不适用', 'Not applicable'] }, notChecked: { kind: 'text', most: 20, label: ['未检查', 'Not checked'] },
        },
      },
      askedWhen: {
        kind: 'group', optional: 'drop', wide: true, label: ['追问条件', 'Asked only after'], hint: ['前面某一事项选了这些结果，才追问本事项。', 'Asked only where an earlier item has one of these answers.'],
        members: {
          item: { kind: 'text', most: 20, label: ['前面的事项', 'Earlier item'], placeholder: 'EH-01' },
          answers: { kind: 'words', label: ['结果', 'Answers'], hint: ['符合、不符合、不适用、未检查', '符合, 不符合, 不适用, 未检查'] },
        },
      },
      finding: { kind: 'text', lines: 2, most: 2000, wide: true, label: ['不符合时的表述', 'Wording of a finding'] },
      ...law,
      penaltyKind: { kind: 'choice', options: penalties, label: ['罚则', 'Penalty'] },
      rectification: { kind: 'group', members: rectification, wide: true, label: ['整改', 'Rectification'] },
      secondTerm: { kind: 'flag', optional: 'drop', label: ['可给第二次期限', 'A second term is possible'] },
      correction: { kind: 'text', lines: 2, most: 2000, wide: true, label: ['整改要求', 'What has to be done'] },
      proof: { kind: 'text', lines: 2, most: 2000, wide: true, label: ['整改证明', 'Proof'] },
      onSpot: { kind: 'group', members: onSpotMembers, wide: true, label: ['当场改正', 'On the spot'] },
      leniency: { kind: 'group', members: leniency, optional: 'drop', wide: true, label: ['首违轻微不罚', 'Leniency'] },
      stopMeasure: { kind: 'group', members: stopMeasure, optional: 'drop', wide: true, label: ['责令停止等措施', 'Stop measure'] },
      sealedRecord: { kind: 'flag', optional: 'drop', label: ['记录封存', 'Record is sealed'] },
      minorsInvolved: { kind: 'flag', optional: 'drop', label: ['涉及未成年人', 'Concerns minors'] },
      occupiedRooms: { kind: 'flag', optional: 'drop', label: ['在住客房内查明', 'Found in rooms with guests'] },
      insideHome: { kind: 'flag', optional: 'drop', label: ['在住宅内查看', 'Judged inside a home'] },
      urgent: { kind: 'flag', optional: 'drop', label: ['紧急：电话告知并督办', 'Urgent: phone and order at once'] },
      variants: {
        kind: 'list', members: variants, optional: 'drop', wide: true, key: 'code', label: ['加重情形', 'Graver cases'], one: ['情形', 'case'],
        summary: entry => `${text(entry['code'])} ${text(entry['title'])}`, fresh: () => ({ code: '', title: '' }),
      },
      verify: { kind: 'flag', optional: 'drop', label: ['待核对', 'To be checked'] },
      note: { kind: 'text', lines: 2, most: 2000, optional: 'drop', wide: true, label: ['备注', 'Note'] },
    },
  },
}
