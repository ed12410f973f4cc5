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

class PhoneBase extends Dexie {
  keys!: Table<{ id: string; key: CryptoKey }, string>

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
  private key: Promise<CryptoKey> | undefined

  constructor(private readonly name = 'inspect') {
    this.base = new PhoneBase(name)
  }

  async put(shelf: Shelf, id: string, value: unknown): Promise<void> {
    await this.write(shelf, id, new TextEncoder().encode(JSON.stringify(value)))
  }

  async get<T>(shelf: Shelf, id: string): Promise<T | undefined> {
    const row = await this.table(shelf).get(id)
    return row && (await this.open<T>(shelf, row))
  }

  /** Everything of a shelf, by id. */
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

  /** The key first: whatever else should fail, nothing can be read any more. */
  async destroy(): Promise<void> {
    await this.base.keys.clear()
    await Promise.all(SHELVES.map(shelf => this.table(shelf).clear()))
    this.key = undefined
    await this.base.delete()
    this.base = new PhoneBase(this.name)
  }

  private table(shelf: Shelf): Table<Row, string> {
    return this.base.table(shelf)
  }

  private async write(shelf: Shelf, id: string, plain: Uint8Array<ArrayBuffer>): Promise<void> {
    const iv = crypto.getRandomValues(new Uint8Array(IV_BYTES))
    // The place belongs to what is sealed: a row moved under another id does not open.
    const data = await crypto.subtle.encrypt({ name: 'AES-GCM', iv, additionalData: placeOf(shelf, id) }, await this.ownKey(), plain)
    await this.table(shelf).put({ id, iv, data })
  }

  private async open<T>(shelf: Shelf, row: Row): Promise<T | undefined> {
    return JSON.parse(new TextDecoder().decode(await this.decrypt(shelf, row))) as T
  }

  private async decrypt(shelf: Shelf, row: Row): Promise<ArrayBuffer> {
    return crypto.subtle.decrypt({ name: 'AES-GCM', iv: row.iv, additionalData: placeOf(shelf, row.id) }, await this.ownKey(), row.data)
  }

  private ownKey(): Promise<CryptoKey> {
    this.key ??= (async () => {
      const kept = await this.base.keys.get(KEY)
      if (kept) return kept.key
      const key = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt'])
      await this.base.keys.put({ id: KEY, key })
      return key
    })()
    return this.key
  }
}

function placeOf(shelf: Shelf, id: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(`${shelf}/${id}`)
}

/** The vault of this phone. */
export const vault = new Vault()
