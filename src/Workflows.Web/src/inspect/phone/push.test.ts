// @vitest-environment happy-dom
import { beforeEach, expect, test, vi } from 'vitest'

const KEY = 'BP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A8'
const ENDPOINT = 'https://fcm.googleapis.com/a'
// printf %s https://fcm.googleapis.com/a | sha256sum | cut -c1-32
const ID = 'ab72b94692b45e420cc7180ef38a7526'
const calls: [string, string, unknown?][] = []
let standing: { publicKey?: string | null; devices: { id: string; at: string }[] }
let own: { endpoint: string; options: { applicationServerKey: ArrayBuffer | null }; unsubscribe: () => Promise<boolean>; toJSON: () => object } | undefined
let refuses: Error | undefined
let asked: PushSubscriptionOptionsInit[]

vi.mock('../../session/session', () => ({ session: {}, hasRole: () => false, currentToken: () => Promise.resolve('t'), tokenAfterRefusal: () => Promise.resolve('') }))
vi.stubGlobal('PushManager', class {})
vi.stubGlobal('Notification', class {
  static permission = 'granted'
  static requestPermission = () => Promise.resolve('granted')
})

function subscribed(key: string | null = KEY) {
  const bytes = key && Uint8Array.from(atob(key.replace(/-/g, '+').replace(/_/g, '/')), one => one.charCodeAt(0)).buffer
  own = {
    endpoint: ENDPOINT, options: { applicationServerKey: bytes as ArrayBuffer | null }, toJSON: () => ({ endpoint: ENDPOINT, expirationTime: null, keys: { p256dh: 'p', auth: 'a' } }),
    unsubscribe: () => Promise.resolve(((own = undefined), true)),
  }
  return own
}

beforeEach(() => {
  calls.length = 0
  asked = []
  own = undefined
  refuses = undefined
  standing = { publicKey: KEY, devices: [] }
  const pushManager = {
    getSubscription: () => Promise.resolve(own ?? null),
    subscribe: (options: PushSubscriptionOptionsInit) => {
      asked.push(options)
      return refuses ? Promise.reject(refuses) : Promise.resolve(subscribed())
    },
  }
  vi.stubGlobal('navigator', { ...navigator, onLine: true, serviceWorker: { getRegistration: () => Promise.resolve({ pushManager }), addEventListener: () => undefined } })
  vi.stubGlobal('fetch', (path: string, init?: RequestInit) => {
    calls.push([init?.method ?? 'GET', path, init?.body ? JSON.parse(init.body as string) : undefined])
    return Promise.resolve(new Response(JSON.stringify((init?.method ?? 'GET') === 'GET' ? standing : { id: 'x' }), { headers: { 'content-type': 'application/json' } }))
  })
})

test('looking asks nothing of the browser', async () => {
  const { readPush } = await import('./push')
  expect(await readPush()).toEqual({ state: 'off', others: [], key: KEY })
  standing.publicKey = null
  expect((await readPush()).state).toBe('closed')
  expect([asked, calls.map(([method]) => method)]).toEqual([[], ['GET', 'GET']])
})

test('a person who asks for it is subscribed under the key of the service, which hears of it', async () => {
  const { readPush, startPush, idOf } = await import('./push')
  expect(await startPush(KEY)).toBeUndefined()
  expect([asked.length, asked[0]!.userVisibleOnly, (asked[0]!.applicationServerKey as Uint8Array).length, (asked[0]!.applicationServerKey as Uint8Array)[0]]).toEqual([1, true, 65, 4])
  expect(calls).toEqual([['PUT', '/api/push/devices', { endpoint: ENDPOINT, keys: { p256dh: 'p', auth: 'a' } }]])
  standing.devices = [{ id: await idOf(ENDPOINT), at: '2026-12-01T00:00:00Z' }, { id: 'other', at: '2026-12-01T00:00:00Z' }]
  expect(await readPush()).toEqual({ state: 'on', others: [standing.devices[1]], key: KEY })
  expect(await idOf(ENDPOINT)).toBe(ID)
})

test('a network without push services is said in words, and nothing is sent to the service', async () => {
  const { startPush } = await import('./push')
  refuses = new DOMException('Registration failed - push service not available', 'AbortError')
  expect(await startPush(KEY)).toContain('连不上浏览器的推送服务')
  expect(calls).toEqual([])
})

test('a device that the service has lost is told of again, and one under another key subscribes anew', async () => {
  const { readPush } = await import('./push')
  subscribed()
  expect((await readPush()).state).toBe('on')
  expect([asked.length, calls.at(-1)![0]]).toEqual([0, 'PUT'])
  subscribed(KEY.replace('BP4z', 'BP4a'))
  expect((await readPush()).state).toBe('on')
  expect([asked.length, calls.at(-1)![0]]).toEqual([1, 'PUT'])
})

test('signing out ends it at the service and in the browser', async () => {
  const { endPush } = await import('./push')
  await endPush('last')
  expect(calls).toEqual([])
  subscribed()
  await endPush('last')
  expect([own, calls]).toEqual([undefined, [['DELETE', `/api/push/devices/${ID}`, undefined]]])
})
