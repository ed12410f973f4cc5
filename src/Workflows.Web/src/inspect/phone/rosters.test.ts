// @vitest-environment happy-dom
import 'fake-indexeddb/auto'
import { beforeEach, expect, test, vi } from 'vitest'
import { formOf } from '../../steps/book'
import { readReference } from '../../steps/reference'
import type { Story, Task } from '../shapes'

const session = vi.hoisted(() => ({ person: { department: 'CUL', officerId: 'CUL-01' } }))
vi.mock('../../session/session', () => ({ session, hasRole: () => false, currentToken: () => Promise.resolve('t'), tokenAfterRefusal: () => Promise.resolve('') }))

const officer = (id: string, department: string, certificateNumber?: string) => ({ id, name: `${id}名`, department, certificateNumber, status: 'Active' })
const ANSWERS: Record<string, unknown> = {
  '/api/rosters/officers?take=200&department=CUL': { items: [officer('CUL-01', 'CUL', 'A1'), officer('CUL-02', 'CUL', 'A2'), officer('CUL-09', 'CUL')], next: 'n 1' },
  '/api/rosters/officers?take=200&department=CUL&after=n%201': { items: [officer('CUL-03', 'CUL', 'A3')] },
  '/api/rosters/officers?take=200': { items: [officer('CUL-01', 'CUL', 'A1'), officer('FIR-01', 'FIR', 'F1')] },
  '/api/rosters/departments?take=200': { items: [{ code: 'FIR', district: '330203', name: '宁波市海曙区消防救援大队' }] },
  '/api/rosters/towns?take=200': { items: [{ code: 'T1', name: '样例镇' }] },
  '/api/rosters/targets?take=200': { items: [{ id: 'E-1', name: '样例店', address: '样例路1号' }] },
  '/api/scenarios/hotel': { code: 'hotel', items: [] },
  '/api/leads/L-1': { id: 'L-1', photos: ['one'], steps: [] },
  '/api/leads/L-1/evidence': [{ id: 'E-7', mediaType: 'image/jpeg' }, { id: 'E-8', mediaType: 'audio/webm' }],
}
let online = true
let asked: string[] = []
const step = (id: string, kind: string, more: Partial<Task> = {}) => ({ id, kind, subject: {}, outcomes: [], role: 'inspector', department: 'CUL', ...more }) as unknown as Task
// Kinds of the book that read officers, departments, scenario, towns and targets.
const TASKS = [
  step('a', 'project.patrol', { caseId: 'c-1' }), step('b', 'team.supplement'), step('e', 'document.serve'), step('c', 'lead.trace', { subject: { leadId: 'L-1' } }), step('d', 'visit.arrive', { caseId: 'c-2' }),
]

beforeEach(() => {
  online = true
  asked = []
  vi.resetModules()
  vi.stubGlobal('fetch', (path: string) => {
    if (!online) return Promise.reject(new TypeError('Failed to fetch'))
    asked.push(path)
    if (path.includes('/photos/') || path.startsWith('/api/evidence/')) return Promise.resolve(new Response(new Blob([`picture ${path}`])))
    return Promise.resolve(path in ANSWERS ? new Response(JSON.stringify(ANSWERS[path])) : new Response('{"code":"not-found"}', { status: 404 }))
  })
})

test('what a form reads is on the phone before the form was opened, each roster asked for once', async () => {
  const { vault } = await import('./vault')
  const { colleaguesOf, picturesOf, readKept, readPicture, takeFormsAlong } = await import('./rosters')
  const story = { case: { scenarioCode: 'hotel' } } as unknown as Story
  await vault.put('kept', 'story:c-1', story)
  await takeFormsAlong(TASKS)
  expect(asked.filter((path, n) => asked.indexOf(path) !== n)).toEqual([])
  online = false
  const there = []
  for (const task of TASKS) {
    const needs = formOf(task.kind).needs ?? []
    const reference = await readReference(readKept, task, needs, task.caseId ? story : undefined)
    there.push(...needs.filter(need => reference[need]).map(need => `${task.kind} ${need}`))
  }
  expect(there).toEqual(['project.patrol scenario', 'team.supplement officers', 'team.supplement departments', 'document.serve officers', 'lead.trace towns', 'lead.trace targets'])
  expect((await colleaguesOf('CUL')).map(one => one.id)).toEqual(['CUL-01', 'CUL-02', 'CUL-03'])
  const paths = await picturesOf({ id: 'L-1', photos: ['one'] as never })
  expect(paths).toEqual(['/api/leads/L-1/photos/1', '/api/evidence/E-7'])
  expect(await (await readPicture(paths[1]!)).text()).toBe('picture /api/evidence/E-7')
})

test('rosters are not asked for again at every change; leads are; pictures of a lead that is done with go', async () => {
  const { vault } = await import('./vault')
  const { takeFormsAlong } = await import('./rosters')
  await takeFormsAlong(TASKS)
  asked = []
  await takeFormsAlong(TASKS)
  expect(asked.filter(path => path.startsWith('/api/rosters') || path.startsWith('/api/scenarios/hotel'))).toEqual([])
  expect(asked).toContain('/api/leads/L-1')
  expect(asked).not.toContain('/api/evidence/E-7')
  expect(await vault.ids('files', 'picture:')).toHaveLength(2)
  await takeFormsAlong(TASKS.slice(0, 3))
  expect(await vault.ids('files', 'picture:')).toHaveLength(0)
})

test('a refusal is a refusal and not shown from an older day', async () => {
  const { readKept } = await import('./rosters')
  await readKept('/api/leads/L-1')
  const answer = ANSWERS['/api/leads/L-1']
  delete ANSWERS['/api/leads/L-1']
  await expect(readKept('/api/leads/L-1')).rejects.toMatchObject({ status: 404 })
  ANSWERS['/api/leads/L-1'] = answer
})
