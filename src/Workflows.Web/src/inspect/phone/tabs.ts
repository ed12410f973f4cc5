// Tabs of one phone: what one of them did the others hear, and some things only one of them does at a time.

export type News =
  /** Something was put among the unsent, or has left it. */
  | { kind: 'outbox' }
  /** Somebody signed out: key and data are destroyed. */
  | { kind: 'gone' }
  /** Somebody signed in again, or the token was renewed. */
  | { kind: 'session' }
  /** An entry was taken back, so that what was written is open again. */
  | { kind: 'taken-back'; entry: unknown }

const channel = typeof BroadcastChannel === 'undefined' ? undefined : new BroadcastChannel('inspect')

/** Tells the other tabs. */
export function tellTabs(news: News): void {
  channel?.postMessage(news)
}

/** Calls back with what other tabs tell; gives a function that ends it. */
export function onNews(listener: (news: News) => void): () => void {
  const heard = (event: MessageEvent<News>) => listener(event.data)
  channel?.addEventListener('message', heard)
  return () => channel?.removeEventListener('message', heard)
}

const PATIENCE_MS = 500
/** A tab that the phone has put to sleep keeps what it held; after this long nobody waits for it any more. */
const ASLEEP_AFTER_MS = 10_000

/** Runs when no other tab does the same; at once in a browser without locks, and after a while beside a tab that sleeps: what runs bears being run twice. */
export async function alone<T>(name: string, run: () => Promise<T>): Promise<T> {
  const locks = (globalThis.navigator as Navigator | undefined)?.locks
  if (!locks) return run()
  let ours = false
  try {
    return (await locks.request(`inspect:${name}`, { signal: AbortSignal.timeout(ASLEEP_AFTER_MS) }, () => {
      ours = true
      return run()
    })) as T
  } catch (problem) {
    if (ours) throw problem
    return run()
  }
}

/** Something that one tab holds for as long as it is open, such as the pen over a draft. */
export class Held {
  private letGo: (() => void) | undefined

  constructor(private readonly name: string, private readonly onLost: () => void) {}

  /** True where it is ours now. A tab that takes it by force leaves the other one without. */
  take(force = false): Promise<boolean> {
    const locks = (globalThis.navigator as Navigator | undefined)?.locks
    if (!locks) return Promise.resolve(true)
    return new Promise(resolve => {
      const patience = new AbortController()
      const asking = force ? undefined : setInterval(() => void this.isHeld(locks).then(held => held && patience.abort(), () => undefined), PATIENCE_MS)
      const options: LockOptions = force ? { steal: true } : { signal: patience.signal }
      locks.request(`inspect:${this.name}`, options, () => {
        clearInterval(asking)
        resolve(true)
        return new Promise<void>(done => (this.letGo = done))
      }).catch(() => {
        clearInterval(asking)
        resolve(false)
        if (this.letGo) this.onLost()
        this.letGo = undefined
      })
    })
  }

  // A tab that is being closed or loaded anew gives it back a moment later, and a slow phone takes its time to answer: it is another's only where one holds it and we still wait.
  private async isHeld(locks: LockManager): Promise<boolean> {
    const { held, pending } = await locks.query()
    return [held, pending].every(list => list?.some(lock => lock.name === `inspect:${this.name}`))
  }

  release(): void {
    this.letGo?.()
    this.letGo = undefined
  }
}
