import { say } from '../../language/language'
import { type Members, isEntry, list, text } from '../fields'

const provision: Members = {
  law: { kind: 'text', most: 200, wide: true, label: ['法律、法规、规章', 'Law'] },
  documentNumber: { kind: 'text', most: 60, optional: 'drop', label: ['文号', 'Document number'] },
  article: { kind: 'number', least: 1, most: 9999, optional: 'drop', label: ['条', 'Article'] },
  paragraph: { kind: 'number', least: 1, most: 99, optional: 'drop', label: ['款', 'Paragraph'] },
  item: { kind: 'number', least: 1, most: 99, optional: 'drop', label: ['项', 'Item'] },
  effectiveFrom: { kind: 'date', label: ['施行日期', 'In force from'] },
  effectiveTo: { kind: 'date', optional: 'drop', label: ['失效日期', 'In force until'] },
  text: { kind: 'text', lines: 3, most: 2000, optional: 'drop', wide: true, label: ['条文', 'Text'] },
  verify: { kind: 'flag', optional: 'drop', label: ['待核对', 'To be checked'] },
  note: { kind: 'text', lines: 2, most: 2000, optional: 'drop', wide: true, label: ['核对什么', 'What is to be checked'] },
}

export const lawMembers: Members = {
  bases: {
    kind: 'list', wide: true, key: 'code', one: ['法律依据', 'legal basis'], label: ['法律依据', 'Legal bases'],
    summary: entry => `${text(entry['code'])} ${text(entry['title'])} · ${citation(list(entry['provisions']).at(-1))}`,
    fresh: () => ({ code: '', title: '', provisions: [{ law: '', article: 1, effectiveFrom: '' }] }),
    members: {
      code: { kind: 'text', most: 40, label: ['代码', 'Code'] },
      title: { kind: 'text', most: 200, label: ['事由', 'Subject'] },
      provisions: {
        kind: 'list', wide: true, key: 'effectiveFrom', one: ['条款', 'provision'], label: ['条款（按施行先后）', 'Provisions in order of time'], members: provision,
        summary: entry => `${citation(entry)} · ${entry['effectiveTo'] ? `${text(entry['effectiveFrom'])} — ${text(entry['effectiveTo'])}` : say(`${text(entry['effectiveFrom'])} 起`, `from ${text(entry['effectiveFrom'])}`)}`, fresh: () => ({ law: '', article: 1, effectiveFrom: '' }),
      },
      note: { kind: 'text', lines: 2, most: 2000, optional: 'drop', wide: true, label: ['备注', 'Note'] },
    },
  },
}

/** 《…》第…条第…款第…项, with figures. */
export function citation(provision: unknown): string {
  if (!isEntry(provision)) return ''
  const parts = [['article', '条'], ['paragraph', '款'], ['item', '项']].flatMap(([name, word]) => (provision[name!] ? [`第${text(provision[name!])}${word}`] : []))
  return `《${text(provision['law'])}》${parts.join('')}`
}
