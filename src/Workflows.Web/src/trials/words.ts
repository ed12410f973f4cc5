// What trials call things, as people read it.
import { say } from '../language/language'
import { FACTS } from './facts'
import type { Departure, LimitTotal, TrialProblem } from './trials'

const ROLES: Record<string, [string, string]> = {
  inspector: ['执法人员', 'inspector'], assistant: ['辅助人员', 'assistant'], 'department-head': ['部门负责人', 'head of department'], 'legal-reviewer': ['法制审核', 'legal reviewer'],
  supervisor: ['督办人', 'supervisor'], dispatcher: ['调度员', 'dispatcher'], 'publication-reviewer': ['公示审核', 'publication reviewer'], auditor: ['审计员', 'auditor'], party: ['当事人', 'party'],
  administrator: ['管理员', 'administrator'], analyst: ['分析员', 'analyst'], platform: ['外部平台', 'platform'],
}

const PROBLEMS: Record<string, [string, string]> = {
  incident: ['事故', 'Incidents'], refused: ['被规则拒绝的办理', 'Refused by the rules'], nobody: ['无人能办的步骤', 'Nobody can do it'], 'unknown-step': ['试运行不会办理的步骤', 'Steps people of a trial do not know'],
  'dead-letter': ['未送达的事件', 'Dead letters'], 'open-wait': ['结束时仍在等待', 'Still waiting at the end'], validation: ['妨碍发布的问题', 'Keep it from being published'], assumption: ['历史未载明、按常理补足', 'Assumed'],
}

const LIMITS: Record<LimitTotal['kind'], [string, string]> = { limit: ['时限', 'Limit'], rung: ['梯级', 'Rung'], task: ['任务到期', 'Due date of a step'] }

const DEPARTURES: Record<Departure['kind'], [string, string]> = {
  connection: ['同一出口通向别处', 'leads elsewhere'], port: ['走了另一个出口', 'left by another port'], missing: ['草稿没有走到', 'the draft did not come to it'], added: ['只有草稿走到', 'only the draft came to it'], wait: ['结束时停在别处', 'waits elsewhere at the end'],
}

function word(words: Record<string, [string, string]>, key: string): string {
  const found = words[key]
  return found ? say(...found) : key
}

export const roleWord = (role: string) => word(ROLES, role)
export const kindWord = (kind: string) => word(FACTS, kind)
export const problemWord = (kind: TrialProblem['kind']) => word(PROBLEMS, kind)
export const limitWord = (kind: LimitTotal['kind']) => word(LIMITS, kind)
export const departureWord = (kind: Departure['kind']) => word(DEPARTURES, kind)

export function stateWord(state: string): string {
  if (state === 'Closed') return say('已办结', 'closed')
  return state === 'AwaitingFiling' ? say('待归档', 'to be filed') : say('办理中', 'open')
}

/** Whoever is held or acts: department:CUL, party:…, role:…, clock. */
export function holder(who: string | undefined): string {
  if (!who) return say('未指明', 'nobody named')
  if (who === 'clock') return say('时钟', 'clock')
  const [kind, name] = [who.slice(0, who.indexOf(':')), who.slice(who.indexOf(':') + 1)]
  if (kind === 'party' || who === 'party') return say('当事人', 'party')
  if (kind === 'role') return roleWord(name)
  return name
}
