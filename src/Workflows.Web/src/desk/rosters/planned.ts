// What a change of a roster that is to come will change, in words.
import { say } from '../../language/language'
import { day, today } from '../words/dates'
import { word } from '../words/words'

const NAMES: Record<string, () => string> = {
  name: () => say('名称', 'name'), address: () => say('地址', 'address'), status: () => say('状态', 'state'), phone: () => say('联系电话', 'telephone'), representative: () => say('负责人', 'in charge'),
  validTo: () => say('有效期至', 'valid to'), group: () => say('小组', 'group'), certificateValidTo: () => say('证件有效期至', 'certificate valid to'), largestLoad: () => say('任务上限', 'most open steps'), leaves: () => say('休假', 'leave'),
}

/** Beside the state of a row: from when it will be different. */
export function toCome(planned: readonly { from: string }[] | undefined): string {
  return planned?.length ? say(`（${day(planned[0]!.from)}起有修改）`, ` (changes on ${day(planned[0]!.from)})`) : ''
}

/** 状态：停业；有效期至：12月31日. */
export function plannedWords(fields: Record<string, unknown>): string {
  return Object.entries(fields).map(([name, value]) => `${NAMES[name]?.() ?? name}${say('：', ': ')}${valueWords(name, value)}`).join(say('；', '; '))
}

function valueWords(name: string, value: unknown): string {
  if (value === null || value === undefined || value === '') return say('清空', 'emptied')
  if (name === 'status') return word('roster', String(value))
  if (name === 'leaves') return (value as { from: string; to: string }[]).map(one => `${day(one.from)}—${day(one.to)}`).join(say('、', ', ')) || say('无', 'none')
  return name === 'validTo' || name === 'certificateValidTo' ? day(String(value)) : String(value)
}

/** 限制申请许可: how long whoever was stopped again and again may not apply; empty where nobody was, and after the last day. */
export const banned = (until?: string | null): string => (until && until >= today() ? say(`；至${until}不得申请许可（登记）`, `; may not apply for a licence until ${until}`) : '')
