// @vitest-environment happy-dom
import { expect, test } from 'vitest'
import { type Story, peopleOf } from './story'

const LISTS = ['teams', 'substitutions', 'visits', 'findings', 'orders', 'extensions', 'proofs', 'reinspections', 'leniency', 'filings', 'services', 'clocks', 'cards', 'supervisionOrders', 'publications', 'evidence', 'stopMeasures']

test('who approved has a name though no record of the case bears it; parties and the clock are named by the page', () => {
  const fact = (actor: string, actorName?: string) => ({ sequence: 1, at: '2026-11-20T01:00:00Z', kind: 'task.completed', activityId: null, actor, data: null, actorName })
  const story = {
    ...Object.fromEntries(LISTS.map(list => [list, []])),
    case: { created: { actorId: 'dispatcher', actorName: '样例调度员' }, changed: null },
    timeline: [fact('cul.head', '样例文旅负责人'), fact('dispatcher', '另一个名字'), fact('party:T001', '当事人'), fact('clock', '系统时钟'), fact('gone')],
  } as unknown as Story
  expect(peopleOf(story)).toEqual({ clock: '系统时钟', dispatcher: '样例调度员', 'cul.head': '样例文旅负责人' })
})
