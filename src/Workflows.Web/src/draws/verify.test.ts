/// <reference types="node" />
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { byTicket, drawAgain } from './drawing'
import { poolHash } from './rosters'
import { Hmac, sha256, sha256Hex, unhex } from './sha256'
import { officerOrder } from './teams'
import { verifyDraw, type DrawRecord, type Published } from './verify'

const conformance = new URL('../../../../tests/conformance/', import.meta.url)
const readText = (name: string) => readFileSync(new URL(name, conformance), 'utf8')
const vector = JSON.parse(readText('draw.json'))
// Written by the service's own draw (DrawRecordFileTests): hashed tickets with teams and changes, strata with shares, a uniform share.
const files = ['weighted', 'stratified', 'uniform'] as const
const recordOf = (name: string) => readText(`draw-records/${name}.json`)
const breath = () => Promise.resolve()

test('hashes are those of the browser', async () => {
  for (const length of [0, 1, 55, 56, 63, 64, 65, 119, 120, 1000]) {
    const bytes = Uint8Array.from({ length }, (_, i) => (i * 37 + length) & 255)
    expect(sha256(bytes)).toEqual(new Uint8Array(await crypto.subtle.digest('SHA-256', bytes)))
    const key = await crypto.subtle.importKey('raw', sha256(bytes).buffer as ArrayBuffer, { name: 'HMAC', hash: 'SHA-256' }, false, ['sign'])
    const words = new Hmac(sha256(bytes)).words(bytes)
    const expected = new DataView(await crypto.subtle.sign('HMAC', key, bytes))
    expect([...words]).toEqual(Array.from({ length: 8 }, (_, i) => expected.getUint32(4 * i)))
  }
})

test('the vectors of the draw come out', async () => {
  const pool = (vector.poolText as string).trim().split('\n').map(line => line.split('|'))
    .map(([id, kind, weight]) => ({ id: id!, class: kind!, weight: Number(weight), stratum: null, weightBasis: null }))
  expect(poolHash(pool)).toBe(vector.poolHash)
  expect(sha256Hex(unhex(vector.serverSecretHex))).toBe(vector.commitment)
  const seed = sha256(new TextEncoder().encode(`SSF-DRAW-v1\n${vector.drawId}\n${vector.poolHash}\n${vector.serverSecretHex}\n${vector.publicEntropy}`))
  expect(sha256Hex(`SSF-DRAW-v1\n${vector.drawId}\n${vector.poolHash}\n${vector.serverSecretHex}\n${vector.publicEntropy}`)).toBe(vector.seedHex)
  const terms = { drawId: vector.drawId, planId: '', scenarioVersion: '', operator: '', winners: 3, alternates: 2, uniformPercent: 0, stratumShares: null, atLeastPerStratum: 0 }
  const outcome = await drawAgain(terms, pool, seed, breath)
  expect(outcome.order.map(r => r.id)).toEqual(vector.ticketMethod.order)
  expect(Object.fromEntries(outcome.order.map(r => [r.id, r.score]))).toEqual(vector.ticketMethod.winningTickets)
  expect(outcome.winners.map(w => w.id)).toEqual(vector.ticketMethod.first3)
  expect(outcome.alternates.map(w => w.id)).toEqual(vector.ticketMethod.alternates)
  for (const [department, order] of Object.entries(vector.inspectorOrderForFirstTarget as Record<string, string[]>)) {
    expect(officerOrder(new Hmac(seed), vector.drawId, 'T002', department, [...order].sort()).map(o => o.officerId)).toEqual(order)
  }
  expect(byTicket(new Hmac(seed), [], String, String)).toEqual([])
})

test.each(files)('a record of the service is intact: %s', async name => {
  const { intact, problems, checked } = await verifyDraw(recordOf(name))
  expect(problems).toEqual([])
  expect(intact).toBe(true)
  expect(checked).toBeGreaterThan(5)
})

test('another layout of the same record is the same record', async () => {
  expect((await verifyDraw('\ufeff' + JSON.stringify(JSON.parse(recordOf('weighted')), null, 2))).problems).toEqual([])
})

/** Every field of a record, of lists the first two entries and the last. */
function* forgeries(value: unknown, path: (string | number)[] = []): Generator<(string | number)[]> {
  if (Array.isArray(value)) for (const i of new Set([0, 1, value.length - 1])) yield* forgeries(value[i], [...path, i])
  else if (typeof value === 'object' && value !== null) for (const [name, item] of Object.entries(value)) yield* forgeries(item, [...path, name])
  // Changes that are missing at the end leave no trace in the file itself: its published hash tells, see below.
  if (value !== undefined && path.length > 0 && path.join() !== 'substitutions') yield path
}

function forged(value: unknown): unknown {
  if (typeof value === 'number') return value + 1
  if (typeof value === 'boolean') return !value
  if (value === null) return 'x'
  if (Array.isArray(value)) return value.length > 0 ? value.slice(1) : undefined
  if (typeof value === 'object') return null
  const said = value as string
  if (/^\d{4}-\d\d-\d\d/.test(said)) return said.replace(/^\d{4}/, year => String(Number(year) + 1))
  return /^[0-9a-f]{64}$/.test(said) ? (said[0] === '0' ? '1' : '0') + said.slice(1) : said + '1'
}

