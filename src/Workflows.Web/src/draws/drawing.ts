// The draw itself, computed again: the smallest hashed ticket first. Integers only.
import { ordinal } from './canonical'
import type { Candidate, Drawn, Quota, Row, Terms } from './record'
import { Hmac } from './sha256'

export interface Outcome { order: Row[], uniformOrder: Row[], quotas: Quota[], winners: Drawn[], alternates: Drawn[] }

/** Called now and then during a long computation; it may give way to the page. */
export type Breath = (share: number) => Promise<void>

const encoder = new TextEncoder()
const TICKETS_PER_BREATH = 4000

/** Draws from candidates in ordinal order of ids. */
export async function drawAgain(terms: Terms, pool: readonly Candidate[], seed: Uint8Array, breath: Breath): Promise<Outcome> {
  const hmac = new Hmac(seed)
  return pool.length > 0 && pool[0]!.stratum !== null ? stratified(terms, pool, hmac, breath) : unstratified(terms, pool, hmac, breath)
}

/** The place of officers (or of anything named) by one ticket each, the best first. */
export function byTicket<T>(hmac: Hmac, items: readonly T[], label: (item: T) => string, id: (item: T) => string): { item: T, score: string }[] {
  return items.map(item => ({ item, score: hexOf(hmac.words(encoder.encode(label(item)))) }))
    .sort((a, b) => ordinal(a.score, b.score) || ordinal(id(a.item), id(b.item)))
}

async function unstratified(terms: Terms, pool: readonly Candidate[], hmac: Hmac, breath: Breath): Promise<Outcome> {
  const order = await orderOf(pool, 'target|', null, hmac, breath)
  const wanted = Math.min(terms.winners, order.length)
  const equal = Number((BigInt(wanted) * BigInt(terms.uniformPercent) + 99n) / 100n)
  const uniformOrder = equal === 0 ? []
    : byTicket(hmac, pool, c => `uniform|${c.id}`, c => c.id).slice(0, equal).map(({ item, score }, i): Row => ({ rank: i + 1, id: item.id, score, stratum: null }))
  const winners = uniformOrder.map((row): Drawn => ({ id: row.id, by: 'uniform', stratum: null }))
  const taken = new Set(winners.map(w => w.id))
  const rest = order.filter(row => !taken.has(row.id)).map((row): Drawn => ({ id: row.id, by: 'weighted', stratum: null }))
  const weighted = wanted - winners.length
  return {
    order, uniformOrder, quotas: [], winners: [...winners, ...rest.slice(0, weighted)], alternates: rest.slice(weighted, weighted + terms.alternates),
  }
}

async function stratified(terms: Terms, pool: readonly Candidate[], hmac: Hmac, breath: Breath): Promise<Outcome> {
  const strata = grouped(pool)
  const sizes = new Map([...strata].map(([name, members]) => [name, members.length]))
  const quotas = distribute(terms.winners, sizes, new Map(Object.entries(terms.stratumShares ?? {})), terms.atLeastPerStratum)
  const outcome: Outcome = { order: [], uniformOrder: [], quotas, winners: [], alternates: [] }
  for (const { stratum, quota } of quotas) {
    const order = await orderOf(strata.get(stratum)!, `target|${stratum}|`, stratum, hmac, breath)
    const names = order.slice(0, quota + terms.alternates).map((row): Drawn => ({ id: row.id, by: 'weighted', stratum }))
    outcome.order = outcome.order.concat(order)
    outcome.winners = outcome.winners.concat(names.slice(0, quota))
    outcome.alternates = outcome.alternates.concat(names.slice(quota))
  }
  return outcome
}

function grouped(pool: readonly Candidate[]): Map<string, Candidate[]> {
  const strata = new Map<string, Candidate[]>()
  for (const c of pool) {
    const members = strata.get(c.stratum!)
    if (members) members.push(c)
    else strata.set(c.stratum!, [c])
  }
  return strata
}

async function orderOf(candidates: readonly Candidate[], label: string, stratum: string | null, hmac: Hmac, breath: Breath): Promise<Row[]> {
  const scored: { id: string, score: string }[] = []
  let tickets = 0
  for (const [i, candidate] of candidates.entries()) {
    let best = ''
    for (let j = 1; j <= candidate.weight; j++) {
      const score = hexOf(hmac.words(encoder.encode(`${label}${candidate.id}|${j}`)))
      if (best === '' || score < best) best = score
    }
    scored.push({ id: candidate.id, score: best })
    tickets += candidate.weight
    if (tickets >= TICKETS_PER_BREATH) {
      tickets = 0
      await breath(i / candidates.length)
    }
  }
  return scored.sort((a, b) => ordinal(a.score, b.score) || ordinal(a.id, b.id)).map((s, i): Row => ({ rank: i + 1, id: s.id, score: s.score, stratum }))
}

function hexOf(words: Uint32Array): string {
  let text = ''
  for (const word of words) text += word.toString(16).padStart(8, '0')
  return text
}

/** Winners of each stratum by largest remainders; equal remainders go to the name that is first. */
export function distribute(winners: number, sizes: ReadonlyMap<string, number>, shares: ReadonlyMap<string, number>, atLeast: number): Quota[] {
  const names = [...sizes.keys()].sort(ordinal)
  const size = (name: string) => sizes.get(name)!
  const weight = (name: string) => BigInt(size(name)) * BigInt(shares.get(name) ?? 1)
  const quota = new Map(names.map(name => [name, Math.min(atLeast, size(name))]))
  const all = names.reduce((sum, name) => sum + size(name), 0)
  const toShare = Math.max(0, Math.min(winners, all) - [...quota.values()].reduce((sum, q) => sum + q, 0))
  for (let left = toShare; left > 0;) {
    const open = names.filter(name => quota.get(name)! < size(name))
    const total = open.reduce((sum, name) => sum + weight(name), 0n)
    const parts = open.map(name => ({ name, exact: BigInt(left) * weight(name) }))
    let rest = left
    for (const { name, exact } of parts) {
      const whole = exact / total
      const room = size(name) - quota.get(name)!
      const given = whole < BigInt(room) ? Number(whole) : room
      quota.set(name, quota.get(name)! + given)
      rest -= given
    }
    const next = parts.filter(p => quota.get(p.name)! < size(p.name))
      .sort((a, b) => (a.exact % total === b.exact % total ? ordinal(a.name, b.name) : a.exact % total > b.exact % total ? -1 : 1)).slice(0, rest)
    for (const { name } of next) quota.set(name, quota.get(name)! + 1)
    left = rest - next.length
  }
  const denominator = names.reduce((sum, name) => sum + weight(name), 0n)
  return names.map(name => ({
    stratum: name, size: size(name), share: shares.get(name) ?? 1, exactNumerator: (BigInt(toShare) * weight(name)).toString(),
    exactDenominator: denominator.toString(), quota: quota.get(name)!,
  }))
}
