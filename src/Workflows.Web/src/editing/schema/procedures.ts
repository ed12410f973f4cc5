// 繁简分流: the ways on which a filed case is handled, and what each asks for.
import { type Members, text } from '../fields'
import { departments, items, procedures, seatCapacities, severities } from './choices'

export const procedureMembers: Members = {
  procedures: {
    kind: 'list', optional: 'drop', wide: true, key: 'way', one: ['程序', 'way'], label: ['繁简分流（立案后的办理程序）', 'Ways of handling a filed case'],
    summary: entry => text(entry['title']), fresh: () => ({ way: 'Ordinary', title: '' }),
    members: {
      way: { kind: 'choice', options: procedures, label: ['程序', 'Way'] },
      title: { kind: 'text', most: 60, label: ['名称', 'Name'] },
      basis: { kind: 'text', most: 200, optional: 'drop', wide: true, label: ['依据', 'Basis'] },
      limit: { kind: 'period', optional: 'drop', label: ['办案期限', 'Limit'], hint: ['自立案之日起；不填按机关适用的法律', 'from the day of filing; empty: that of the organ’s own law'] },
      verify: { kind: 'flag', optional: 'drop', label: ['待核对', 'To be checked'] },
      conditions: {
        kind: 'group', optional: 'drop', wide: true, label: ['适用条件', 'Conditions'],
        members: {
          factsClear: { kind: 'flag', optional: 'drop', label: ['事实清楚、证据确凿', 'Facts are clear'] },
          admitted: { kind: 'flag', optional: 'drop', label: ['当事人认错认罚', 'The party admits them'] },
          noHearing: { kind: 'flag', optional: 'drop', label: ['当事人不要求听证', 'No hearing is asked for'] },
          fineOfPerson: { kind: 'number', optional: 'drop', least: 0, most: 100_000_000, label: ['对公民罚款至多（元）', 'Fine on a person, at most (yuan)'] },
          fineOfOrganisation: { kind: 'number', optional: 'drop', least: 0, most: 100_000_000, label: ['对法人或者其他组织罚款至多（元）', 'Fine on an organisation, at most (yuan)'] },
          mostSevere: { kind: 'choice', optional: 'drop', options: severities, label: ['问题至多', 'Gravest finding'] },
        },
      },
    },
  },
  promise: {
    kind: 'group', optional: 'drop', wide: true, label: ['守法承诺', 'Promise'],
    members: {
      texts: { kind: 'words', wide: true, label: ['承诺内容', 'What is promised'] },
      items: { kind: 'several', options: items, optional: 'drop', wide: true, label: ['所涉检查事项', 'Items'] },
      term: { kind: 'period', label: ['有效期', 'Term'] },
      verify: { kind: 'flag', optional: 'drop', label: ['待核对', 'To be checked'] },
    },
  },
  teamTemplates: {
    kind: 'list', optional: 'drop', wide: true, key: 'code', one: ['模板', 'template'], label: ['组队模板', 'Templates of teams'],
    summary: entry => text(entry['title']), fresh: () => ({ code: '', title: '', seats: [] }),
    members: {
      code: { kind: 'text', most: 20, label: ['代码', 'Code'] },
      title: { kind: 'text', most: 60, label: ['名称', 'Name'] },
      note: { kind: 'text', most: 200, optional: 'drop', wide: true, label: ['说明', 'Note'] },
      seats: {
        kind: 'list', wide: true, key: 'code', one: ['席位', 'seat'], label: ['席位', 'Seats'],
        summary: entry => text(entry['title']), fresh: () => ({ code: '', title: '', capacity: 'Officer', least: 1, most: 1 }),
        members: {
          code: { kind: 'text', most: 20, label: ['代码', 'Code'] },
          title: { kind: 'text', most: 40, label: ['名称', 'Name'] },
          capacity: { kind: 'choice', options: seatCapacities, label: ['身份', 'Capacity'] },
          department: { kind: 'choice', optional: 'drop', options: departments, label: ['部门', 'Department'] },
          least: { kind: 'number', least: 0, most: 20, label: ['至少（人）', 'At least'] },
          most: { kind: 'number', least: 1, most: 20, label: ['至多（人）', 'At most'] },
          signs: { kind: 'flag', optional: 'drop', label: ['可以签名', 'May sign'] },
        },
      },
    },
  },
}