test.each(files)('whatever is changed is found, each field and each list: %s', async name => {
  const original = recordOf(name)
  let tried = 0
  for (const path of forgeries(JSON.parse(original))) {
    const doctored = JSON.parse(original)
    let holder = doctored
    for (const step of path.slice(0, -1)) holder = holder[step]
    const last = path.at(-1)!
    const other = forged(holder[last])
    if (other === undefined) continue
    holder[last] = other
    tried++
    expect((await verifyDraw(JSON.stringify(doctored))).intact, path.join('.')).toBe(false)
  }
  expect(tried).toBeGreaterThan(150)
}, 60_000)

const doctorings: [string, (r: DrawRecord) => void, string][] = [
  ['a target removed from the roster', r => r.pool.shift(), 'pool'],
  ['a weight raised', r => { r.pool[0]!.weight++ }, 'pool'],
  ['an exclusion removed', r => { r.exclusions = [] }, 'exclusions'],
  ["an officer's certificate renewed", r => { r.officers[0]!.certificateValidTo = '2030-01-01' }, 'officers'],
  ['another secret', r => { r.secret = '7'.repeat(64) }, 'secret'],
  ['another public value', r => { r.publicValue.text = '又一期' }, 'seed'],
  ['two rows of the order exchanged', r => { r.order.splice(0, 2, r.order[1]!, r.order[0]!) }, 'order[0]'],
  ['a score changed', r => { r.order[3]!.score = '0'.repeat(64) }, 'order[3]'],
  ['another winner', r => { r.winners[0]!.id = 'T001' }, 'winners[0]'],
  ['another alternate', r => { r.alternates[1]!.id = 'T001' }, 'alternates[1]'],
  ['another officer sent', r => { r.teams[1]!.departments[0]!.members[0] = 'CUL99' }, 'teams[1]'],
  ['a public value known at the very commitment', r => { r.publicValue.knownAt = r.commitment.committedAt }, 'publicValue.knownAt'],
  ['more drawn than committed', r => { r.commitment.terms.winners = 2 }, 'winners[2]'],
  ['a reason put in later', r => { r.substitutions[0]!.reason = '别的' }, 'substitutions[0]'],
  ['a change removed', r => r.substitutions.shift(), 'substitutions[0]'],
  ['changes exchanged', r => { r.substitutions.reverse() }, 'substitutions[0]'],
  ['who operated it', r => { r.commitment.terms.operator = '别人' }, 'hash'],
  ['a member that no record has', r => { Object.assign(r, { note: '官方核验通过' }) }, 'note'],
  ['a member left out', r => { delete (r as Partial<DrawRecord>).exclusions }, 'exclusions'],
]

test.each(doctorings)('the first place is named: %s', async (_, doctor, place) => {
  const record = JSON.parse(recordOf('weighted')) as DrawRecord
  doctor(record)
  const { problems } = await verifyDraw(JSON.stringify(record))
  expect(problems[0]!.place).toBe(place)
  expect(problems[0]!.said[0]).toMatch(/[\u4e00-\u9fff]/)
  expect(problems[0]!.said[1]).toMatch(/^[^\u4e00-\u9fff]*([“].*[”][^\u4e00-\u9fff]*)*$/)
})

test('a record written anew as a whole differs from what was published', async () => {
  const own = JSON.parse(recordOf('weighted')) as DrawRecord
  const { terms, commitment, poolHash, exclusionsHash, committedAt, algorithm } = own.commitment
  const published: Published = {
    drawId: terms.drawId, algorithm, commitment, poolHash, exclusionHash: exclusionsHash, committedAt, publicValue: own.publicValue.text, recordSha256: sha256Hex(recordOf('weighted')),
  }
  expect((await verifyDraw(recordOf('weighted'), published)).problems).toEqual([])
  const places = (await verifyDraw(recordOf('uniform'), published)).problems.map(p => p.place)
  expect(places).toContain('commitment.exclusionsHash')
  expect(places).toContain('$')
  const cut = JSON.stringify({ ...own, substitutions: own.substitutions.slice(0, 1) })
  expect((await verifyDraw(cut)).intact).toBe(true)
  expect((await verifyDraw(cut, published)).problems.map(p => p.place)).toEqual(['$'])
  for (const field of ['drawId', 'algorithm', 'commitment', 'poolHash', 'exclusionHash', 'publicValue', 'recordSha256'] as const) {
    expect((await verifyDraw(recordOf('weighted'), { ...published, [field]: 'x' })).intact, field).toBe(false)
  }
})

test.each(['', 'null', '{}', '[1,2,3]', '7', '{"format":', '['.repeat(100_000), '{"__proto__":{"format":"ssf-draw-record/1"}}'])('what is no record is said to be none: %.20s', async text => {
  const { intact, problems } = await verifyDraw(text)
  expect(intact).toBe(false)
  expect(problems).toHaveLength(1)
})

test('what cannot be read as text is no record', async () => {
  expect((await verifyDraw(Uint8Array.of(0xff, 0xfe, 0x00))).problems[0]!.place).toBe('$')
})
