// Who is signed in. Tokens live in memory and in this tab's storage alone, or encrypted with a page's own keeper; they are renewed long before their hour ends. When that fails, work
// goes on hold: whoever asked for a token waits until the person has signed in again in the dialog over the page.
import { reactive } from 'vue'

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
  drop(): Promise<void>
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

export const session = reactive<{ state: SessionState; person?: Person }>({ state: 'starting' })

let tokens: Tokens | undefined
let renewal: Promise<Renewal> | undefined
let keeper: SessionKeeper | undefined
let timer: ReturnType<typeof setTimeout> | undefined
let waiting: (() => void)[] = []
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
  const text = keeper ? await keeper.load() : sessionStorage.getItem(KEPT_AS)
  const kept = text ? (JSON.parse(text) as Kept) : undefined
  tokens = kept
  if (keeper && kept?.person) {
    // The page opens at once from what it has; whether the session still stands is found out meanwhile.
    session.person = kept.person
    session.state = 'signed-in'
    void confirm()
    return
  }
  if (tokens && (tokens.expiresAt - Date.now() > LEAST_LIFE_MS || (await renew()) === 'renewed')) await introduce()
  if (session.state === 'starting') session.state = 'signed-out'
}

async function confirm(): Promise<void> {
  if (tokens!.expiresAt - Date.now() > LEAST_LIFE_MS) renewLater()
  else if ((await renew()) === 'refused') void signedInAgain()
  else renewLater()
}

/** Signs in; gives the reason when it is refused. */
export async function signIn(userName: string, password: string): Promise<string | undefined> {
  const answer = await send('/api/session', { userName, password })
  if (!answer.ok) return ((await answer.json().catch(() => undefined)) as { detail?: string } | undefined)?.detail ?? String(answer.status)
  const before = session.person?.id
  keep((await answer.json()) as TokenAnswer)
  await introduce()
  // Another person takes over: nothing of the former one stays on the page.
  if (before && before !== session.person?.id) location.reload()
  const held = waiting
  waiting = []
  held.forEach(go => go())
  return undefined
}

export function signOut(): void {
  clearTimeout(timer)
  tokens = undefined
  sessionStorage.removeItem(KEPT_AS)
  void keeper?.drop()
  // A full load, so that nothing of the session stays in memory.
  location.assign(signedOutAt)
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
      const answer = tokens && (await send('/api/session/refresh', { refreshToken: tokens.refresh }))
      if (!answer) return 'refused'
      if (answer.status >= 500 || answer.status === 429) return 'unreachable'
      if (!answer.ok) return 'refused'
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
  const life = answer.expiresIn * 1000
  tokens = { access: answer.accessToken, refresh: answer.refreshToken, expiresAt: Date.now() + life }
  if (keeper) void keeper.save(JSON.stringify({ ...tokens, person: session.person } satisfies Kept))
  else sessionStorage.setItem(KEPT_AS, JSON.stringify(tokens))
  renewLater()
  listeners.forEach(listener => listener(answer.accessToken))
}

function renewLater(wait = Math.max(LEAST_LIFE_MS, (tokens!.expiresAt - Date.now()) * RENEW_AFTER)): void {
  clearTimeout(timer)
  timer = setTimeout(() => void renew().then(renewed => {
    if (renewed === 'refused') void signedInAgain()
    else if (renewed === 'unreachable') renewLater(TRY_AGAIN_MS)
  }), wait)
}

async function introduce(): Promise<void> {
  const answer = await fetch('/api/session', { headers: { authorization: `Bearer ${tokens!.access}` } })
  if (!answer.ok) {
    sessionStorage.removeItem(KEPT_AS)
    await keeper?.drop()
    tokens = undefined
    session.state = 'signed-out'
    return
  }
  session.person = (await answer.json()) as Person
  if (keeper) await keeper.save(JSON.stringify({ ...tokens!, person: session.person } satisfies Kept))
  session.state = 'signed-in'
}

function send(path: string, body: object): Promise<Response> {
  return fetch(path, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) })
}
