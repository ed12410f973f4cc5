// What people did and the service does not have yet. Each entry bears its own idempotency key from the moment it is made, so that however often it is sent
// it counts once. Entries go in the order in which they were made; one that is refused or held never drops out of sight, and none keeps the others waiting for ever.
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
  /** Which writing of a section this is, and the service's version that it began with. */
  line?: string
  base?: number
  /** What stood in the form, so that it stands there again when the entry is taken back. */
  draft?: unknown
  caseId?: string
  state: EntryState
  /** Why it is not sent, in the service's or this page's words. */
  reason?: string
  attempts: number
  /** How often in a row the service failed over it. */
  failures?: number
}

/** Thrown by the sender where something else has to come first. */
export class Held extends Error {}

/** Thrown by the sender where what has to come first is gone: a person takes the entry back. */
export class Lost extends Error {}

/** Codes of refusals that pass by themselves once others have done their part. */
const PASSING = new Set(['section-missing', 'task-not-ready', 'busy'])
/** So often an entry may stop the whole queue; then it is the entry, not the service. */
const FAILURES_THAT_STOP = 3

export interface Store {
  put(shelf: Shelf, id: string, value: unknown): Promise<void>
  /** Puts what is still there; false where it was taken away meanwhile. */
  replace(shelf: Shelf, id: string, value: unknown): Promise<boolean>
  all<T>(shelf: Shelf): Promise<T[]>
  remove(shelf: Shelf, id: string): Promise<void>
}

/** Sends one entry; throws ApiProblem, Held, Lost, or whatever fetch throws without a network. */
export type Sender = (entry: Entry) => Promise<void>

export interface Surroundings {
  /** The service has it; the entry stands in the list until this is over. */
  onSent?: (entry: Entry) => void | Promise<void>
  /** Sees to it that one tab alone sends. */
  alone?: <T>(run: () => Promise<T>) => Promise<T>
  /** Tells the other tabs that the list is another. */
  tell?: () => void
}

export type NewEntry = Omit<Entry, 'id' | 'order' | 'madeAt' | 'state' | 'attempts'> & { id?: string }

export class Outbox {
  /** What is not sent, oldest first. */
  readonly entries = reactive<Entry[]>([])
  /** `current` is on its way this moment; `fault` is what the phone itself could not do. */
  readonly status = reactive<{ sending: boolean; reachable: boolean; lastSent?: number; current?: string; fault?: string }>({ sending: false, reachable: true })
  private running: Promise<void> | undefined
  private again = false
  private turn: Promise<unknown> = Promise.resolve()

  constructor(private readonly store: Store, private readonly sender: Sender, private readonly around: Surroundings = {}) {}

  /** Takes up what the phone has; entries that are known stay the same objects. */
  load(): Promise<void> {
    return this.inTurn(async () => {
      const kept = await this.store.all<Entry>('outbox')
      const known = new Map(this.entries.map(entry => [entry.id, entry]))
      const next = kept.sort((a, b) => a.order - b.order).map(row => {
        const own = known.get(row.id)
        return own ? Object.assign(own, { reason: undefined, failures: undefined }, row) : row
      })
      this.entries.splice(0, this.entries.length, ...next)
    })
  }

  add(made: NewEntry): Promise<Entry> {
    return this.inTurn(async () => {
      const order = Math.max(Date.now(), (this.entries.at(-1)?.order ?? 0) + 1)
      const entry: Entry = { ...made, id: made.id ?? crypto.randomUUID(), order, madeAt: new Date().toISOString(), state: 'waiting', attempts: 0 }
      // On the phone before anything else: a page that is closed now has lost nothing.
      await this.store.put('outbox', entry.id, entry)
      this.entries.push(entry)
      this.around.tell?.()
      return this.entries.at(-1)!
    })
  }

  drop(id: string): Promise<void> {
    return this.inTurn(async () => {
      await this.store.remove('outbox', id)
      this.leave(id)
      this.around.tell?.()
    })
  }

  /** Changes an entry that is still here, in this tab and on the phone; false where it was dropped meanwhile. */
  change(entry: Entry, change: Partial<Entry>): Promise<boolean> {
    return this.inTurn(async () => {
      const own = this.entries.find(one => one.id === entry.id)
      if (!own) return false
      Object.assign(own, change)
      if (await this.store.replace('outbox', own.id, { ...own })) return true
      this.leave(own.id)
      return false
    })
  }

