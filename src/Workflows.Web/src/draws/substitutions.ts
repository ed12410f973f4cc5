// Later changes to a draw: each chained to what stood before, each naming the next alternate and nobody else.
import type { Breath } from './drawing'
import type { Report } from './problem'
import { substitutionHash, teamForm, type DrawRecord, type Substitution, type Team } from './record'
import { canonicalJson } from './canonical'
import { matchTeams } from './teams'

/** Follows the changes of a record whose core was found sound; stops at the first that is not. */
export async function checkSubstitutions(given: DrawRecord, seed: Uint8Array, report: Report, breath: Breath): Promise<void> {
  const standing = new Standing(given)
  let previous = given.hash
  for (const [i, entry] of given.substitutions.entries()) {
    const place = `substitutions[${i}]`
    if (entry.sequence !== i + 1 || entry.previousHash !== previous) {
      report(place, '与前一条更换记录不衔接：有记录被删除、插入或调换。', 'It does not follow the change before it: one was removed, added or moved.')
      return
    }
    if (substitutionHash(entry) !== entry.hash) {
      report(place, '更换记录在登记后被改动。', 'This change was altered after it had been entered.')
      return
    }
    if (!entry.reason.trim() || !entry.approvedBy.trim() || entry.approvedBy === entry.requestedBy) {
      report(place, '更换应写明理由，并由申请人以外的人批准。', 'A change needs a reason and the approval of somebody else than who asked.')
      return
    }
    const next = entry.department === null ? standing.nextTarget(entry) : standing.nextOfficer(entry)
    if (next === null) {
      report(place, `“${entry.out}”不在抽取结果中，或者没有可递补的人选。`, `“${entry.out}” was not among the drawn, or nobody was left to take the place.`)
      return
    }
    if (next !== entry.in) {
      report(place, `递补人选应为“${next}”，记录为“${entry.in}”。`, `The next in line is “${next}”; the record has “${entry.in}”.`)
      return
    }
    if (!sameTeam(entry.team, await teamOf(given, entry, seed, breath))) {
      report(`${place}.team`, '递补对象的检查组与重算结果不一致。', 'The team of the target that came in differs from the one computed again.')
      return
    }
    standing.apply(entry)
    previous = entry.hash
  }
}

/** The canonical JSON of two teams is the same, or there is none of both. */
export function sameTeam(a: Team | null, b: Team | null): boolean {
  return a === null || b === null ? a === b : canonicalJson(a, teamForm) === canonicalJson(b, teamForm)
}

async function teamOf({ commitment, teamPlan, officers }: DrawRecord, entry: Substitution, seed: Uint8Array, breath: Breath): Promise<Team | null> {
  const target = entry.department === null ? teamPlan?.targets.find(t => t.id === entry.in) : undefined
  return target && teamPlan ? (await matchTeams(seed, commitment.terms.drawId, [target], teamPlan, officers, breath))[0]! : null
}

/** Who is drawn and who stands by, as far as the changes have been followed. */
class Standing {
  private readonly targets: string[]
  private readonly used = new Set<string>()
  private readonly teams: Map<string, Map<string, { members: string[], alternates: string[] }>>

  constructor(private readonly given: DrawRecord) {
    this.targets = given.winners.map(w => w.id)
    this.teams = new Map(given.teams.map(team => [team.targetId, membersOf(team)]))
  }

  nextTarget(entry: Substitution): string | null {
    if (!this.targets.includes(entry.out) || entry.targetId !== entry.out) return null
    const stratum = this.given.pool.find(c => c.id === entry.out)?.stratum ?? null
    return this.given.alternates.find(a => a.stratum === stratum && !this.used.has(a.id))?.id ?? null
  }

  nextOfficer(entry: Substitution): string | null {
    // The service looks through the departments in their order; ids of officers stand in one department only.
    const team = this.teams.get(entry.targetId)?.get(entry.department!)
    return team?.members.includes(entry.out) ? team.alternates[0] ?? null : null
  }

  apply(entry: Substitution): void {
    if (entry.department === null) {
      this.targets[this.targets.indexOf(entry.out)] = entry.in
      this.used.add(entry.in)
      if (entry.team) this.teams.set(entry.in, membersOf(entry.team))
      return
    }
    const team = this.teams.get(entry.targetId)!.get(entry.department)!
    team.members[team.members.indexOf(entry.out)] = entry.in
    team.alternates = team.alternates.filter(id => id !== entry.in)
  }
}

function membersOf(team: Team) {
  return new Map(team.departments.map(d => [d.department, { members: [...d.members], alternates: [...d.alternates] }]))
}
