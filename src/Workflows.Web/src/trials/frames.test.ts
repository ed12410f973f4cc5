import { expect, test } from 'vitest'
import { framesOf } from './frames'
import type { Step } from './trials'

const words = { time: (iso: string) => iso.slice(0, 10), step: (id: string) => id.toLowerCase(), kind: (kind: string) => kind, actor: (step: Step) => step.actor }

function step(seq: number, at: string, activityId: string | undefined, kind: string, more: Partial<Step> = {}): Step {
  return { seq, at, activityId, kind, actor: 'clock', definition: 'case', ...more }
}

test('a moment shows what every step has come to by then', () => {
  const frames = framesOf([step(1, '2026-12-01T01:00', 'A', 'waiting'), step(2, '2026-12-02T01:00', 'A', 'completed', { port: '已到场' }), step(3, '2026-12-02T01:00', 'B', 'waiting')], 'case', words)
  expect(frames.map(frame => [frame.activity, Object.fromEntries(Object.entries(frame.states).map(([id, box]) => [id, box.state]))])).toEqual([
    ['A', { A: 'waiting' }], ['A', { A: 'done' }], ['B', { A: 'done', B: 'waiting' }],
  ])
  expect(frames[1]!.text).toBe('a：completed（已到场） · clock')
})

test('what a step did at one instant is one moment, and what it did again is counted', () => {
  const frames = framesOf([
    step(1, '2026-12-01', 'A', 'task.created'), step(2, '2026-12-01', 'A', 'completed'), step(3, '2026-12-03', 'A', 'completed'),
  ], 'case', words)
  expect(frames.length).toBe(2)
  expect(frames[0]!.text).toContain('task.created · clock；completed')
  expect(frames[1]!.states['A']).toEqual({ state: 'done', badge: '×2' })
})

test('steps of other diagrams and entries without a step are no moments', () => {
  expect(framesOf([step(1, '2026-12-01', 'A', 'completed', { definition: 'plan' }), step(2, '2026-12-01', undefined, 'case.opened')], 'case', words)).toEqual([])
})
