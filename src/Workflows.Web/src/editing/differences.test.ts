// @vitest-environment happy-dom
import { expect, test } from 'vitest'
import file from '../../../../workflow-definitions/esports-hotel/scenario.json?raw'
import { dataChanges } from './differences'
import { type Entry, list } from './fields'
import { scenarioMembers } from './tabs'

const read = () => JSON.parse(file) as Entry

function sentences(change: (scenario: Entry) => void): [string, string, string][] {
  const now = read()
  change(now)
  return dataChanges(read(), now, scenarioMembers, { scenario: now, law: {} }).map(one => [one.kind, one.place, one.sentence])
}

test('nothing differs from itself, whatever the order of its members', () => {
  expect(sentences(scenario => {
    const first = list(scenario['departments'])[0]!
    scenario['departments'] = [Object.fromEntries(Object.entries(first).reverse()), ...list(scenario['departments']).slice(1)]
  })).toEqual([])
})

test('a department that comes or goes is named', () => {
  expect(sentences(scenario => (scenario['departments'] as Entry[]).push({ code: 'TBX', name: '烟草分局', numberName: '烟', role: 'Optional' })))
    .toEqual([['added', '$.departments[7]', '增加部门“烟草分局（TBX） · 可选”']])
  expect(sentences(scenario => (scenario['departments'] as Entry[]).pop())).toEqual([['removed', '$.departments', '删除部门“应急管理局（EMR） · 可选”']])
})

test('a limit of an item says from what to what', () => {
  expect(sentences(scenario => {
    ((list(scenario['items'])[0]!['rectification'] as Entry)['default'] as Entry)['length'] = 5
  })).toEqual([['changed', '$.items[0].rectification.default', '“检查事项 营业执照亮照经营，经营范围含住宿服务（EH-01） › 整改 › 常用期限”由 3个工作日 改为 5个工作日']])
})

test('limits by name, roles and recipients speak in words', () => {
  expect(sentences(scenario => {
    ;(scenario['limits'] as Entry)['contactMinutes'] = 5
    list(scenario['departments'])[6]!['role'] = 'Participating'
    delete (scenario['limits'] as Entry)['recusal']
  }).map(one => one[2]).sort()).toEqual([
    '“各环节时限 › 回避决定”取消（原为 2个工作日）',
    '“各环节时限 › 联系期限（分钟）”设为 “5”',
    '“部门 应急管理局（EMR） › 角色”由 “可选” 改为 “参与”',
  ].sort())
})

test('another order is one change', () => {
  expect(sentences(scenario => (scenario['documents'] as Entry[]).reverse())).toEqual([['moved', '$.documents', '“文书清单”的顺序有调整']])
})

test('what no form knows is told all the same', () => {
  expect(sentences(scenario => {
    scenario['surprise'] = 'x'
  })).toEqual([['added', '$.surprise', '“surprise”设为 “x”']])
})
