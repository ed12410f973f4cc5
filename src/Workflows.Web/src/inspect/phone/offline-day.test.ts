// @vitest-environment happy-dom
// A day in a basement: eight hours without a network, the token of one hour long gone, the page closed and opened on the way, and a service whose
// answers get lost. What arrives is counted by the service.
import 'fake-indexeddb/auto'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { signIn, startSession } from '../../session/session'
import { day, outbox } from './field'
import { keeperOf } from './keeper'
import { Outbox } from './outbox'
import { keepFile } from './photo'
import { sendEntry } from './sending'
import type { Task } from '../shapes'
import { vault } from './vault'

const HOUR = 3_600_000
const BEGINS = Date.parse('2026-11-23T01:00:00Z')
const ABOUT = { caseId: 'c', number: '甬〔2026〕1号', whom: '样例店' }

/** The service as far as the phone goes: tokens that end, keys that count once, versions, and steps that come one after the other. */
class Service {
  online = true
  /** The answer to every n-th change never reaches the phone. */
  loses = 0
  readonly acts: string[] = []
  readonly evidence = new Map<string, { kind: string; title: string; takenAt: string; receivedAt: number }>()
  readonly sections: { basedOn: number; section: { items: { evidenceIds: string[] }[] } }[] = []
  record: { sections: { items: { evidenceIds: string[] }[]; signatures: { evidenceId: string }[] }[] } | undefined
  arrived = false
  renewals = 0
  private changes = 0
  private readonly answers = new Map<string, Response>()
  private readonly tokens = new Map<string, number>()

  async answer(path: string, init: RequestInit = {}): Promise<Response> {
    if (!this.online) throw new TypeError('Failed to fetch')
    const headers = new Headers(init.headers)
    if (path === '/api/session' && init.method === 'POST') return json(this.issue())
    if (path === '/api/session/refresh') {
      this.renewals++
      return json(this.issue())
    }
    const ends = this.tokens.get(headers.get('authorization')?.slice(7) ?? '') ?? 0
    if (ends < Date.now()) return json({ code: 'session-ended' }, 401)
    if (path === '/api/session') return json({ id: 'u', userName: 'cul.01', name: '甲', roles: ['inspector'], department: 'CUL', officerId: 'CUL-01' })
    if (init.method !== 'POST') return this.read(path)
    const key = headers.get('idempotency-key')!
    if (!this.answers.has(key)) this.answers.set(key, await this.change(path, init.body))
    if (this.loses && ++this.changes % this.loses === 0) throw new TypeError('network lost')
    return this.answers.get(key)!.clone()
  }

  private issue() {
    const accessToken = `token-${this.tokens.size}`
    this.tokens.set(accessToken, Date.now() + HOUR)
    return { accessToken, refreshToken: 'refresh', expiresIn: HOUR / 1000 }
  }

  private read(path: string): Response {
    // A step that is done is on nobody's list any more.
    if (path.includes('visit.record')) return json({ items: this.arrived && !this.record ? [{ id: 't-record' }] : [] })
    if (path.startsWith('/api/tasks')) return json({ items: this.arrived ? [] : [{ id: 't-arrive' }] })
    return json({ items: [], visits: [], now: new Date().toISOString() })
  }

  private async change(path: string, body: unknown): Promise<Response> {
    if (body instanceof FormData) {
      if (Date.parse(String(body.get('takenAt'))) > Date.now()) return json({ code: 'taken-at', detail: '请核对手机时间。' }, 422)
      const id = `e${this.evidence.size + 1}`
      this.evidence.set(id, { kind: String(body.get('kind')), title: String(body.get('title')), takenAt: String(body.get('takenAt')), receivedAt: Date.now() })
      this.acts.push(`evidence ${String(body.get('title'))}`)
      return json({ id, sha256: '' }, 201)
    }
    const sent = JSON.parse(String(body)) as { basedOn: number; section: Service['sections'][0]['section']; data: { record: NonNullable<Service['record']> } }
    if (path.endsWith('/sections')) {
      if (sent.basedOn !== this.sections.length) return json({ code: 'section-changed', detail: '同事另行保存' }, 409)
      this.sections.push(sent)
      this.acts.push(`section ${this.sections.length}`)
      return json({ section: sent.section, version: this.sections.length, at: '', by: '甲' })
    }
    if (path.includes('t-arrive')) this.arrived = true
    if (path.includes('t-record')) this.record = sent.data.record
    this.acts.push(path.includes('t-arrive') ? 'arrival' : 'record')
    return json({})
  }
}

const json = (body: unknown, status = 200) => new Response(JSON.stringify(body), { status })
const service = new Service()
const at = (hours: number) => vi.setSystemTime(BEGINS + hours * HOUR)

beforeAll(() => {
  vi.useFakeTimers({ toFake: ['Date'] })
  vi.stubGlobal('fetch', (path: string, init?: RequestInit) => service.answer(path, init))
})
afterAll(() => vi.useRealTimers())

