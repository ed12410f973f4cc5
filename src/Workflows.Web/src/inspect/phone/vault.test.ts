import 'fake-indexeddb/auto'
import Dexie from 'dexie'
import { expect, test } from 'vitest'
import { Vault, VaultClosed } from './vault'

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
  expect(await vault.get('kept', 'theirs')).toBeUndefined()
})

test('a tab that still holds the key of before cannot write after another has signed out, and what does not open is passed over', async () => {
  const [here, there] = [new Vault('t4'), new Vault('t4')]
  await here.put('outbox', 'a', 1)
  expect(await there.get('outbox', 'a')).toBe(1)
  await here.destroy()
  await expect(there.put('outbox', 'late', 2)).rejects.toThrow(VaultClosed)
  await expect(here.put('outbox', 'late', 2)).rejects.toThrow(VaultClosed)
  const next = new Vault('t4')
  await next.put('outbox', 'new', 3)
  // A row under a key that is gone, as an older version of the page could leave it.
  const base = await new Dexie('t4').open()
  await base.table('outbox').put({ ...((await base.table('outbox').get('new')) as object), id: 'lost', data: new ArrayBuffer(40) })
  base.close()
  expect(await next.all('outbox')).toEqual([3])
})

test('two tabs that open at once agree on one key', async () => {
  const tabs = [new Vault('t5'), new Vault('t5')]
  await Promise.all(tabs.map((tab, n) => tab.put('drafts', String(n), n)))
  for (const tab of [...tabs, new Vault('t5')]) expect(await tab.all('drafts')).toEqual([0, 1])
})

test('what was taken away meanwhile is not put back', async () => {
  const vault = new Vault('t6')
  await vault.put('outbox', 'a', 1)
  expect(await vault.replace('outbox', 'a', 2)).toBe(true)
  await vault.remove('outbox', 'a')
  expect(await vault.replace('outbox', 'a', 3)).toBe(false)
  expect(await vault.get('outbox', 'a')).toBeUndefined()
})

test('for another person everything begins anew', async () => {
  const vault = new Vault('t7')
  await vault.put('kept', 'day', 'theirs')
  await vault.empty()
  await vault.put('kept', 'mine', 'mine')
  expect(await vault.all('kept')).toEqual(['mine'])
})
