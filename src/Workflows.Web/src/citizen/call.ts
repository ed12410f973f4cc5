// Calls of people without an account. A failed call keeps what was typed; the same act sent again has one effect.
import { ApiProblem, problemOf } from '../api/client'
import { say } from '../language/language'

/** A key for one act; also where a page came over plain HTTP. */
export function newKey(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), byte => byte.toString(16).padStart(2, '0')).join('')
}

/** Gives the same key as long as the same is sent, so that trying again counts once. */
export function actKey(): (content: unknown) => string {
  let last = ''
  let key = newKey()
  return content => {
    const text = JSON.stringify(content)
    if (text !== last) [last, key] = [text, newKey()]
    return key
  }
}

export async function read<T>(path: string): Promise<T> {
  return JSON.parse(await readText(path)) as T
}

export async function readText(path: string): Promise<string> {
  return textOf(await reach(path, {}))
}

export async function send<T>(path: string, body?: unknown, key?: string): Promise<T> {
  const headers: Record<string, string> = { 'content-type': 'application/json', ...key === undefined ? {} : { 'idempotency-key': key } }
  return JSON.parse(await textOf(await reach(path, { method: 'POST', headers, body: JSON.stringify(body ?? {}) }))) as T
}

/** Sends a form and tells how much of it is on its way, 0 to 1. */
export function sendForm<T>(path: string, form: FormData, key: string, progress: (share: number) => void): Promise<T> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest()
    request.open('POST', path)
    request.setRequestHeader('idempotency-key', key)
    request.upload.onprogress = event => progress(event.lengthComputable ? event.loaded / event.total : 0)
    request.onload = () => request.status < 300 ? resolve(JSON.parse(request.responseText) as T) : reject(problemOf(request.status, request.responseText))
    request.onerror = () => reject(offline())
    request.ontimeout = () => reject(offline())
    request.timeout = 300_000
    request.send(form)
  })
}

async function reach(path: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(path, init)
  } catch {
    throw offline()
  }
}

async function textOf(answer: Response): Promise<string> {
  const text = await answer.text()
  if (!answer.ok) throw problemOf(answer.status, text)
  return text
}

function offline(): ApiProblem {
  return new ApiProblem(0, 'offline', '', say('网络不通，尚未提交。您填写的内容还在，请稍后再试。', 'No connection: nothing was sent. What you entered is still here; please try again.'))
}

export function wordsOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
