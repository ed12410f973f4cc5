// The kinds of difference, as headings.
import { say } from '../language/language'
import type { DefinitionChange } from './scenarios'

const ORDER = ['StepAdded', 'StepRemoved', 'StepChanged', 'Connection', 'TimeLimit', 'Responsible', 'Ladder', 'Input', 'Variable', 'Process']

export function headingOf(kind: string): string {
  switch (kind) {
    case 'StepAdded': return say('增加的步骤', 'Steps added')
    case 'StepRemoved': return say('删除的步骤', 'Steps removed')
    case 'StepChanged': return say('改动的步骤', 'Steps changed')
    case 'Connection': return say('连线', 'Connections')
    case 'TimeLimit': return say('时限', 'Time limits')
    case 'Responsible': return say('部门和角色', 'Departments and roles')
    case 'Ladder': return say('阶梯', 'Ladders')
    case 'Input': return say('其他输入', 'Other inputs')
    case 'Variable': return say('变量', 'Variables')
    default: return say('流程本身', 'The process itself')
  }
}

/** Changes by kind, in reading order. */
export function byKind(changes: DefinitionChange[]): { kind: string; changes: DefinitionChange[] }[] {
  return ORDER.map(kind => ({ kind, changes: changes.filter(change => change.kind === kind) })).filter(group => group.changes.length > 0)
}
