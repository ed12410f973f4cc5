// The rosters of a draw: what may stand in them, and the hashes that were published before anybody could know the result.
import { escaped, linesHash, ordinal } from './canonical'
import type { Report } from './problem'
import type { Candidate, DrawRecord, Exclusion, Officer } from './record'

export function poolHash(sorted: readonly Candidate[]): string {
  return linesHash(sorted.map(c => [c.id, c.class, c.weight, ...(c.stratum === null ? [] : [c.stratum])].join('|') + '\n'))
}

export function exclusionsHash(exclusions: readonly Exclusion[]): string {
  return linesHash(exclusions.map(e => [e.id, e.code, e.reason, e.evidence].map(escaped).join('|') + '\n').sort(ordinal))
}

export function officersHash(officers: readonly Officer[]): string {
  const joined = (values: readonly string[]) => [...values].sort(ordinal).map(escaped).join(',')
  return linesHash(officers.map(o => [
    escaped(o.id), escaped(o.department), escaped(o.certificateNumber ?? ''), o.certificateValidTo ?? '', joined(o.fields), escaped(o.town ?? ''), escaped(o.group ?? ''),
    o.onLeave ? 'leave' : '', o.suspended ? 'suspended' : '', joined(o.conflicts), joined(o.lastVisited), o.load, o.largestLoad,
  ].join('|') + '\n').sort(ordinal))
}

/** Finds what no draw may be made with; returns whether it can be drawn again. */
export function checkRosters({ commitment, pool, officers, teamPlan }: DrawRecord, sorted: readonly Candidate[], report: Report): boolean {
  let sound = true
  const refuse = (place: string, chinese: string, english: string) => {
    sound = false
    report(place, chinese, english)
  }
  const { terms } = commitment
  const within = (value: number, least: number, most: number) => value >= least && value <= most
  if (!isName(terms.drawId, 128)) refuse('commitment.terms.drawId', '抽取编号不合规。', 'The id of the draw is not acceptable.')
  if (!within(terms.winners, 1, 10_000_000)) refuse('commitment.terms.winners', '抽取数应为1以上的整数。', 'The number to draw must be 1 or more.')
  if (!within(terms.alternates, 0, 1_000_000)) refuse('commitment.terms.alternates', '递补数应为0以上的整数。', 'The number of alternates must be 0 or more.')
  if (!within(terms.uniformPercent, 0, 100)) refuse('commitment.terms.uniformPercent', '均等抽取比例应为0至100。', 'The uniform share must be 0 to 100.')
  if (!within(terms.atLeastPerStratum, 0, 1_000_000)) refuse('commitment.terms.atLeastPerStratum', '每层最低数应为0以上的整数。', 'The least of each stratum must be 0 or more.')
  if (!Object.values(terms.stratumShares ?? {}).every(share => within(share, 1, 1000))) refuse('commitment.terms.stratumShares', '各层份额应为1至1000。', 'The share of a stratum must be 1 to 1000.')
  if (pool.length === 0) refuse('pool', '没有可抽取的对象。', 'There is nobody to draw.')
  const odd = sorted.find((c, i) => !isName(c.id, 128) || !isName(c.class, 64) || (c.stratum !== null && !isName(c.stratum, 64))
    || !within(c.weight, 1, 64) || c.id === sorted[i - 1]?.id || (c.stratum === null) !== (sorted[0]!.stratum === null))
  if (odd) {
    refuse(`pool[${pool.indexOf(odd)}]`, `对象“${odd.id}”的编号、类别、分层或权重（1至64）不合规，或者重复出现。`, `Target “${odd.id}”: id, class, stratum or weight (1 to 64) is not acceptable, or it stands twice.`)
  } else if (pool.length > 0 && sorted[0]!.stratum !== null) {
    const strata = new Map<string, number>()
    for (const c of sorted) strata.set(c.stratum!, (strata.get(c.stratum!) ?? 0) + 1)
    const least = [...strata.values()].reduce((sum, size) => sum + Math.min(size, terms.atLeastPerStratum), 0)
    if (least > Math.min(terms.winners, pool.length)) refuse('commitment.terms.atLeastPerStratum', '抽取数不足以满足每层最低数。', 'Too few are drawn for the least of each stratum.')
  }
  if (teamPlan === null) return sound
  const ids = new Set(officers.map(o => o.id))
  if (ids.size < officers.length || !officers.every(o => isName(o.id, 128))) refuse('officers', '执法人员编号不合规或者重复。', 'The id of an officer is not acceptable or stands twice.')
  if (new Set(teamPlan.needs.map(n => n.department)).size < teamPlan.needs.length || !teamPlan.needs.every(n => isName(n.department, 64) && n.count >= 2)) {
    refuse('teamPlan.needs', '同一部门列出两次，或者少于两名执法人员（行政处罚法第四十二条）。', 'A department stands twice, or sends fewer than two officers.')
  }
  return sound
}

/** Without a bar, control characters or surrogates, so that no line can be read in two ways. */
function isName(name: string, longest: number): boolean {
  return name.length >= 1 && name.length <= longest && !/[|\p{Cc}\ud800-\udfff]/u.test(name) && !/[\u{10000}-\u{10ffff}]/u.test(name)
}
