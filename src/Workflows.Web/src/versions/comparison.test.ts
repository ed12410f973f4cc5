import { describe, expect, it } from 'vitest'
import { type ActivityJson, edgeId } from '../diagram/graph'
import { comparison } from './comparison'

const step = (id: string): ActivityJson => ({ id, type: 'Test.Step' })

function flow(id: string, activities: ActivityJson[], ...connections: [string, string, string][]): ActivityJson {
  return { id, type: 'Elsa.Flowchart', activities, connections: connections.map(([source, port, target]) => ({ source: { activity: source, port }, target: { activity: target, port: 'In' } })) }
}

describe('two versions in one diagram', () => {
  it('keeps what went away in its place, with its connections', () => {
    const before = flow('root', [step('a'), step('b'), step('c')], ['a', 'Done', 'b'], ['b', 'Done', 'c'])
    const after = flow('root', [step('a'), step('c')], ['a', 'Done', 'c'])

    const shown = comparison(before, after, [{ kind: 'StepRemoved', sentence: '删除步骤“b”', activityId: 'b' }])

    expect(shown.root.activities!.map(activity => activity.id)).toEqual(['a', 'c', 'b'])
    expect(shown.states).toEqual({ b: { state: 'removed', note: '删除步骤“b”' } })
    expect(shown.edgeStates).toEqual({ [edgeId('a', 'Done', 'c')]: 'added', [edgeId('a', 'Done', 'b')]: 'removed', [edgeId('b', 'Done', 'c')]: 'removed' })
  })

  it('looks into nested diagrams and bodies', () => {
    const nest = (inner: ActivityJson): ActivityJson => flow('root', [{ id: 'each', type: 'Elsa.ParallelForEach', body: inner }])
    const shown = comparison(nest(flow('in', [step('x'), step('y')], ['x', 'Done', 'y'])), nest(flow('in', [step('x')])), [{ kind: 'StepRemoved', sentence: 's', activityId: 'y' }])

    const body = shown.root.activities![0]!.body as ActivityJson
    expect(body.activities!.map(activity => activity.id)).toEqual(['x', 'y'])
    expect(shown.edgeStates).toEqual({ [edgeId('x', 'Done', 'y')]: 'removed' })
  })

  it('says all changes of a step at once', () => {
    const root = flow('root', [step('a')])
    const shown = comparison(root, root, [
      { kind: 'TimeLimit', sentence: '时限改了', activityId: 'a' }, { kind: 'Input', sentence: '标题改了', activityId: 'a' }, { kind: 'Connection', sentence: '连线', activityId: 'z' },
    ])
    expect(shown.states).toEqual({ a: { state: 'changed', note: '时限改了；标题改了' } })
  })

  it('leaves both versions as they were', () => {
    const before = flow('root', [step('a'), step('b')], ['a', 'Done', 'b'])
    const after = flow('root', [step('a')])
    const copies = structuredClone([before, after])
    comparison(before, after, [])
    expect([before, after]).toEqual(copies)
  })
})
