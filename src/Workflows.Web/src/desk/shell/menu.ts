// What stands in the menu for whom; the service decides what anybody may read or do.
import type { Said } from '../../language/language'

export interface MenuEntry {
  path: string
  title: Said
  /** One character, as a picture. */
  sign: string
  roles: string[]
  /** Departments whose people see it whatever their role. */
  departments?: string[]
}

const READERS = ['department-head', 'legal-reviewer', 'supervisor', 'dispatcher', 'publication-reviewer', 'auditor', 'inspector', 'assistant']

const MENU: MenuEntry[] = [
  { path: 'wall', title: ['督办墙', 'Wall'], sign: '督', roles: ['supervisor', 'dispatcher', 'department-head', 'auditor'] },
  { path: 'approvals', title: ['我的待办', 'My approvals'], sign: '批', roles: ['department-head', 'legal-reviewer', 'publication-reviewer', 'supervisor', 'dispatcher', 'inspector', 'assistant'] },
  { path: 'leads', title: ['线索', 'Leads'], sign: '线', roles: ['dispatcher', 'supervisor', 'department-head', 'auditor', 'inspector'] },
  { path: 'map', title: ['一图指挥', 'Map'], sign: '图', roles: ['dispatcher', 'supervisor', 'department-head'] },
  { path: 'cases', title: ['案件', 'Cases'], sign: '案', roles: READERS },
  { path: 'plans', title: ['计划与抽取', 'Plans and draws'], sign: '抽', roles: ['dispatcher', 'department-head', 'supervisor', 'auditor'] },
  { path: 'merges', title: ['综合查一次', 'One visit'], sign: '综', roles: ['dispatcher', 'department-head', 'supervisor', 'auditor'] },
  { path: 'transfers', title: ['移送与会商', 'Transfers'], sign: '移', roles: ['department-head', 'inspector', 'legal-reviewer', 'dispatcher', 'supervisor', 'auditor'] },
  { path: 'stuck', title: ['办不成事', 'Stuck matters'], sign: '办', roles: READERS.filter(role => role !== 'assistant') },
  { path: 'cards', title: ['预警与督办单', 'Cards and orders'], sign: '牌', roles: ['supervisor', 'dispatcher', 'department-head', 'auditor'] },
  { path: 'measures', title: ['统计指标', 'Measures'], sign: '数', roles: READERS },
  { path: 'subscriptions', title: ['阈值订阅', 'Subscriptions'], sign: '订', roles: ['supervisor', 'dispatcher', 'department-head'] },
  { path: 'rosters', title: ['名录与清单', 'Rosters'], sign: '录', roles: [...READERS, 'administrator'] },
  { path: 'estates', title: ['物居业协同', 'Estates'], sign: '居', roles: ['dispatcher', 'department-head'] },
  { path: 'forces', title: ['专班', 'Task forces'], sign: '专', roles: [...READERS, 'administrator'] },
  { path: 'evidence', title: ['证据互认', 'Shared evidence'], sign: '证', roles: READERS },
  { path: 'exchange', title: ['数据交换', 'Exchange'], sign: '换', roles: ['dispatcher', 'supervisor', 'auditor', 'administrator', 'analyst', 'platform'] },
  { path: 'evaluations', title: ['多方评价', 'Evaluations'], sign: '评', roles: ['supervisor', 'dispatcher', 'department-head', 'inspector', 'auditor'] },
  { path: 'oversight', title: ['执法监督', 'Oversight'], sign: '监', roles: ['auditor', 'supervisor', 'dispatcher'], departments: ['JUS'] },
  { path: 'deputies', title: ['代理', 'Deputies'], sign: '代', roles: ['department-head', 'dispatcher', 'supervisor', 'auditor', 'administrator'] },
  { path: 'users', title: ['账号', 'Accounts'], sign: '人', roles: ['administrator'] },
  { path: 'operations', title: ['运行', 'Operations'], sign: '运', roles: ['administrator', 'dispatcher'] },
]

/** A dispatcher begins with leads, who approves with what waits, everybody else in the order of the menu. */
const FIRST: Record<string, string> = { dispatcher: 'leads', 'department-head': 'approvals', 'legal-reviewer': 'approvals', 'publication-reviewer': 'approvals' }

/** @param own the roles of the person itself, which say where the day begins; `roles` may hold those of somebody for whom the person is deputy. */
export function menuOf(roles: string[], department?: string | null, own: string[] = roles): MenuEntry[] {
  const entries = MENU.filter(entry => entry.roles.some(role => roles.includes(role)) || (!!department && entry.departments?.includes(department)))
  const first = own.map(role => FIRST[role]).find(path => path !== undefined)
  return first ? [...entries.filter(entry => entry.path === first), ...entries.filter(entry => entry.path !== first)] : entries
}
