// What people did and the service does not have yet. Each entry bears its own idempotency key from the moment it is made, so that however often it is sent
// it counts once. Entries go in the order in which they were made; one that is refused or held never drops out of sight.
import { reactive } from 'vue'
import { ApiProblem } from '../../api/client'
import type { Shelf } from './vault'

/** Waiting for its turn or the network; held back by something that has to happen first; refused by the service; in conflict with somebody else's work. */
export type EntryState = 'waiting' | 'held' | 'refused' | 'conflict'

export interface Entry {
  /** Also the idempotency key. */
  id: string
  /** Sorts entries as they were made. */
  order: number
  madeAt: string
  /** What it is, in the words of whoever made it. */
  title: [zh: string, en: string]
  /** Whom or what it concerns, such as the name of the target. */
  about: string
  kind: 'post' | 'step' | 'evidence' | 'section'
  /** Path under which it is posted; of a step the rest after the step's path. */
  path?: string
  body?: unknown
  /** A step of a case that the phone may not know by its id yet. */
  step?: { id?: string; caseId?: string; kind: string }
  /** A file under the vault's `files`, with what goes along. */
  file?: { id: string; name: string; type: string; fields: Record<string, string> }
  caseId?: string
  state: EntryState
  /** Why it is not sent, in the service's or this page's words. */
  reason?: string
  attempts: number
}

/** Thrown by the sender where something else has to come first. */
export class Held extends Error {}

/** Codes of refusals that pass by themselves once others have done their part. */
const PASSING = new Set(['section-missing', 'task-not-ready', 'busy'])

export interface Store {
  put(shelf: Shelf, id: string, value: unknown): Promise<void>
  all<T>(shelf: Shelf): Promise<T[]>
  remove(shelf: Shelf, id: string): Promise<void>
}

/** Sends one entry; throws ApiProblem, Held, or whatever fetch throws without a network. */
export type Sender = (entry: Entry) => Promise<void>

export class Outbox {
  /** What is not sent, oldest first. */
  readonly entries = reactive<Entry[]>([])
  /** When something was last sent. */
  readonly status = reactive<{ sending: boolean; reachable: boolean; lastSent?: number }>({ sending: false, reachable: true })
  private running: Promise<void> | undefined
  private again = false

  constructor(private readonly store: Store, private readonly sender: Sender, private readonly onSent: (entry: Entry) => void = () => undefined) {}

  async load(): Promise<void> {
    const kept = await this.store.all<Entry>('outbox')
    this.entries.splice(0, this.entries.length, ...kept.sort((a, b) => a.order - b.order))
  }

  async add(made: Omit<Entry, 'id' | 'order' | 'madeAt' | 'state' | 'attempts'> & { id?: string }): Promise<Entry> {
    const order = Math.max(Date.now(), (this.entries.at(-1)?.order ?? 0) + 1)
    const entry: Entry = { ...made, id: made.id ?? crypto.randomUUID(), order, madeAt: new Date().toISOString(), state: 'waiting', attempts: 0 }
    // On the phone before anything else: a page that is closed now has lost nothing.
    await this.store.put('outbox', entry.id, entry)
    this.entries.push(entry)
    return this.entries.at(-1)!
  }

  async drop(id: string): Promise<void> {
    await this.store.remove('outbox', id)
    const at = this.entries.findIndex(entry => entry.id === id)
    if (at >= 0) this.entries.splice(at, 1)
  }

  async change(entry: Entry, change: Partial<Entry>): Promise<void> {
    Object.assign(entry, change)
    await this.store.put('outbox', entry.id, { ...entry })
  }

  /** Tries a refused entry once more, as it is; its key stays. */
  async retry(entry: Entry): Promise<void> {
    await this.change(entry, { state: 'waiting', reason: undefined })
    await this.send()
  }

  /** Sends what can be sent. Called again while it runs, it goes through once more. */
  send(): Promise<void> {
    if (this.running) {
      this.again = true
      return this.running
    }
    this.running = this.run().finally(() => {
      this.running = undefined
    })
    return this.running
  }

  private async run(): Promise<void> {
    this.status.sending = true
    try {
      do {
        this.again = false
        for (const entry of [...this.entries]) {
          if (entry.state === 'refused' || entry.state === 'conflict' || !this.entries.includes(entry)) continue
          if (!(await this.sendOne(entry))) return
        }
      } while (this.again)
    } finally {
      this.status.sending = false
    }
  }

  /** False where going on makes no sense, since nobody is reached. */
  private async sendOne(entry: Entry): Promise<boolean> {
    try {
      await this.sender(entry)
      this.status.reachable = true
      this.status.lastSent = Date.now()
      await this.drop(entry.id)
      this.onSent(entry)
      return true
    } catch (problem) {
      const attempts = entry.attempts + 1
      if (problem instanceof Held) {
        await this.change(entry, { state: 'held', reason: problem.message, attempts })
        return true
      }
      if (!(problem instanceof ApiProblem)) {
        this.status.reachable = false
        await this.change(entry, { state: 'waiting', reason: undefined, attempts })
        return false
      }
      this.status.reachable = true
      if (problem.status >= 500 || problem.status === 429) {
        await this.change(entry, { state: 'waiting', reason: problem.message, attempts })
        return false
      }
      if (PASSING.has(problem.code)) await this.change(entry, { state: 'held', reason: problem.message, attempts })
      else await this.change(entry, { state: problem.code === 'section-changed' ? 'conflict' : 'refused', reason: problem.message, attempts })
      return true
    }
  }
}
