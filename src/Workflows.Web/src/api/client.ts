// Calls the service's API as the person who is signed in.
import { SERVICE_TIME, hear } from '../clock/now'
import { currentToken, tokenAfterRefusal } from '../session/session'

/** A refusal of the service, in its own words. */
export class ApiProblem extends Error {
  constructor(readonly status: number, readonly code: string, readonly field: string, detail: string) {
    super(detail)
  }
}

export function get<T>(path: string): Promise<T> {
  return call<T>(path, { method: 'GET' })
}

/** A text that is no JSON, such as a document. */
export function getText(path: string): Promise<string> {
  return send(path, { method: 'GET' })
}

/** A paper that is not rendered yet is asked for again after so long, in ms, and so often: two minutes in all. */
const PREPARED_AFTER_MS = 1000
const MOST_QUESTIONS = 120

/** A file, such as a picture; one that the service still prepares (202) is waited for. */
export async function getFile(path: string): Promise<Blob> {
  for (let asked = 1; ; asked++) {
    const answer = await reach(path, { method: 'GET' })
    if (answer.ok && answer.status !== 202) return answer.blob()
    if (!answer.ok || asked === MOST_QUESTIONS) throw problemOf(answer.status, await answer.text())
    await new Promise(next => setTimeout(next, PREPARED_AFTER_MS))
  }
}

/** Posts what only asks, and gives the text of the answer. */
export function postForText(path: string, body: unknown): Promise<string> {
  return send(path, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) })
}

/** Posts a change. The key makes a repeated call count once; a new one is made for each act of the person. */
export function post<T>(path: string, body: unknown = {}, key: string = crypto.randomUUID()): Promise<T> {
  return change<T>('POST', path, body, key)
}

/** Sends a file with its fields. The key makes a repeated call count once. */
export function upload<T>(path: string, form: FormData, key: string = crypto.randomUUID()): Promise<T> {
  return call<T>(path, { method: 'POST', headers: { 'idempotency-key': key }, body: form })
}

/** Saves what was read before, unless somebody else has saved it meanwhile: the guard is the tag that was read, or none for what is new. */
export function save<T>(path: string, body: unknown, tag: string | undefined): Promise<T> {
  return call<T>(path, { method: 'PUT', headers: { 'content-type': 'application/json', ...guard(tag) }, body: JSON.stringify(body) })
}

/** Sets what has no version: the last one who says it is right. */
export function put<T>(path: string, body: unknown): Promise<T> {
  return call<T>(path, { method: 'PUT', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) })
}

export function remove<T>(path: string, tag?: string): Promise<T> {
  return call<T>(path, { method: 'DELETE', headers: tag === undefined ? {} : guard(tag) })
}

function guard(tag: string | undefined): Record<string, string> {
  return tag === undefined ? { 'if-none-match': '*' } : { 'if-match': `"${tag}"` }
}

function change<T>(method: string, path: string, body: unknown, key: string): Promise<T> {
  // When it is sent is no part of what is sent: tried again, the content is the same.
  return call<T>(path, { method, headers: { 'content-type': 'application/json', 'idempotency-key': key, 'device-time': new Date().toISOString() }, body: JSON.stringify(body) })
}

async function call<T>(path: string, init: RequestInit): Promise<T> {
  const text = await send(path, init)
  return (text ? JSON.parse(text) : undefined) as T
}

async function send(path: string, init: RequestInit): Promise<string> {
  const answer = await reach(path, init)
  const text = await answer.text()
  hear(answer.headers.get(SERVICE_TIME))
  if (answer.ok) return text
  throw problemOf(answer.status, text)
}

/** Once more with a new token where the first was refused. */
async function reach(path: string, init: RequestInit): Promise<Response> {
  const token = await currentToken()
  const answer = await fetchAs(token, path, init)
  return answer.status === 401 ? fetchAs(await tokenAfterRefusal(token), path, init) : answer
}

function fetchAs(token: string, path: string, init: RequestInit): Promise<Response> {
  const headers = new Headers(init.headers)
  headers.set('authorization', `Bearer ${token}`)
  return fetch(path, { ...init, headers })
}

/** Understands both forms of refusal: the service's own problems, and those of Elsa's API. */
export function problemOf(status: number, text: string): ApiProblem {
  try {
    const body = JSON.parse(text) as { code?: string; field?: string; detail?: string; message?: string; errors?: Record<string, string[]> }
    const lines = body.errors ? Object.values(body.errors).flat().join('\n') : ''
    return new ApiProblem(status, body.code ?? '', body.field ?? '', body.detail || lines || body.message || `HTTP ${status}`)
  } catch {
    return new ApiProblem(status, '', '', `HTTP ${status}`)
  }
}