test('a visit made over eight hours without a network, with a token that has expired, arrives once and whole', async () => {
  at(0)
  await startSession('/inspect', keeperOf(vault))
  expect(await signIn('cul.01', 'x')).toBeUndefined()
  day.clockAhead = 0

  service.online = false
  const step = (kind: string, body: unknown) => outbox.add({ kind: 'step', title: ['一步', 'A step'], about: '样例店', caseId: 'c', step: { caseId: 'c', kind }, body })
  await step('visit.arrive', { outcome: '已到场' })
  const photos: string[] = []
  for (let hour = 1; hour <= 7; hour++) {
    at(hour)
    photos.push(await keepFile(new TextEncoder().encode(`photo ${hour}`).buffer, 'image/jpeg', `第${hour}张`, '照片', ABOUT))
    await outbox.add({
      kind: 'section', title: ['检查情况', 'Section'], about: '样例店', caseId: 'c', path: '/api/cases/c/visit/sections', line: 'L', base: 0,
      body: { section: { department: 'CUL', items: [{ itemCode: 'A', evidenceIds: [...photos] }], signatures: [] } },
    })
    // Now and then the phone tries; nobody is asked for a password that nobody could check.
    await outbox.send()
    expect(outbox.status.reachable).toBe(false)
  }
  at(8)
  const signature = await keepFile(new TextEncoder().encode('signature').buffer, 'image/png', '签名', '签名', ABOUT)
  await step('visit.record', { data: { record: { sections: [{ items: [{ evidenceIds: photos }], signatures: [{ evidenceId: signature }] }] } } })
  await outbox.send()
  expect(outbox.entries).toHaveLength(1 + 7 + 7 + 1 + 1)

  // The page was closed and is opened again: what is sent comes from what lies on the phone.
  const reopened = new Outbox(vault, sendEntry)
  await reopened.load()
  service.online = true
  service.loses = 3
  for (let tries = 0; reopened.entries.length && tries < 40; tries++) await reopened.send()

  expect(reopened.entries.map(entry => [entry.kind, entry.state, entry.reason])).toEqual([])
  expect(service.renewals).toBe(1)
  // Once, and in the order in which it was done.
  expect(service.acts).toEqual(['arrival', ...Array.from({ length: 7 }, (_, n) => [`evidence 第${n + 1}张`, `section ${n + 1}`]).flat(), 'evidence 签名', 'record'])
  // Each section follows the one before it; none was taken for somebody else's.
  expect(service.sections.map(one => one.basedOn)).toEqual([0, 1, 2, 3, 4, 5, 6])
  expect(service.sections.at(-1)!.section.items[0]!.evidenceIds).toEqual([...service.evidence.keys()].slice(0, 7))
  // Each photograph bears its hour, not that of its arrival.
  const pieces = [...service.evidence.values()]
  expect(pieces.map(one => (Date.parse(one.takenAt) - BEGINS) / HOUR)).toEqual([1, 2, 3, 4, 5, 6, 7, 8])
  expect(pieces.every(one => one.receivedAt === BEGINS + 8 * HOUR)).toBe(true)
  expect(service.record!.sections[0]).toMatchObject({ items: [{ evidenceIds: [...service.evidence.keys()].slice(0, 7) }], signatures: [{ evidenceId: 'e8' }] })
})

test('what another writing of the section has sent meanwhile is somebody else’s: the service is told the version that was seen', async () => {
  service.loses = 0
  const stale = await outbox.add({
    kind: 'section', title: ['检查情况', 'Section'], about: '样例店', caseId: 'c', path: '/api/cases/c/visit/sections', line: 'another', base: 2,
    body: { section: { department: 'CUL', items: [], signatures: [] } },
  })
  for (const entry of [...outbox.entries]) if (entry.id !== stale.id) await outbox.drop(entry.id)
  await outbox.send()
  expect(outbox.entries.map(entry => [entry.id, entry.state])).toEqual([[stale.id, 'conflict']])
  expect(service.sections).toHaveLength(7)
})

test('a photograph of a phone whose clock runs ahead is not lost: it goes with the time of its receipt, and tells what the phone said', async () => {
  for (const entry of [...outbox.entries]) await outbox.drop(entry.id)
  service.online = false
  day.clockAhead = 2 * HOUR
  await keepFile(new TextEncoder().encode('late').buffer, 'image/jpeg', '门头', '照片', ABOUT)
  await outbox.send()
  service.online = true
  day.clockAhead = 0
  await outbox.send()
  expect(outbox.entries).toHaveLength(0)
  expect([...service.evidence.values()].at(-1)).toMatchObject({ takenAt: 'null', title: '门头（手机所记时间2026年11月23日 19:00，以收到时间为准）' })
})

test('a step that the service has taken is off the list at once, also off the one that the phone opens with next', async () => {
  const task = (id: string) => ({ id, kind: 'order.prepare', title: id, outcomes: [], subject: {}, state: 'Open' }) as unknown as Task
  // The service is slow: what it tells of the list afterwards is not what takes the step off.
  service.arrived = false
  Object.assign(day, { tasks: [task('t-done'), task('t-arrive')], readAt: Date.now() })
  await outbox.add({ kind: 'step', title: ['一步', 'A step'], about: '样例店', step: { id: 't-done', kind: 'order.prepare' }, body: {} })
  await outbox.send()
  expect(outbox.entries).toHaveLength(0)
  expect(day.tasks.map(one => one.id)).toEqual(['t-arrive'])
  expect((await vault.get<{ tasks: Task[] }>('kept', 'day'))!.tasks.map(one => one.id)).toEqual(['t-arrive'])
})
