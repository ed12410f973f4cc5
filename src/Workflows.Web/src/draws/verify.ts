// Verifies the record of a draw in the browser, without the service: what was fixed before anybody could know the result is what was drawn with, and drawing
// again gives the same order, winners, teams and later changes. The same checks as the service's own `draw verify`.
import { canonicalJson, flaw, maybe, ordinal, record, text, ticks, whole, type Form } from './canonical'
import { drawAgain, type Breath, type Outcome } from './drawing'
import type { Problem, Report } from './problem'
import { ALGORITHM, coreHash, FORMAT, recordForm, type DrawRecord } from './record'
import { checkRosters, exclusionsHash, officersHash, poolHash } from './rosters'
import { sha256Hex, unhex } from './sha256'
import { checkSubstitutions, sameTeam } from './substitutions'
import { matchTeams } from './teams'

export type { Problem } from './problem'
export type { DrawRecord } from './record'

/** Largest file that is read, in bytes. */
export const LARGEST_RECORD = 64 << 20

/** What was published of a draw, as `GET /api/public/draws/{planId}` gives it. */
export interface Published {
  drawId: string, algorithm: string, commitment: string, poolHash: string, exclusionHash: string, committedAt: string
  publicValue?: string | null, recordSha256?: string
}

export interface Verification {
  /** True if nothing was found. */
  intact: boolean
  /** What was found, the most telling first. */
  problems: Problem[]
  /** Rows of the order that were computed again. */
  checked: number
  /** SHA-256 of the file. */
  fileSha256: string
  /** The record, where it could be read. */
  record: DrawRecord | null
}

/** Verifies a record. @param given the file, or its text. @param published what was published of the draw, to compare. */
export async function verifyDraw(given: string | Uint8Array, published?: Published, breath: Breath = nothing): Promise<Verification> {
  const problems: Problem[] = []
  const report: Report = (place, chinese, english) => problems.push({ place, said: [chinese, english] })
  const fileSha256 = sha256Hex(given)
  const found = read(given, report)
  if (found) {
    if (published) comparePublished(found, published, report)
    await check(found, report, breath)
    // Last, for it says only that something differs.
    if (published?.recordSha256 !== undefined && published.recordSha256 !== fileSha256) {
      report('$', `文件的摘要与公布的不一致：公布 ${published.recordSha256}，文件 ${fileSha256}。`, `The hash of the file is not the one that was published: ${published.recordSha256} there, ${fileSha256} here.`)
    }
  }
  return { intact: problems.length === 0, problems, checked: found?.order.length ?? 0, fileSha256, record: found }
}

/** Gives way to the page during a long computation, and tells how far it is. */
export function givingWay(progress: (share: number) => void): Breath {
  return share => new Promise(resolve => {
    progress(share)
    setTimeout(resolve)
  })
}

const nothing: Breath = () => Promise.resolve()

function read(given: string | Uint8Array, report: Report): DrawRecord | null {
  let value: unknown
  try {
    value = JSON.parse((typeof given === 'string' ? given : new TextDecoder('utf-8', { fatal: true }).decode(given)).replace(/^\ufeff/, ''))
  } catch {
    report('$', '不是有效的抽取记录，无法读取。', 'This is no record of a draw: it cannot be read.')
    return null
  }
  const place = flaw(value, recordForm)
  if (place !== null) {
    report(place, '缺少内容，或者内容不是抽取记录应有的，无法核验。', 'Something is missing here, or is not what a record of a draw holds: it cannot be verified.')
    return null
  }
  return value as DrawRecord
}

function comparePublished({ commitment, publicValue }: DrawRecord, published: Published, report: Report): void {
  const differs = (place: string, own: string, theirs: string, what: string, english: string) => {
    if (own !== theirs) report(place, `${what}与当时公布的不一致：公布 ${theirs}，记录 ${own}。`, `${english} is not the one that was published: ${theirs} there, ${own} in the record.`)
  }
  differs('commitment.terms.drawId', commitment.terms.drawId, published.drawId, '抽取编号', 'The id of the draw')
  differs('commitment.algorithm', commitment.algorithm, published.algorithm, '算法', 'The algorithm')
  differs('commitment.commitment', commitment.commitment, published.commitment, '密值承诺', 'The commitment')
  differs('commitment.poolHash', commitment.poolHash, published.poolHash, '名录摘要', 'The hash of the roster')
  differs('commitment.exclusionsHash', commitment.exclusionsHash, published.exclusionHash, '排除名单摘要', 'The hash of the exclusions')
  if (ticks(commitment.committedAt) !== ticks(published.committedAt)) {
    report('commitment.committedAt', `承诺时间与当时公布的不一致：公布 ${published.committedAt}。`, `The time of the commitment is not the one that was published, ${published.committedAt}.`)
  }
  if (typeof published.publicValue === 'string') differs('publicValue.text', publicValue.text, published.publicValue, '公共值', 'The public value')
}

