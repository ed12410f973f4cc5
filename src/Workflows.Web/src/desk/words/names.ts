// Names instead of codes: departments, towns, scenarios, people. Read once for the session.
import { reactive } from 'vue'
import { get } from '../../api/client'
import type { Shape } from '../../api/shapes'
import { roleWord } from '../../trials/words'
import { say } from '../../language/language'
import { all } from '../shell/loading'

interface Names {
  departments: Record<string, string>
  towns: Record<string, string>
  scenarios: Record<string, string>
  /** District by its code. */
  districts: Record<string, string>
}

export const names = reactive<Names>({ departments: {}, towns: {}, scenarios: {}, districts: {} })

let reading: Promise<void> | undefined

export function readNames(): Promise<void> {
  reading ??= (async () => {
    const [departments, towns, scenarios] = await Promise.all([
      all<Shape<'Department'>>('/api/rosters/departments').catch(() => []),
      all<Shape<'Town'>>('/api/rosters/towns').catch(() => []),
      get<Shape<'ScenarioHead'>[]>('/api/scenarios').catch(() => []),
    ])
    for (const town of towns) {
      names.towns[town.code] = town.name
      names.districts[town.district] = town.districtName
    }
    // A town's own organ goes by the code of all towns.
    for (const one of departments.filter(one => one.district.length <= 6)) names.departments[one.code] = shortName(one.name, names.districts[one.district])
    for (const one of scenarios) names.scenarios[one.code] = one.name
  })()
  return reading
}

/** A department's name without the city and district that everybody knows. */
export function shortName(name: string, district: string | undefined): string {
  const at = district ? name.indexOf(district) : -1
  return at >= 0 && name.length > at + district!.length ? name.slice(at + district!.length) : name
}

export function department(code: string | null | undefined): string {
  return code ? (names.departments[code] ?? code) : ''
}

export function town(code: string | null | undefined): string {
  return code ? (names.towns[code] ?? names.districts[code] ?? code) : ''
}

export function scenario(code: string | null | undefined): string {
  return code ? (names.scenarios[code] ?? code) : ''
}

/** Who has to act, or is told: `department:HEA`, `department:HEA/role:…`, `party:…`, `role:…`, `officers`, an officer, the clock. */
export function holder(who: string | null | undefined): string {
  if (!who) return ''
  if (who === 'clock') return say('系统时钟', 'the clock')
  if (who === 'officers') return say('检查组成员', 'members of the team')
  const slash = who.indexOf('/')
  if (slash > 0) {
    const unit = department(who.slice(0, slash).replace('department:', ''))
    return say(`${unit}${holder(who.slice(slash + 1))}`, `${unit}, ${holder(who.slice(slash + 1))}`)
  }
  const [kind, name] = who.includes(':') ? [who.slice(0, who.indexOf(':')), who.slice(who.indexOf(':') + 1)] : ['', who]
  if (kind === 'party') return say('当事人', 'the party')
  if (kind === 'department') return department(name)
  if (kind === 'role') return name === 'leader' ? say('分管领导', 'the leader in charge') : roleWord(name)
  return officerWord(name)
}

/** An officer by the department that the id begins with: `CUL-02` → 文化广电旅游体育局02号. */
export function officerWord(id: string): string {
  const [code, number] = id.split('-')
  return code && number && names.departments[code] ? say(`${department(code)}${number}号执法员`, `${department(code)} officer ${number}`) : id
}
