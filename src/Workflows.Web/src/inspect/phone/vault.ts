// What lies on the phone: encrypted with AES-GCM under a key that cannot leave the browser. Signing out destroys key and data; a copy of the
// database without the key says nothing.
import Dexie, { type Table } from 'dexie'

/** Where things lie: what was read from the service, what people are writing, what waits to be sent, and files. */
export type Shelf = 'kept' | 'drafts' | 'outbox' | 'files'

interface Row {
  id: string
  iv: Uint8Array<ArrayBuffer>
  data: ArrayBuffer
}

interface KeyRow {
  id: string
  key: CryptoKey
  /** Tells this key from one that another tab made after signing out. */
  mark?: string
}

/** The phone's data was destroyed, here or in another tab: nothing is written any more. */
export class VaultClosed extends Error {}

class PhoneBase extends Dexie {
  keys!: Table<KeyRow, string>

  constructor(name: string) {
    super(name)
    this.version(1).stores({ keys: 'id', kept: 'id', drafts: 'id', outbox: 'id', files: 'id' })
  }
}

const KEY = 'phone'
const IV_BYTES = 12
const SHELVES: Shelf[] = ['kept', 'drafts', 'outbox', 'files']

export class Vault {
  private base: PhoneBase
  private key: Promise<KeyRow> | undefined
  private closed = false

  constructor(private readonly name = 'inspect') {
    this.base = new PhoneBase(name)
  }

  async put(shelf: Shelf, id: string, value: unknown): Promise<void> {
    await this.write(shelf, id, new TextEncoder().encode(JSON.stringify(value)))
  }

  /** Puts what is still there; false where somebody has taken it away meanwhile. */
  replace(shelf: Shelf, id: string, value: unknown): Promise<boolean> {
    return this.write(shelf, id, new TextEncoder().encode(JSON.stringify(value)), true)
  }

  /** What lies there; nothing where it does not open, because its key is gone or it was put into another place. */
  async get<T>(shelf: Shelf, id: string): Promise<T | undefined> {
    const row = await this.table(shelf).get(id)
    return row && this.open<T>(shelf, row)
  }

  /** Everything of a shelf that opens, by id. */
  async all<T>(shelf: Shelf): Promise<T[]> {
    const rows = await this.table(shelf).orderBy('id').toArray()
    return (await Promise.all(rows.map(row => this.open<T>(shelf, row)))).filter((value): value is Awaited<T> => value !== undefined)
  }

  async ids(shelf: Shelf, beginning: string): Promise<string[]> {
    return (await this.table(shelf).where('id').startsWith(beginning).primaryKeys()) as string[]
  }

  async putFile(id: string, bytes: ArrayBuffer): Promise<void> {
    await this.write('files', id, new Uint8Array(bytes))
  }

  async file(id: string): Promise<ArrayBuffer | undefined> {
    const row = await this.table('files').get(id)
    return row && this.decrypt('files', row)
  }

  async remove(shelf: Shelf, id: string): Promise<void> {
    await this.table(shelf).delete(id)
  }

  /** Nothing is written from here any more; what is destroyed stays destroyed. */
  close(): void {
    this.closed = true
  }

  /** Destroys everything, for good as far as this page goes. The key first: whatever else should fail, nothing can be read any more. */
  async destroy(): Promise<void> {
    this.close()
    await this.empty()
  }

  /** Destroys everything and begins anew, for another person. */
  async empty(): Promise<void> {
    await this.base.keys.clear()
    await Promise.all(SHELVES.map(shelf => this.table(shelf).clear()))
    this.key = undefined
    await this.base.delete()
    this.base = new PhoneBase(this.name)
  }

  private table(shelf: Shelf): Table<Row, string> {
    return this.base.table(shelf)
  }

  private async write(shelf: Shelf, id: string, plain: Uint8Array<ArrayBuffer>, onlyThere = false): Promise<boolean> {
    const { key, mark } = await this.ownKey()
    const iv = crypto.getRandomValues(new Uint8Array(IV_BYTES))
    // The place belongs to what is sealed: a row moved under another id does not open.
    const data = await crypto.subtle.encrypt({ name: 'AES-GCM', iv, additionalData: placeOf(shelf, id) }, key, plain)
    return this.base.transaction('rw', this.base.keys, this.table(shelf), async () => {
      // Another tab may have signed out since: a row under a lost key would lie there for ever.
      const now = await this.base.keys.get(KEY)
      if (this.closed || !now || now.mark !== mark) throw new VaultClosed('The data on this phone were destroyed.')
      if (onlyThere && (await this.table(shelf).get(id)) === undefined) return false
      await this.table(shelf).put({ id, iv, data })
      return true
    })
  }

  private async open<T>(shelf: Shelf, row: Row): Promise<T | undefined> {
    const plain = await this.decrypt(shelf, row)
    return plain && (JSON.parse(new TextDecoder().decode(plain)) as T)
  }

  private async decrypt(shelf: Shelf, row: Row): Promise<ArrayBuffer | undefined> {
    const { key } = await this.ownKey()
    return crypto.subtle.decrypt({ name: 'AES-GCM', iv: row.iv, additionalData: placeOf(shelf, row.id) }, key, row.data).catch(() => undefined)
  }

  private ownKey(): Promise<KeyRow> {
    if (this.closed) return Promise.reject(new VaultClosed('The data on this phone were destroyed.'))
    this.key ??= this.findKey().catch((problem: unknown) => {
      this.key = undefined
      throw problem
    })
    return this.key
  }

  private async findKey(): Promise<KeyRow> {
    const kept = await this.base.keys.get(KEY)
    if (kept) return kept
    const made: KeyRow = { id: KEY, key: await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt']), mark: crypto.randomUUID() }
    // Two tabs that open at once agree on the key of the first.
    return this.base.transaction('rw', this.base.keys, async () => {
      const first = await this.base.keys.get(KEY)
      if (!first) await this.base.keys.add(made)
      return first ?? made
    })
  }
}

function placeOf(shelf: Shelf, id: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(`${shelf}/${id}`)
}

/** The vault of this phone. */
export const vault = new Vault()
