import { type Members, text } from '../fields'
import { tags } from './choices'

export const basicMembers: Members = {
  code: { kind: 'text', fixed: true, label: ['场景编码', 'Code'] },
  name: { kind: 'text', most: 100, label: ['名称', 'Name'] },
  title: { kind: 'text', most: 200, wide: true, label: ['标题', 'Title'] },
  targetKind: { kind: 'text', most: 40, label: ['检查对象类别', 'Kind of target'] },
  legalBases: { kind: 'text', fixed: true, label: ['依据库', 'Catalogue of law'] },
  leadDepartment: { kind: 'text', fixed: true, label: ['牵头部门', 'Leading department'], hint: ['随部门角色自动更新。', 'Follows the roles of the departments.'] },
  targetTags: { kind: 'words', optional: 'drop', wide: true, label: ['对象标签', 'Tags of targets'] },
  targetKinds: {
    kind: 'list', optional: 'drop', wide: true, key: 'tag', one: ['类型', 'kind'], label: ['对象类型', 'Kinds of target'], summary: entry => `${text(entry['tag'])} · ${text(entry['title'])}`, fresh: () => ({ tag: '', title: '' }),
    members: { tag: { kind: 'choice', options: tags, label: ['标签', 'Tag'] }, title: { kind: 'text', most: 200, wide: true, label: ['含义', 'Meaning'] } },
  },
  schemaVersion: { kind: 'text', fixed: true, label: ['数据格式', 'Format'] },
  $comment: { kind: 'text', lines: 2, most: 2000, optional: 'drop', wide: true, label: ['说明', 'Comment'] },
}
