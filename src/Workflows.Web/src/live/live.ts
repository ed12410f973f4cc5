// Keeps what a page shows up to date: the service says that something within the reader's sight has changed, and the page reads again what it shows.
import { onScopeDispose } from 'vue'
import { currentToken } from '../session/session'

/** A crowd of changes is one reading. */
const LEAST_PAUSE_MS = 1500
/** How long without the stream until pages read again by themselves. */
const WITHOUT_STREAM_MS = 30_000

/** The service says every 25 seconds that it is there; a stream that is silent for longer than two of these is dead, whatever the network says. */
const DEAD_AFTER_MS = 60_000

type Listener = () => void

/** Of each listener whether it is also told while nobody looks. */
const listeners = new Map<Listener, boolean>()
let reading = false
let asked: ReturnType<typeof setTimeout> | undefined
let fallback: ReturnType<typeof setInterval> | undefined
let lastTold = 0
/** Ends the stream that is open. */
let stream = new AbortController()
// A page that the browser keeps for going back to would hold one of the few connections to the service; when it is shown again, it listens anew.
if (typeof window !== 'undefined') window.addEventListener('pagehide', () => stream.abort())

/**
 * Calls back whenever something may have changed, until the component that asked is gone.
 * @param unseen also while the page is hidden, where something comes of it, such as a notice; others are told when they are looked at again.
 */
export function onChanges(listener: Listener, unseen = false): void {
  listeners.set(listener, unseen)
  onScopeDispose(() => listeners.delete(listener))
  if (!reading) void read()
}

/** Tells every part of this page at once, after an act of its own. */
export function tellChanged(): void {
  lastTold = Date.now()
  listeners.forEach((_, listener) => listener())
}

function changed(): void {
  if (asked !== undefined) return
  asked = setTimeout(() => {
    asked = undefined
    if (document.visibilityState === 'visible') return tellChanged()
    // Nobody looks at a hidden page; it reads when it is looked at again.
    lastTold = Date.now()
    listeners.forEach((unseen, listener) => unseen && listener())
    document.addEventListener('visibilitychange', tellChanged, { once: true })
  }, Math.max(0, lastTold + LEAST_PAUSE_MS - Date.now()))
}

async function read(): Promise<void> {
  reading = true
  for (let [failures, again] = [0, false]; ; again = true) {
    try {
      const headers = { authorization: `Bearer ${await currentToken()}`, accept: 'text/event-stream' }
      stream = new AbortController()
      const answer = await fetch('/api/live', { headers, signal: stream.signal })
      if (!answer.ok || !answer.body) throw new Error(String(answer.status))
      // Whatever happened while nobody listened, also between a stream that ended in order and the next.
      if (again) changed()
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
    const { done, value } = await withoutSilence(reader)
    if (done) return
    const events = (kept + decoder.decode(value, { stream: true })).split('\n\n')
    kept = events.pop() ?? ''
    if (events.some(event => event.startsWith('event: changed'))) changed()
  }
}

/** The next piece of the stream; fails where none comes for too long. */
async function withoutSilence(reader: ReadableStreamDefaultReader<Uint8Array>): Promise<ReadableStreamReadResult<Uint8Array>> {
  let watchdog: ReturnType<typeof setTimeout> | undefined
  const silence = new Promise<never>((_, reject) => {
    watchdog = setTimeout(() => {
      reject(new Error('silent'))
      void reader.cancel().catch(() => undefined)
    }, DEAD_AFTER_MS)
  })
  try {
    return await Promise.race([reader.read(), silence])
  } finally {
    clearTimeout(watchdog)
  }
}

function withoutStream(missing: boolean): void {
  if (missing) fallback ??= setInterval(changed, WITHOUT_STREAM_MS)
  else if (fallback !== undefined) {
    clearInterval(fallback)
    fallback = undefined
  }
}
