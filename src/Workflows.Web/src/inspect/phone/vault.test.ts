import 'fake-indexeddb/auto'
import Dexie from 'dexie'
import { expect, test } from 'vitest'
import { Vault } from './vault'

async function rawText(name: string): Promise<string> {
  const base = await new Dexie(name).open()
  const rows = (await Promise.all(base.tables.filter(table => table.name !== 'keys').map(table => table.toArray()))).flat() as { id: string; data: ArrayBuffer }[]
  base.close()
  return rows.map(row => row.id + ' ' + new TextDecoder('latin1').decode(row.data) + new TextDecoder().decode(row.data)).join('\n')
}

test('what lies on the phone cannot be read without the key, and the key cannot be taken out', async () => {
  const vault = new Vault('t1')
  await vault.put('drafts', 'visit', { facts: '灭火器压力不足', secret: 'plain-words' })
  await vault.putFile('photo', new TextEncoder().encode('plain-words of a photo').buffer)
  expect(await vault.get('drafts', 'visit')).toEqual({ facts: '灭火器压力不足', secret: 'plain-words' })
  const raw = await rawText('t1')
  expect(raw).not.toContain('plain-words')
  expect(raw).not.toContain('灭火器')
  const base = await new Dexie('t1').open()
  const { key } = (await base.table('keys').get('phone')) as { key: CryptoKey }
  await expect(crypto.subtle.exportKey('raw', key)).rejects.toThrow()
  base.close()
})

test('another opening of the same phone reads it; after signing out nothing is there', async () => {
  await new Vault('t2').put('kept', 'list', [1, 2])
  const again = new Vault('t2')
  expect(await again.get('kept', 'list')).toEqual([1, 2])
  await again.destroy()
  expect(await new Vault('t2').get('kept', 'list')).toBeUndefined()
  expect(await again.all('kept')).toEqual([])
})

test('a row that somebody puts in another place does not open', async () => {
  const vault = new Vault('t3')
  await vault.put('kept', 'mine', 'a')
  const base = await new Dexie('t3').open()
  const row = (await base.table('kept').get('mine')) as object
  await base.table('kept').put({ ...row, id: 'theirs' })
  base.close()
  await expect(vault.get('kept', 'theirs')).rejects.toThrow()
})
