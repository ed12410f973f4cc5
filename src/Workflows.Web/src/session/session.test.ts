// @vitest-environment happy-dom
import { beforeEach, expect, test, vi } from 'vitest'
import type { Person, SessionKeeper } from './session'

const PERSON: Person = { id: 'u1', userName: 'cul.01', name: '甲', roles: ['inspector'] }
const HOUR = 3600
let answers: Record<string, () => Response>
let kept: { text?: string; dropped: number; forgotten: number; admits?: string }
const keeper: SessionKeeper = {
  load: () => Promise.resolve(kept.text),
  save: text => Promise.resolve(void (kept.text = text)),
  drop: () => Promise.resolve(void kept.dropped++),
  forget: () => Promise.resolve(void kept.forgotten++),
  admit: () => Promise.resolve(kept.admits),
  unsent: () => Promise.resolve(3),
}
const json = (body: unknown, status = 200) => () => new Response(JSON.stringify(body), { status })
const token = (n: number) => json({ accessToken: `a${n}`, refreshToken: `r${n}`, expiresIn: HOUR })
const keptSession = (lives: number, person?: Person) => JSON.stringify({ access: 'a0', refresh: 'r0', expiresAt: Date.now() + lives * 1000, person })

beforeEach(() => {
  vi.resetModules()
  sessionStorage.clear()
  kept = { dropped: 0, forgotten: 0 }
  answers = { 'POST /api/session': token(1), 'GET /api/session': json(PERSON), 'POST /api/session/refresh': token(2) }
  vi.stubGlobal('fetch', (path: string, init?: RequestInit) => {
    const answer = answers[`${init?.method ?? 'GET'} ${path}`]
    return answer ? Promise.resolve(answer()) : Promise.reject(new TypeError('Failed to fetch'))
  })
})

test.each([429, 500, 503])('a service that answers %i after a sign-in costs nothing of what lies on the phone', async status => {
  const { session, signIn, startSession } = await import('./session')
  await startSession('/inspect', keeper)
  answers['GET /api/session'] = json({ detail: '服务繁忙，请稍后再试。' }, status)
  expect(await signIn('cul.01', 'x')).toBe('服务繁忙，请稍后再试。')
  expect([session.state, kept.dropped, kept.forgotten]).toEqual(['signed-out', 0, 0])
  answers['GET /api/session'] = json(PERSON)
  expect(await signIn('cul.01', 'x')).toBeUndefined()
  expect([session.state, (JSON.parse(kept.text!) as { access: string; person: Person }).person.id]).toEqual(['signed-in', 'u1'])
})

test('whoever has signed in knows the date of the service, before any page has asked for anything', async () => {
  const { signIn, startSession } = await import('./session')
  const { today } = await import('../clock/now')
  answers['GET /api/session'] = () => new Response(JSON.stringify(PERSON), { headers: { 'service-time': '2031-05-06T01:00:00Z' } })
  await startSession('/desk', keeper)
  expect(await signIn('cul.01', 'x')).toBeUndefined()
  expect(today()).toBe('2031-05-06')
})

test('tokens that were kept are forgotten when the service says that they are none, not when it is busy; data are destroyed by neither', async () => {
  for (const [status, forgotten] of [[503, 0], [401, 1], [403, 1]] as const) {
    vi.resetModules()
    kept = { dropped: 0, forgotten: 0, text: keptSession(HOUR) }
    answers['GET /api/session'] = json({}, status)
    const { session, startSession } = await import('./session')
    await startSession('/inspect', keeper)
    expect([status, session.state, kept.forgotten, kept.dropped]).toEqual([status, 'signed-out', forgotten, 0])
  }
})

test('nobody signs in over what another person has not sent, and is told whose it is', async () => {
  const { session, signIn, startSession } = await import('./session')
  await startSession('/inspect', keeper)
  kept.admits = '本机还有乙的 3 项内容没有送出'
  expect(await signIn('cul.01', 'x')).toBe('本机还有乙的 3 项内容没有送出')
  expect([session.state, session.foreign, kept.text]).toEqual(['signed-out', true, undefined])
})

test('without a network a person stays signed in with a token that has long expired; with one it is renewed', async () => {
  kept.text = keptSession(-8 * HOUR, PERSON)
  const renewal = answers['POST /api/session/refresh']!
  delete answers['POST /api/session/refresh']
  const { currentToken, session, startSession, Unreachable } = await import('./session')
  await startSession('/inspect', keeper)
  await expect(currentToken()).rejects.toThrow(Unreachable)
  expect(session.state).toBe('signed-in')
  answers['POST /api/session/refresh'] = renewal
  expect(await currentToken()).toBe('a2')
})

test('a renewal that another tab has made already is taken over', async () => {
  kept.text = keptSession(10, PERSON)
  const { currentToken, startSession } = await import('./session')
  answers['POST /api/session/refresh'] = json({}, 401)
  const start = startSession('/inspect', keeper)
  kept.text = JSON.stringify({ access: 'other', refresh: 'r9', expiresAt: Date.now() + HOUR * 1000, person: PERSON })
  await start
  expect(await currentToken()).toBe('other')
})

test('a tab whose session has ended goes on when another tab has signed in', async () => {
  kept.text = keptSession(-HOUR, PERSON)
  answers['POST /api/session/refresh'] = json({}, 401)
  const { currentToken, resumeSession, session, startSession } = await import('./session')
  await startSession('/inspect', keeper)
  const waiting = currentToken()
  await vi.waitFor(() => expect(session.state).toBe('expired'))
  kept.text = JSON.stringify({ access: 'other', refresh: 'r9', expiresAt: Date.now() + HOUR * 1000, person: PERSON })
  await resumeSession()
  expect([await waiting, session.state]).toEqual(['other', 'signed-in'])
})
