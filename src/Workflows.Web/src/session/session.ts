// Who is signed in. Tokens live in memory and in this tab's storage alone, or encrypted with a page's own keeper; they are renewed long before their hour ends. When that fails, work
// goes on hold: whoever asked for a token waits until the person has signed in again in the dialog over the page.
import { reactive } from 'vue'
import { SERVICE_TIME, hear } from '../clock/now'

export interface Person {
  id: string
  userName: string
  name: string
  roles: string[]
  department?: string
  area?: string
  officerId?: string
}

interface Tokens {
  access: string
  refresh: string
  expiresAt: number
}

interface TokenAnswer {
  accessToken: string
  refreshToken: string
  expiresIn: number
}

/** Where a page keeps the session instead of this tab's storage, so that it goes on without a network after the page was closed. */
export interface SessionKeeper {
  load(): Promise<string | undefined>
  save(kept: string): Promise<void>
  /** Destroys everything that the page keeps, at the word of a person who was told what would be lost. */
  drop(): Promise<void>
  /** The session has ended by itself: forgets it, and keeps what was not sent. */
  forget(): Promise<void>
  /** Asked before somebody is signed in; why not, where unsent things of another person lie here. */
  admit(person: Person): Promise<string | undefined>
  /** How much would be lost. */
  unsent(): Promise<number>
  /** The person signs out: what the service keeps of this device ends too, where it can be reached. */
  leave?(token: string): Promise<void>
}

/** The service cannot be reached, and the token is too old to be used. */
export class Unreachable extends TypeError {}

interface Kept extends Tokens {
  person?: Person
}

type Renewal = 'renewed' | 'refused' | 'unreachable'

export type SessionState = 'starting' | 'signed-out' | 'signed-in' | 'expired'

const KEPT_AS = 'session'
/** Part of a token's life after which it is renewed. */
const RENEW_AFTER = 0.75
const LEAST_LIFE_MS = 60_000
const TRY_AGAIN_MS = 30_000
/** Nobody waits longer for the service to hear of a sign-out. */
const LEAVING_MS = 3000

/** `foreign`: somebody could not sign in, because what another person has not sent lies here. */
export const session = reactive<{ state: SessionState; person?: Person; foreign?: boolean }>({ state: 'starting' })

let tokens: Tokens | undefined
let renewal: Promise<Renewal> | undefined
let keeper: SessionKeeper | undefined
let timer: ReturnType<typeof setTimeout> | undefined
let waiting: (() => void)[] = []
let saving: Promise<void> = Promise.resolve()
let signedOutAt = '/studio'
const listeners: ((token: string) => void)[] = []

/** Called with each new token. */
export function onRenewed(listener: (token: string) => void): void {
  listeners.push(listener)
}

export function hasRole(...roles: string[]): boolean {
  return session.person?.roles.some(role => roles.includes(role)) ?? false
}

/**
 * Takes up the session that this tab, or the page's keeper, kept.
 * @param home where the person lands after signing out.
 * @param keptBy keeps the session instead of the tab; then a person who was signed in stays so while there is no network.
 */
export async function startSession(home = '/studio', keptBy?: SessionKeeper): Promise<void> {
  signedOutAt = home
  keeper = keptBy
  const found = await kept()
  tokens = found
  if (keeper && found?.person) {
    // The page opens at once from what it has; whether the session still stands is found out meanwhile.
    session.person = found.person
    session.state = 'signed-in'
    void confirm()
    return
  }
  if (tokens && (tokens.expiresAt - Date.now() > LEAST_LIFE_MS || (await renew()) === 'renewed')) await introduce()
  if (session.state === 'starting') session.state = 'signed-out'
}

async function kept(): Promise<Kept | undefined> {
  const text = keeper ? await keeper.load() : (sessionStorage.getItem(KEPT_AS) ?? undefined)
  return text ? (JSON.parse(text) as Kept) : undefined
}

/** Whether the page keeps data of the person on this device. */
export function keepsData(): boolean {
  return keeper !== undefined
}

/** How much on this device was not sent and would be lost. */
export async function unsentHere(): Promise<number> {
  return (await keeper?.unsent()) ?? 0
}

async function confirm(): Promise<void> {
  if (tokens!.expiresAt - Date.now() > LEAST_LIFE_MS) renewLater()
  else if ((await renew()) === 'refused') void signedInAgain()
  else renewLater()
}

/** Signs in; gives the reason when it is refused. What the page keeps is touched only once it is known who this is. */
export async function signIn(userName: string, password: string): Promise<string | undefined> {
  const answer = await send('/api/session', { userName, password })
  if (!answer.ok) return reasonOf(answer)
  const fresh = (await answer.json()) as TokenAnswer
  const described = await whoIs(fresh.accessToken)
  if (!described.ok) return reasonOf(described)
  const person = (await described.json()) as Person
  const objection = await keeper?.admit(person)
  session.foreign = objection !== undefined
  if (objection) return objection
  const before = session.person?.id
  session.person = person
  keep(fresh)
  await saving
  // Another person takes over: nothing of the former one stays on the page.
  if (before && before !== person.id) location.reload()
  goOn()
  return undefined
}

/** Another tab has signed in again, or renewed the token: whoever waits here goes on with it. */
export async function resumeSession(): Promise<void> {
  if (session.state === 'signed-in' || session.state === 'starting') return
  const found = await kept()
  if (!found?.person || found.expiresAt - Date.now() < LEAST_LIFE_MS) return
  // Another person, or a page that never knew one: it begins anew.
  if (found.person.id !== session.person?.id) return location.reload()
  take(found)
  goOn()
}

