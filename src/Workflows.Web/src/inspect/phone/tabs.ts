// Tabs of one phone: what one of them did the others hear, and some things only one of them does at a time.

export type News =
  /** Something was put among the unsent, or has left it. */
  | { kind: 'outbox' }
  /** Somebody signed out: key and data are destroyed. */
  | { kind: 'gone' }
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

/** Runs when no other tab does the same; at once in a browser without locks. */
export function alone<T>(name: string, run: () => Promise<T>): Promise<T> {
  const locks = (globalThis.navigator as Navigator | undefined)?.locks
  return locks ? (locks.request(`inspect:${name}`, run) as Promise<T>) : run()
}

const PATIENCE_MS = 500

/** Something that one tab holds for as long as it is open, such as the pen over a draft. */
export class Held {
  private letGo: (() => void) | undefined

  constructor(private readonly name: string, private readonly onLost: () => void) {}

  /** True where it is ours now. A tab that takes it by force leaves the other one without. */
  take(force = false): Promise<boolean> {
    const locks = (globalThis.navigator as Navigator | undefined)?.locks
    if (!locks) return Promise.resolve(true)
    return new Promise(resolve => {
      // A tab that is being closed or loaded anew gives it back a moment later.
      const options: LockOptions = force ? { steal: true } : { signal: AbortSignal.timeout(PATIENCE_MS) }
      locks.request(`inspect:${this.name}`, options, () => {
        resolve(true)
        return new Promise<void>(done => (this.letGo = done))
      }).catch(() => {
        resolve(false)
        if (this.letGo) this.onLost()
        this.letGo = undefined
      })
    })
  }

  release(): void {
    this.letGo?.()
    this.letGo = undefined
  }
}
