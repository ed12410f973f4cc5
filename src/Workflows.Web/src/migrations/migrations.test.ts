import { expect, test } from 'vitest'
import { alterationOf, namesOf, unplaced } from './migrations'

test('an alteration names its target, the policy for timers and the map only where there is one', () => {
  expect(alterationOf({ target: { targetPackageVersionId: 'p2' }, timers: 'keep', activityMap: {} })).toEqual({ type: 'Migrate', targetPackageVersionId: 'p2', timers: 'keep' })
  expect(alterationOf({ target: { targetVersionId: 'v2' }, timers: 'recomputeFromNow', activityMap: { Old: null, Was: 'Is' } }))
    .toEqual({ type: 'Migrate', targetVersionId: 'v2', timers: 'recomputeFromNow', activityMap: { Old: null, Was: 'Is' } })
})

test('steps without a place are named once with the number of instances that wait there', () => {
  const refused = (id: string) => ({ workflowInstanceId: id, isSuccessful: false, log: { logEntries: [] }, problems: [{ code: 'activity-gone', activityId: 'Ladder', message: '没有此步骤' }, { code: 'nothing-left', message: '无' }] })
  expect(unplaced([refused('a'), refused('b')])).toEqual([{ activityId: 'Ladder', message: '没有此步骤', instances: 2 }])
})

test('names are those of all steps, however deep', () => {
  const root = { id: 'r', type: 'Elsa.Flowchart', activities: [{ id: 'a', type: 'X', metadata: { displayText: '甲' }, body: { id: 'b', type: 'Y', name: '乙' } }] }
  expect([...namesOf(root)]).toEqual([['r', 'r'], ['a', '甲'], ['b', '乙']])
})
