// Who is signed in. Tokens live in memory and in this tab's storage alone; they are renewed long before their hour ends. When that fails, work
// goes on hold: whoever asked for a token waits until the person has signed in again in the dialog over the page.
import { reactive } from 'vue'

export interface Person {
  id: string
  userName: string
  name: string
  roles: string[]
  department?: string
  area?: string
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

export type SessionState = 'starting' | 'signed-out' | 'signed-in' | 'expired'

const KEPT_AS = 'session'
/** Part of a token's life after which it is renewed. */
const RENEW_AFTER = 0.75
const LEAST_LIFE_MS = 60_000

export const session = reactive<{ state: SessionState; person?: Person }>({ state: 'starting' })

let tokens: Tokens | undefined
let renewal: Promise<boolean> | undefined
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
 * Takes up the session that this tab kept.
 * @param home where the person lands after signing out.
 */
export async function startSession(home = '/studio'): Promise<void> {
  signedOutAt = home
  const kept = sessionStorage.getItem(KEPT_AS)
  if (kept) tokens = JSON.parse(kept) as Tokens
  if (tokens && (tokens.expiresAt - Date.now() > LEAST_LIFE_MS || (await renew()))) await introduce()
  if (session.state === 'starting') session.state = 'signed-out'
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
  // A full load, so that nothing of the session stays in memory.
  location.assign(signedOutAt)
}

/** The token now; waits while the person has to sign in again. */
export async function currentToken(): Promise<string> {
  if (!tokens || (tokens.expiresAt - Date.now() < LEAST_LIFE_MS && !(await renew()))) await signedInAgain()
  return tokens!.access
}

/** After a 401: tries to renew the token that was refused, or waits for the person. Gives the new token. */
export async function tokenAfterRefusal(refused: string): Promise<string> {
  if (tokens?.access === refused && !(await renew())) await signedInAgain()
  return currentToken()
}

function signedInAgain(): Promise<void> {
  session.state = session.person ? 'expired' : 'signed-out'
  return new Promise(resolve => waiting.push(resolve))
}

/** Renews the tokens once, however many ask; false when the person has to sign in again. */
function renew(): Promise<boolean> {
  renewal ??= (async (): Promise<boolean> => {
    try {
      const answer = tokens && (await send('/api/session/refresh', { refreshToken: tokens.refresh }))
      if (!answer?.ok) return false
      keep((await answer.json()) as TokenAnswer)
      return true
    } catch {
      // Without a network the old token stays; the next call tries again.
      return tokens !== undefined && tokens.expiresAt > Date.now()
    } finally {
      renewal = undefined
    }
  })()
  return renewal
}

function keep(answer: TokenAnswer): void {
  const life = answer.expiresIn * 1000
  tokens = { access: answer.accessToken, refresh: answer.refreshToken, expiresAt: Date.now() + life }
  sessionStorage.setItem(KEPT_AS, JSON.stringify(tokens))
  clearTimeout(timer)
  timer = setTimeout(() => void renew().then(renewed => (renewed ? undefined : signedInAgain())), Math.max(LEAST_LIFE_MS, life * RENEW_AFTER))
  listeners.forEach(listener => listener(answer.accessToken))
}

async function introduce(): Promise<void> {
  const answer = await fetch('/api/session', { headers: { authorization: `Bearer ${tokens!.access}` } })
  if (!answer.ok) {
    sessionStorage.removeItem(KEPT_AS)
    tokens = undefined
    session.state = 'signed-out'
    return
  }
  session.person = (await answer.json()) as Person
  session.state = 'signed-in'
}

function send(path: string, body: object): Promise<Response> {
  return fetch(path, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) })
}
