// Keeps what a page shows up to date: the service says that something within the reader's sight has changed, and the page reads again what it shows.
import { onScopeDispose } from 'vue'
import { currentToken } from '../session/session'

/** A crowd of changes is one reading. */
const LEAST_PAUSE_MS = 1500
/** How long without the stream until pages read again by themselves. */
const WITHOUT_STREAM_MS = 30_000

type Listener = () => void

const listeners = new Set<Listener>()
let reading = false
let asked: ReturnType<typeof setTimeout> | undefined
let fallback: ReturnType<typeof setInterval> | undefined
let lastTold = 0

/** Calls back whenever something may have changed, until the component that asked is gone. */
export function onChanges(listener: Listener): void {
  listeners.add(listener)
  onScopeDispose(() => listeners.delete(listener))
  if (!reading) void read()
}

/** Tells every part of this page at once, after an act of its own. */
export function tellChanged(): void {
  lastTold = Date.now()
  listeners.forEach(listener => listener())
}

function changed(): void {
  if (asked !== undefined) return
  asked = setTimeout(() => {
    asked = undefined
    // Nobody looks at a hidden page; it reads when it is looked at again.
    if (document.visibilityState === 'visible') tellChanged()
    else document.addEventListener('visibilitychange', tellChanged, { once: true })
  }, Math.max(0, lastTold + LEAST_PAUSE_MS - Date.now()))
}

async function read(): Promise<void> {
  reading = true
  for (let failures = 0; ; ) {
    try {
      const answer = await fetch('/api/live', { headers: { authorization: `Bearer ${await currentToken()}`, accept: 'text/event-stream' } })
      if (!answer.ok || !answer.body) throw new Error(String(answer.status))
      // Whatever happened while nobody listened.
      if (failures > 0) changed()
      failures = 0
      withoutStream(false)
      await follow(answer.body)
    } catch {
      failures++
      withoutStream(true)
    }
    await new Promise(resolve => setTimeout(resolve, Math.min(1000 * 2 ** failures, WITHOUT_STREAM_MS)))
  }
}

async function follow(body: ReadableStream<Uint8Array>): Promise<void> {
  const reader = body.getReader()
  const decoder = new TextDecoder()
  for (let kept = ''; ; ) {
    const { done, value } = await reader.read()
    if (done) return
    const events = (kept + decoder.decode(value, { stream: true })).split('\n\n')
    kept = events.pop() ?? ''
    if (events.some(event => event.startsWith('event: changed'))) changed()
  }
}

function withoutStream(missing: boolean): void {
  if (missing) fallback ??= setInterval(changed, WITHOUT_STREAM_MS)
  else if (fallback !== undefined) {
    clearInterval(fallback)
    fallback = undefined
  }
}
