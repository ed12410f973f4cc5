import { type Said, inWords, say } from '../../language/language'
import type { Answer, KitItem } from '../shapes'
import type { Lack } from './record'

const METHODS: Record<string, Said> = {
  Document: ['书面检查', 'Papers'], OnSite: ['实地核查', 'On site'], Interview: ['现场询问', 'Asking'], Sampling: ['抽样检测', 'Samples'], System: ['系统比对', 'Systems'], Image: ['影像核查', 'Pictures'],
}
const SEVERITIES: Record<string, Said> = { Minor: ['轻微', 'Minor'], General: ['一般', 'General'], Serious: ['严重', 'Serious'], Critical: ['重大', 'Critical'] }
const LACKS: Record<Lack, Said> = {
  answer: ['未作答', 'No answer'], facts: ['缺事实', 'Facts are missing'], photo: ['缺现场照片', 'A photograph is missing'], reason: ['缺未检查的原因', 'Reason is missing'],
  after: ['缺改正后照片', 'A photograph of after is missing'], minor: ['须先登记告知监护人和公安', 'Guardian and police have to be told first'],
  home: ['没有入户，不能认定符合', 'Nobody entered: it cannot be in order'],
  room: ['缺进入在住客房的依据', 'The ground on which the room was entered is missing'],
}

export const ANSWERS: { answer: Answer; look: string; key: keyof NonNullable<KitItem['wording']>; words: Said }[] = [
  { answer: '符合', look: 'pass', key: 'pass', words: ['符合', 'Met'] },
  { answer: '不符合', look: 'fail', key: 'fail', words: ['不符合', 'Not met'] },
  { answer: '不适用', look: 'none', key: 'notApplicable', words: ['不适用', 'N/A'] },
  { answer: '未检查', look: 'skip', key: 'notChecked', words: ['未检查', 'Not checked'] },
]

export function groupName(key: string): string {
  return key.startsWith('method:') ? methodName(key.slice(7)) : key
}
export function methodName(method: string): string {
  return METHODS[method] ? inWords(METHODS[method]) : method
}
export function severityName(severity: string): string {
  return SEVERITIES[severity] ? inWords(SEVERITIES[severity]) : severity
}
export function lackName(lack: Lack): string {
  return inWords(LACKS[lack])
}

/** The department's own word for an answer; the usual one in English. */
export function answerName(answer: Answer, item?: KitItem): string {
  const one = ANSWERS.find(entry => entry.answer === answer)!
  return say(item?.wording?.[one.key] ?? one.words[0], one.words[1])
}

/** 罚则 as the law has it; the service's words are Chinese. */
export function penaltyName(clause: string): string {
  const words: Record<string, Said> = {
    Direct: ['直接处罚', 'Penalty at once'], WarnAndCorrect: ['警告并责令改正', 'Warning and order'], CorrectFirst: ['责令改正，逾期（拒不）改正才处罚', 'Order first, penalty where it is not kept'], NoClause: ['无罚则', 'No penalty'],
  }
  return words[clause] ? inWords(words[clause]) : clause
}
