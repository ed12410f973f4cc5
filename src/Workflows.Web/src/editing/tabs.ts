// The parts of the editor, and which data each shows.
import type { Said } from '../language/language'
import type { Members } from './fields'
import { stepsOf } from './places'
import { basicMembers } from './schema/basics'
import { departmentMembers } from './schema/departments'
import { itemMembers } from './schema/items'
import { lawMembers } from './schema/law'
import { documentMembers, limitMembers } from './schema/limits'
import { procedureMembers } from './schema/procedures'
import { ruleMembers } from './schema/rules'

export interface Tab {
  id: string
  label: Said
  file: 'scenario.json' | 'legal-bases.json'
  members: Members
}

export const tabs: Tab[] = [
  { id: 'departments', label: ['部门', 'Departments'], file: 'scenario.json', members: departmentMembers },
  { id: 'items', label: ['检查事项', 'Checklist'], file: 'scenario.json', members: itemMembers },
  { id: 'rules', label: ['规则与权重', 'Rules and weights'], file: 'scenario.json', members: { ...ruleMembers, ...procedureMembers } },
  { id: 'limits', label: ['时限与阶梯', 'Limits and ladders'], file: 'scenario.json', members: limitMembers },
  { id: 'documents', label: ['文书模板', 'Documents'], file: 'scenario.json', members: documentMembers },
  { id: 'law', label: ['法律依据', 'Law'], file: 'legal-bases.json', members: lawMembers },
  { id: 'basics', label: ['基本信息', 'Basics'], file: 'scenario.json', members: basicMembers },
]

/** All members of scenario.json, wherever they are shown. */
export const scenarioMembers: Members = Object.assign({}, ...tabs.filter(tab => tab.file === 'scenario.json').map(tab => tab.members))

/** The part that shows a place of a file. */
export function tabOf(file: string, place: string): Tab | undefined {
  if (file.startsWith('templates/')) return tabs.find(tab => tab.id === 'documents')
  const first = stepsOf(place)[0]
  return tabs.find(tab => tab.file === file && first !== undefined && first in tab.members) ?? tabs.find(tab => tab.file === file)
}
