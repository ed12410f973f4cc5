import { describe, expect, it } from 'vitest'
import { type ActivityJson, edgeId, graphOf, rounded, wayTo } from './graph'

const at = (x: number, y: number) => ({ designer: { position: { x, y }, size: { width: 200, height: 60 } } })
const step = (id: string, metadata = {}): ActivityJson => ({ id, type: 'Test.Step', metadata })

function flowchart(activities: ActivityJson[], ...connections: [string, string, string][]): ActivityJson {
  return {
    id: 'flow', type: 'Elsa.Flowchart', activities,
    connections: connections.map(([source, port, target]) => ({ source: { activity: source, port }, target: { activity: target, port: 'In' } })),
  }
}

describe('a diagram', () => {
  it('stands where the designer put its steps', () => {
    const graph = graphOf(flowchart([step('a', { displayText: '到场亮证', ...at(100, 40) }), step('b', at(400, 40))], ['a', '已到场', 'b']))

    expect(graph.boxes.map(({ id, name, x, y, width, height }) => [id, name, x, y, width, height])).toEqual([
      ['a', '到场亮证', 100, 40, 200, 60],
      ['b', 'b', 400, 40, 200, 60],
    ])
    expect(graph.edges).toMatchObject([{ id: edgeId('a', '已到场', 'b'), port: '已到场', path: 'M300 70L400 70' }])
  })

  it('encloses every step', () => {
    const graph = graphOf(flowchart([step('a', at(-300, 900)), step('b', at(5000, -80))]))

    expect(graph.x).toBeLessThan(-300)
    expect(graph.y).toBeLessThan(-80)
    expect(graph.x + graph.width).toBeGreaterThan(5200)
    expect(graph.y + graph.height).toBeGreaterThan(960)
  })

  it('leaves a step by each port at a place of its own', () => {
    const graph = graphOf(flowchart([step('a', at(0, 0)), step('b', at(400, 0)), step('c', at(400, 200))], ['a', '批准', 'b'], ['a', '退回', 'c'], ['a', '批准', 'c']))

    expect(graph.edges.map(edge => edge.path.split('L')[0])).toEqual(['M200 20', 'M200 40', 'M200 20'])
  })

  it('leads a connection that goes back around the boxes', () => {
    const graph = graphOf(flowchart([step('a', at(0, 0)), step('b', at(300, 0))], ['a', 'Done', 'b'], ['b', '退回', 'a']))

    const back = graph.edges.find(edge => edge.port === '退回')!
    const heights = [...back.path.matchAll(/[MLQ ](-?\d+(?:\.\d+)?) (-?\d+(?:\.\d+)?)/g)].map(match => Number(match[2]))
    expect(Math.max(...heights)).toBeGreaterThan(60)
  })

  it('lays out steps that nobody placed, without putting two on one spot, loops included', () => {
    const graph = graphOf(flowchart(['a', 'b', 'c', 'd'].map(id => step(id)), ['a', 'Done', 'b'], ['a', 'Else', 'c'], ['b', 'Done', 'd'], ['c', 'Done', 'd'], ['d', '退回', 'a']))

    const column = (id: string) => graph.boxes.find(box => box.id === id)!.x
    expect(column('a')).toBeLessThan(column('b'))
    expect(column('b')).toBe(column('c'))
    expect(column('d')).toBeGreaterThan(column('c'))
    expect(new Set(graph.boxes.map(box => `${box.x}/${box.y}`)).size).toBe(4)
  })

  it('leaves out connections that lead nowhere', () => {
    expect(graphOf(flowchart([step('a')], ['a', 'Done', 'gone'])).edges).toEqual([])
  })

  it('knows the way to a nested step, also one in a body', () => {
    const root = flowchart([{ id: 'each', type: 'Elsa.ForEach', body: flowchart([step('deep')]) } as ActivityJson])

    expect(wayTo(root, 'deep').map(activity => activity.id)).toEqual(['flow', 'each', 'flow', 'deep'])
    expect(wayTo(root, 'nowhere')).toEqual([])
    expect(graphOf(root).boxes[0]!.holds).toBe(true)
  })
})

describe('a path', () => {
  it('rounds its corners by no more than half of a side', () => {
    expect(rounded([{ x: 0, y: 0 }, { x: 8, y: 0 }, { x: 8, y: 100 }])).toBe('M0 0L4 0Q8 0 8 4L8 100')
  })
})
