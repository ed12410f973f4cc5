// @vitest-environment happy-dom
import { createApp, nextTick } from 'vue'
import { expect, test, vi } from 'vitest'
import type { Shape } from '../api/shapes'

const asked: string[] = []
vi.mock('../api/client', () => ({
  ApiProblem: class extends Error {},
  get: async (path: string) => {
    asked.push(path)
    return path === '/api/tasks/t1' ? { id: 't1', returned: { title: '责令改正审批', outcome: '退回', reason: '期限过短 <b>请改</b>', by: '样例消防负责人', at: '2026-12-02T01:30:00Z' } } : { id: 't2', returned: null }
  },
  post: async () => ({}),
}))

async function shown(id: string): Promise<HTMLElement> {
  const { default: TaskForm } = await import('../desk/approvals/TaskForm.vue')
  const place = document.createElement('div')
  createApp(TaskForm, { task: { id, kind: 'visit.arrive', title: '修改', outcomes: [], subject: {} } as unknown as Shape<'TaskShape'> }).mount(place)
  for (let turn = 0; turn < 5; turn++) await nextTick()
  return place
}

test('the form of a revision begins with the outcome, the reason as text, and by whom', async () => {
  const place = await shown('t1')
  const note = place.querySelector('[role=note]')!
  expect(asked).toContain('/api/tasks/t1')
  expect(place.firstElementChild).toBe(note)
  expect(note.textContent).toContain('责令改正审批：退回')
  expect(note.textContent).toContain('期限过短 <b>请改</b>')
  expect(note.textContent).toContain('样例消防负责人')
  expect(note.textContent).toContain('12月2日 09:30')
})

test('a step that follows no return shows no note', async () => {
  expect((await shown('t2')).querySelector('[role=note]')).toBeNull()
})
