import { say } from '../../language/language'
import { type Members, list, text } from '../fields'
import { roles, tags, wordsOf } from './choices'
import { departments } from './choices'

export const departmentMembers: Members = {
  departments: {
    kind: 'list', label: ['部门', 'Departments'], one: ['部门', 'department'], key: 'code', wide: true,
    summary: (entry, whole) => `${text(entry['name']) || say('（未命名）', '(no name)')}（${text(entry['code'])}） · ${wordsOf(roles, whole, entry['role'])}${entry['onlyWithTag'] ? ` · ${text(entry['onlyWithTag'])}` : ''}`,
    fresh: whole => ({ code: '', name: '', numberName: '', role: list(whole.scenario['departments']).some(one => one['role'] === 'Lead') ? 'Participating' : 'Lead', officers: 2 }),
    members: {
      code: { kind: 'text', most: 20, label: ['代码', 'Code'], placeholder: 'TOB', hint: ['部门在人员名录中的代码，如 TOB。', 'Its code in the roster of officers.'] },
      name: { kind: 'text', most: 100, label: ['名称', 'Name'], placeholder: '烟草专卖局', hint: ['不带地名。', 'Without the place.'] },
      numberName: { kind: 'text', most: 20, label: ['文号用字', 'Word in numbers'], placeholder: '烟', hint: ['文书编号中代表部门的字，不带地名。', 'Stands for it in the numbers of documents.'] },
      role: { kind: 'choice', options: roles, label: ['角色', 'Role'] },
      officers: { kind: 'number', least: 2, most: 20, optional: 'drop', label: ['执法人员数', 'Officers'], hint: ['每次检查派出，至少2人。', 'Sent to each visit, at least 2.'] },
      assistants: { kind: 'number', least: 0, most: 20, optional: 'drop', label: ['辅助人员数', 'Assistants'] },
      onlyWithTag: { kind: 'choice', options: tags, optional: 'drop', label: ['只检查带此标签的对象', 'Only targets with the tag'] },
      itemsLeftTo: { kind: 'choice', options: departments, optional: 'drop', label: ['缺席时事项交由', 'Its items are left to'] },
      sealedRecords: { kind: 'flag', optional: 'drop', label: ['记录封存', 'Records are sealed'] },
      clocks: {
        kind: 'group', optional: 'drop', wide: true, label: ['自有办案期限', 'Time limits of its own'],
        members: {
          basis: { kind: 'text', most: 200, wide: true, label: ['依据', 'Basis'] },
          law: { kind: 'text', most: 60, optional: 'drop', label: ['只适用于依此法处罚的事项', 'Only what is punished under this law'], placeholder: '治安管理处罚法' },
          case: { kind: 'period', label: ['办案期限', 'Case'] },
          extensions: { kind: 'number', least: 0, most: 5, optional: 'drop', label: ['可延长次数', 'Extensions'] },
          extension: { kind: 'period', optional: 'drop', label: ['每次延长', 'Each extension'] },
          service: { kind: 'period', optional: 'drop', label: ['送达期限', 'Service'] },
          onSpotFineMax: { kind: 'number', least: 0, most: 1_000_000, optional: 'drop', label: ['当场罚款上限（元）', 'Largest fine on the spot (yuan)'] },
          note: { kind: 'text', lines: 2, most: 2000, optional: 'drop', wide: true, label: ['备注', 'Note'] },
        },
      },
      note: { kind: 'text', lines: 2, most: 2000, optional: 'drop', wide: true, label: ['备注', 'Note'] },
    },
  },
  headCountWarning: { kind: 'number', least: 1, most: 100, label: ['同行人数提醒', 'Warn above so many people'], hint: ['一次检查上门人数超过时提醒精简。', 'A visit with more people is flagged.'] },
}
