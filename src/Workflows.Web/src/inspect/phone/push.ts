// Messages to a closed page: the browser's push service wakes the worker (build/worker.mjs), which shows them. The person asks for it; nothing is asked at the first opening.
import { ApiProblem, get, put, remove } from '../../api/client'
import type { Shape } from '../../api/shapes'
import { say } from '../../language/language'
import { go } from '../shell/route'
import { notices } from './notices'

type Standing = Shape<'PushStanding'>

/** `missing`: this browser cannot. `closed`: the operator does not offer it. `off`, `on`: on this device. `unknown`: not asked yet, or no network. */
export interface Push {
  state: 'missing' | 'closed' | 'off' | 'on' | 'unknown'
  /** Other devices of the person, which can be ended from here, as after a loss. */
  others: Standing['devices']
  key?: string
}

const ID_LENGTH = 32

export function canPush(): boolean {
  return typeof PushManager !== 'undefined' && typeof Notification !== 'undefined' && 'serviceWorker' in navigator
}

/** How the service names a device: by the hash of its address. */
export async function idOf(endpoint: string): Promise<string> {
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(endpoint)))
  return [...hash].map(byte => byte.toString(16).padStart(2, '0')).join('').slice(0, ID_LENGTH)
}

/** How it stands here. A device that the service has lost, or that subscribed with another key of it, is put right without a word: the person has asked for it before. */
export async function readPush(): Promise<Push> {
  const { publicKey, devices } = await get<Standing>('/api/push')
  if (!canPush()) return { state: 'missing', others: devices }
  if (!publicKey) return { state: 'closed', others: devices }
  let own = await subscription()
  const wanted = own !== undefined && Notification.permission === 'granted'
  if (own && wanted && !isUnder(own, publicKey)) {
    await own.unsubscribe().catch(() => false)
    own = await subscribe(publicKey)
  }
  const id = own && (await idOf(own.endpoint))
  if (own && wanted && !devices.some(one => one.id === id)) await tellService(own)
  return { state: own && wanted ? 'on' : 'off', others: devices.filter(one => one.id !== id), key: publicKey }
}

/** Asks the person's browser, and tells the service. Gives why not. */
export async function startPush(key: string): Promise<string | undefined> {
  notices.value = await Notification.requestPermission()
  if (notices.value !== 'granted') return say('浏览器没有允许通知：请在浏览器设置中允许后再开启。', 'The browser does not allow notices: allow them in its settings first.')
  try {
    await tellService(await subscribe(key))
    return undefined
  } catch (problem) {
    if (problem instanceof ApiProblem) {
      // What the service does not take is not left with the browser either.
      await (await subscription())?.unsubscribe().catch(() => false)
      return problem.message
    }
    return say('连不上浏览器的推送服务：内网常不通外网。请保持本页打开，或者看浙政钉、短信提醒。', 'The browser’s push service cannot be reached, as is common inside office networks. Keep this page open, or look at the other channels.')
  }
}

/** Ends it on this device: first here, so that nothing is shown any more even where the service cannot be reached; its next message then finds nobody. */
export async function stopPush(): Promise<void> {
  const own = await subscription()
  if (!own) return
  await own.unsubscribe().catch(() => false)
  await endDevice(await idOf(own.endpoint))
}

export function endDevice(id: string): Promise<void> {
  return remove<void>(`/api/push/devices/${id}`)
}

/** At sign-out, with the last token, since the session has ended. */
export async function endPush(token: string): Promise<void> {
  const own = canPush() ? await subscription() : undefined
  if (!own) return
  const id = await idOf(own.endpoint)
  await Promise.allSettled([own.unsubscribe(), fetch(`/api/push/devices/${id}`, { method: 'DELETE', headers: { authorization: `Bearer ${token}` } })])
}

/** A notice that is tapped while the page is open leads to its step. */
export function goWhereNoticesLead(): void {
  navigator.serviceWorker?.addEventListener('message', (event: MessageEvent<{ kind?: string; to?: string }>) => {
    if (event.data?.kind === 'go' && typeof event.data.to === 'string') go(event.data.to)
  })
}

async function subscription(): Promise<PushSubscription | undefined> {
  const worker = await navigator.serviceWorker.getRegistration('/inspect')
  return (await worker?.pushManager.getSubscription()) ?? undefined
}

async function subscribe(key: string): Promise<PushSubscription> {
  const worker = await navigator.serviceWorker.getRegistration('/inspect')
  if (!worker) throw new Error('The page has no worker.')
  return worker.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: bytesOf(key) })
}

async function tellService(own: PushSubscription): Promise<void> {
  const { endpoint, keys } = own.toJSON()
  await put('/api/push/devices', { endpoint, keys: { p256dh: keys?.['p256dh'], auth: keys?.['auth'] } })
}

function isUnder(own: PushSubscription, key: string): boolean {
  const kept = own.options.applicationServerKey
  // A browser that does not say is believed.
  if (!kept) return true
  const bytes = new Uint8Array(kept)
  const wanted = bytesOf(key)
  return bytes.length === wanted.length && bytes.every((byte, n) => byte === wanted[n])
}

function bytesOf(key: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(key.replace(/-/g, '+').replace(/_/g, '/')), one => one.charCodeAt(0))
}