  /** Tries an entry once more, as it is; its key stays. */
  async retry(entry: Entry): Promise<void> {
    await this.change(entry, { state: 'waiting', reason: undefined, failures: 0 })
    await this.send()
  }

  /** Sends what can be sent. Called again while it runs, it goes through once more. */
  send(): Promise<void> {
    if (this.running) {
      this.again = true
      return this.running
    }
    this.running = (this.around.alone ?? (run => run()))(() => this.run()).finally(() => {
      this.running = undefined
    })
    return this.running
  }

  private async run(): Promise<void> {
    this.status.sending = true
    try {
      if (this.around.alone) await this.load()
      do {
        this.again = false
        if (!(await this.goThrough())) return
      } while (this.again)
    } catch (problem) {
      this.status.fault = String(problem)
    } finally {
      this.status.sending = false
    }
  }

  /** False where going on makes no sense, since nobody is reached. */
  private async goThrough(): Promise<boolean> {
    const stuck = (entry: Entry) => (entry.failures ?? 0) >= FAILURES_THAT_STOP
    // What the service fails over again and again comes last, each in its turn, so that the rest gets through.
    for (const entry of [...this.entries].sort((a, b) => Number(stuck(a)) - Number(stuck(b)) || (stuck(a) ? a.attempts - b.attempts : 0) || a.order - b.order)) {
      if (entry.state === 'refused' || entry.state === 'conflict' || !this.entries.some(one => one.id === entry.id)) continue
      // Within a case one act comes after the other; photographs need no order.
      if (entry.kind !== 'evidence' && this.entries.some(one => one.order < entry.order && stuck(one) && one.kind !== 'evidence' && caseOf(one) !== undefined && caseOf(one) === caseOf(entry))) continue
      if (!(await this.sendOne(entry))) return false
    }
    return true
  }

  private async sendOne(entry: Entry): Promise<boolean> {
    this.status.current = entry.id
    try {
      await this.sender(entry)
      this.status.reachable = true
      this.status.fault = undefined
      this.status.lastSent = Date.now()
      if (entry.failures) this.again = true
      await this.around.onSent?.(entry)
      await this.drop(entry.id)
      return true
    } catch (problem) {
      return await this.note(entry, problem)
    } finally {
      this.status.current = undefined
    }
  }

  private async note(entry: Entry, problem: unknown): Promise<boolean> {
    const attempts = entry.attempts + 1
    if (problem instanceof Held || problem instanceof Lost) {
      await this.change(entry, { state: problem instanceof Held ? 'held' : 'refused', reason: problem.message, attempts, failures: 0 })
      return true
    }
    if (isOfNetwork(problem)) {
      this.status.reachable = false
      await this.change(entry, { state: 'waiting', reason: undefined, attempts })
      return false
    }
    if (!(problem instanceof ApiProblem)) {
      // Of the phone, such as a full store: it concerns this entry, and says so.
      this.status.fault = problem instanceof Error ? problem.message : String(problem)
      await this.change(entry, { state: 'held', reason: this.status.fault, attempts })
      return true
    }
    this.status.reachable = true
    if (problem.status >= 500 || problem.status === 429) {
      const failures = (entry.failures ?? 0) + (problem.status === 429 ? 0 : 1)
      await this.change(entry, { state: 'waiting', reason: problem.message, attempts, failures })
      return false
    }
    if (PASSING.has(problem.code)) await this.change(entry, { state: 'held', reason: problem.message, attempts, failures: 0 })
    else await this.change(entry, { state: problem.code === 'section-changed' ? 'conflict' : 'refused', reason: problem.message, attempts, failures: 0 })
    return true
  }

  private leave(id: string): void {
    const at = this.entries.findIndex(entry => entry.id === id)
    if (at >= 0) this.entries.splice(at, 1)
  }

  /** What changes the list is done one after the other. */
  private inTurn<T>(work: () => Promise<T>): Promise<T> {
    const done = this.turn.then(work)
    this.turn = done.catch(() => undefined)
    return done
  }
}

function caseOf(entry: Entry): string | undefined {
  return entry.caseId ?? entry.step?.caseId
}

/** Nobody was reached: fetch failed, or something between answered in the service's place. */
function isOfNetwork(problem: unknown): boolean {
  return problem instanceof TypeError || problem instanceof SyntaxError
    || (problem instanceof DOMException && ['NetworkError', 'AbortError', 'TimeoutError'].includes(problem.name))
}