function goOn(): void {
  session.state = 'signed-in'
  const held = waiting
  waiting = []
  held.forEach(go => go())
}

async function reasonOf(answer: Response): Promise<string> {
  return ((await answer.json().catch(() => undefined)) as { detail?: string } | undefined)?.detail ?? `HTTP ${answer.status}`
}

/** Ends the session at the word of the person; what the page keeps is destroyed before the page is left. */
export async function signOut(): Promise<void> {
  clearTimeout(timer)
  const last = tokens
  tokens = undefined
  sessionStorage.removeItem(KEPT_AS)
  try {
    await saving
    await keeper?.drop()
    if (last) await Promise.race([keeper?.leave?.(last.access), new Promise(resolve => setTimeout(resolve, LEAVING_MS))]).catch(() => undefined)
  } finally {
    // A full load, so that nothing of the session stays in memory.
    location.assign(signedOutAt)
  }
}

/** The token now; waits while the person has to sign in again. */
export async function currentToken(): Promise<string> {
  if (!tokens) await signedInAgain()
  else if (tokens.expiresAt - Date.now() < LEAST_LIFE_MS) await renewOrAsk()
  return tokens!.access
}

/** After a 401: tries to renew the token that was refused, or waits for the person. Gives the new token. */
export async function tokenAfterRefusal(refused: string): Promise<string> {
  if (tokens?.access === refused) await renewOrAsk()
  return currentToken()
}

async function renewOrAsk(): Promise<void> {
  const renewed = await renew()
  if (renewed === 'refused') await signedInAgain()
  // Without a network a token that still lives is used; nobody is asked for a password that nobody could check.
  if (renewed === 'unreachable' && tokens!.expiresAt < Date.now()) {
    if (keeper) throw new Unreachable('unreachable')
    await signedInAgain()
  }
}

function signedInAgain(): Promise<void> {
  session.state = session.person ? 'expired' : 'signed-out'
  return new Promise(resolve => waiting.push(resolve))
}

/** Renews the tokens once, however many ask. */
function renew(): Promise<Renewal> {
  renewal ??= (async (): Promise<Renewal> => {
    try {
      if (!tokens) return 'refused'
      const elsewhere = keeper && (await kept())
      if (elsewhere && elsewhere.access !== tokens.access && elsewhere.expiresAt - Date.now() > LEAST_LIFE_MS) {
        // Another tab was faster.
        take(elsewhere)
        return 'renewed'
      }
      const answer = await send('/api/session/refresh', { refreshToken: tokens.refresh })
      if (!answer.ok) return isRefusal(answer.status) ? 'refused' : 'unreachable'
      keep((await answer.json()) as TokenAnswer)
      return 'renewed'
    } catch {
      return 'unreachable'
    } finally {
      renewal = undefined
    }
  })()
  return renewal
}

function keep(answer: TokenAnswer): void {
  take({ access: answer.accessToken, refresh: answer.refreshToken, expiresAt: Date.now() + answer.expiresIn * 1000 })
  const { person } = session
  // One after the other: an older token never replaces a newer one.
  if (keeper) saving = saving.then(() => keeper!.save(JSON.stringify({ ...tokens!, person } satisfies Kept))).catch(() => undefined)
  else sessionStorage.setItem(KEPT_AS, JSON.stringify(tokens))
}

function take(fresh: Tokens): void {
  tokens = { access: fresh.access, refresh: fresh.refresh, expiresAt: fresh.expiresAt }
  renewLater()
  listeners.forEach(listener => listener(fresh.access))
}

function renewLater(wait = Math.max(LEAST_LIFE_MS, (tokens!.expiresAt - Date.now()) * RENEW_AFTER)): void {
  clearTimeout(timer)
  timer = setTimeout(() => void renew().then(renewed => {
    if (renewed === 'refused') void signedInAgain()
    else if (renewed === 'unreachable') renewLater(TRY_AGAIN_MS)
  }), wait)
}

/** Finds out whose kept tokens these are. A service that is busy or out of reach says nothing about the person: nothing is forgotten then. */
async function introduce(): Promise<void> {
  const answer = await whoIs(tokens!.access).catch(() => undefined)
  if (answer?.ok) {
    const person = (await answer.json()) as Person
    session.person = person
    session.state = 'signed-in'
    renewLater()
    if (keeper) await keeper.save(JSON.stringify({ ...tokens!, person } satisfies Kept))
    return
  }
  if (answer && isRefusal(answer.status)) {
    sessionStorage.removeItem(KEPT_AS)
    await keeper?.forget()
    tokens = undefined
  }
  session.state = 'signed-out'
}

/** The service says that this session is none; any other failure is of the moment. */
function isRefusal(status: number): boolean {
  return status === 401 || status === 403
}

function whoIs(token: string): Promise<Response> {
  return ask('/api/session', { headers: { authorization: `Bearer ${token}` } })
}

function send(path: string, body: object): Promise<Response> {
  return ask(path, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) })
}

/** The first answer that a page gets tells it the date already: what is opened next may begin with it. */
async function ask(path: string, init: RequestInit): Promise<Response> {
  const answer = await fetch(path, init)
  hear(answer.headers.get(SERVICE_TIME))
  return answer
}