async function check(given: DrawRecord, report: Report, breath: Breath): Promise<void> {
  const { commitment } = given
  if (given.format !== FORMAT || commitment.algorithm !== ALGORITHM) {
    report(given.format === FORMAT ? 'commitment.algorithm' : 'format', '不支持此记录格式或者算法。', 'This form of record or algorithm is not supported.')
    return
  }
  const pool = [...given.pool].sort((a, b) => ordinal(a.id, b.id))
  const sound = checkRosters(given, pool, report)
  if (poolHash(pool) !== commitment.poolHash) {
    report('pool', `对象名录或者权重在承诺后被改动：承诺 ${commitment.poolHash}，记录 ${poolHash(pool)}。`, `The targets or their weights were changed after the commitment: ${commitment.poolHash} there, ${poolHash(pool)} here.`)
  }
  if (exclusionsHash(given.exclusions) !== commitment.exclusionsHash) report('exclusions', '排除名单在承诺后被改动。', 'The exclusions were changed after the commitment.')
  if (officersHash(given.officers) !== commitment.officersHash) report('officers', '执法人员名录在承诺后被改动。', 'The roster of officers was changed after the commitment.')
  const excluded = new Set(given.exclusions.map(e => e.id))
  given.winners.forEach((w, i) => {
    if (excluded.has(w.id)) report(`winners[${i}]`, `已排除的对象“${w.id}”被抽中。`, `“${w.id}” was excluded and yet drawn.`)
  })
  if (ticks(commitment.committedAt)! >= ticks(given.publicValue.knownAt)!) {
    report('publicValue.knownAt', '公共值不晚于承诺产生，抽取人可能事先知道公共值。', 'The public value was known before the commitment, or with it: whoever drew may have known it.')
  }
  checkSeed(given, report)
  if (sound && /^[0-9a-f]{64}$/.test(given.seed)) await replay(given, pool, unhex(given.seed), report, breath)
  if (coreHash(given) !== given.hash) {
    report('hash', '记录摘要不符，记录在生成后被改动。', 'The hash of the whole record does not fit: it was changed after it had been made.')
  }
}

function checkSeed({ commitment, secret, publicValue, seed }: DrawRecord, report: Report): void {
  if (!/^[0-9a-f]{64}$/.test(secret)) {
    report('secret', '抽取密值应为64位十六进制数字。', 'The secret must be 64 hexadecimal digits.')
    return
  }
  if (sha256Hex(unhex(secret)) !== commitment.commitment) report('secret', '密值与承诺不符，密值或者承诺被更换。', 'The secret does not fit its commitment: one of them was exchanged.')
  if (sha256Hex(`${ALGORITHM}\n${commitment.terms.drawId}\n${commitment.poolHash}\n${secret}\n${publicValue.text}`) !== seed) {
    report('seed', '种子不能由抽取编号、名录摘要、密值和公共值算出，其中之一被改动。', 'The seed does not follow from the id of the draw, the hash of the roster, the secret and the public value: one of them was changed.')
  }
}

async function replay(given: DrawRecord, pool: DrawRecord['pool'], seed: Uint8Array, report: Report, breath: Breath): Promise<void> {
  const again = await drawAgain(given.commitment.terms, pool, seed, breath)
  let sound = true
  for (const name of ['order', 'uniformOrder', 'quotas', 'winners', 'alternates'] as const) {
    if (!compareList(name, again, given, report) && (name === 'winners' || name === 'alternates')) sound = false
  }
  sound = await checkTeams(given, seed, report, breath) && sound
  if (sound) await checkSubstitutions(given, seed, report, breath)
  else if (given.substitutions.length > 0) report('substitutions', '抽取结果与重算结果不一致，更换记录无从核验。', 'The result differs from the one computed again, so that later changes cannot be verified.')
}

const rowForms: { [name in keyof Outcome]: Form } = {
  order: record({ rank: whole, id: text, score: text, stratum: maybe(text) }),
  uniformOrder: record({ rank: whole, id: text, score: text, stratum: maybe(text) }),
  quotas: record({ stratum: text, size: whole, share: whole, exactNumerator: text, exactDenominator: text, quota: whole }),
  winners: record({ id: text, by: text, stratum: maybe(text) }),
  alternates: record({ id: text, by: text, stratum: maybe(text) }),
}

function compareList(name: keyof Outcome, again: Outcome, given: DrawRecord, report: Report): boolean {
  const [expected, actual] = [again[name], given[name]]
  const first = expected.findIndex((row, i) => i >= actual.length || canonicalJson(row, rowForms[name]) !== canonicalJson(actual[i], rowForms[name]))
  if (first < 0 && expected.length === actual.length) return true
  const at = first < 0 ? expected.length : first
  const shown = (row: object | undefined) => row === undefined ? ['无', 'nothing'] : [Object.values(row).filter(v => v !== null).join('，'), Object.values(row).filter(v => v !== null).join(', ')]
  const [should, is] = [shown(expected[at]), shown(actual[at])]
  report(`${name}[${at}]`, `第${at + 1}行应为“${should[0]}”，记录为“${is[0]}”。`, `Row ${at + 1} should be “${should[1]}”; the record has “${is[1]}”.`)
  return false
}

async function checkTeams(given: DrawRecord, seed: Uint8Array, report: Report, breath: Breath): Promise<boolean> {
  const { teamPlan: plan, teams } = given
  if (plan === null) {
    if (teams.length > 0) report('teams[0]', '没有派员方案却有检查组。', 'There are teams without a plan of what each department sends.')
    return teams.length === 0
  }
  const standing = [...given.winners, ...given.alternates].map(t => t.id)
  const wrong = standing.findIndex((id, i) => plan.targets[i]?.id !== id)
  if (wrong >= 0 || plan.targets.length !== standing.length) {
    report(`teamPlan.targets[${wrong >= 0 ? wrong : standing.length}]`, '派员对象与抽取结果不一致。', 'The targets that officers were matched to are not those that were drawn.')
    return false
  }
  const again = await matchTeams(seed, given.commitment.terms.drawId, plan.targets.slice(0, given.winners.length), plan, given.officers, breath)
  let same = true
  for (let i = 0; i < Math.max(again.length, teams.length); i++) {
    if (sameTeam(again[i] ?? null, teams[i] ?? null)) continue
    same = false
    report(`teams[${i}]`, `对象“${(again[i] ?? teams[i])!.targetId}”的检查组与重算结果不一致。`, `The team for “${(again[i] ?? teams[i])!.targetId}” differs from the one computed again.`)
  }
  return same
}

