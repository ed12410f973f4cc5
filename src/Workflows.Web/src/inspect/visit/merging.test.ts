import { expect, test } from 'vitest'
import type { ItemResult, Section, SectionInWork } from '../shapes'
import { chosen, inServiceNames, mergeSections, settle } from './merging'
import { newDraft } from './record'

const result = (itemCode: string, answer: ItemResult['answer'], facts?: string, evidenceIds: string[] = []): ItemResult => ({ itemCode, answer, facts, evidenceIds })
const section = (items: ItemResult[]): Section => ({ department: 'FIR', items, signatures: [] })
const work = (items: ItemResult[], version = 3): SectionInWork => ({ section: section(items), version, at: '', by: '同事' })
const shot = (name: string) => ({ marked: `local:${name}`, sha256: '', at: '', place: '', title: '' })

test('two writers of one section: what one of them changed is taken, what both changed is shown and not chosen for them', () => {
  const base = section([result('A', '符合'), result('B', '符合'), result('C', '符合')])
  const mine = section([result('A', '不符合', '我写的'), result('B', '符合'), result('C', '不符合', '我看到的')])
  const theirs = section([result('A', '符合'), result('B', '不符合', '同事写的'), result('C', '不适用')])
  const merged = mergeSections(base, mine, theirs)
  expect(merged.section.items.slice(0, 2).map(one => one.facts)).toEqual(['我写的', '同事写的'])
  expect(merged.differences.map(one => [one.itemCode, one.mine?.answer, one.theirs?.answer])).toEqual([['C', '不符合', '不适用']])
})

test('without an earlier common version what only one of them answered is taken', () => {
  const merged = mergeSections(undefined, section([result('A', '符合')]), section([result('B', '不适用')]))
  expect(merged.section.items.map(one => one.itemCode).sort()).toEqual(['A', 'B'])
  expect(merged.differences).toEqual([])
})

test('photographs of both stay, whichever words are taken; one that somebody has left out stays out', () => {
  const base = section([result('A', '不符合', '坏了', ['e1', 'e2'])])
  const mine = section([result('A', '不符合', '坏了', ['e1', 'e2', 'e3'])])
  const theirs = section([result('A', '不符合', '坏了，已停用', ['e2', 'e4'])])
  const merged = mergeSections(base, mine, theirs)
  expect(merged.differences).toEqual([])
  expect(merged.section.items[0]).toMatchObject({ facts: '坏了，已停用', evidenceIds: ['e2', 'e3', 'e4'] })
  const clash = mergeSections(undefined, section([result('A', '不符合', '我写的', ['e1'])]), section([result('A', '不符合', '同事写的', ['e2'])]))
  expect(clash.differences).toHaveLength(1)
  for (const side of ['mine', 'theirs'] as const) expect(chosen(clash, { A: side }).items[0]!.evidenceIds.sort()).toEqual(['e1', 'e2'])
})

test('a photograph that was sent already is no other than the one on the phone', () => {
  const names = new Map([['local:1', 'e1']])
  const mine = inServiceNames(section([result('A', '不符合', '坏了', ['local:1'])]), names)
  expect(mergeSections(undefined, mine, section([result('A', '不符合', '坏了', ['e1'])])).section.items[0]!.evidenceIds).toEqual(['e1'])
})

test('a settled conflict brings the colleague’s photographs into the draft and takes out what was chosen to have no answer', () => {
  const draft = newDraft('c')
  const line = draft.line
  draft.answers = { A: { answer: '不符合', facts: '我写的', shots: [shot('1')] }, B: { answer: '符合', shots: [] }, C: { shots: [], facts: '写了一半' } }
  draft.handedIn = 'then'
  draft.signatures = [{ officerId: 'o', name: '甲', certificateNumber: 'Z', at: '', picture: 'local:s', over: 'm' }]
  draft.party = { ...draft.party, signedAt: 'then', picture: 'local:p', over: 'm' }
  const names = new Map([['local:1', 'e1']])
  const mine = inServiceNames(section([result('A', '不符合', '我写的', ['local:1']), result('B', '符合')]), names)
  const theirs = work([result('A', '不符合', '同事写的', ['e1', 'e9'])])
  const merged = mergeSections(section([result('B', '不适用')]), mine, theirs.section)
  expect(merged.differences.map(one => [one.itemCode, one.theirs?.answer])).toEqual([['A', '不符合'], ['B', undefined]])
  settle(draft, mine, chosen(merged, { A: 'theirs', B: 'theirs' }), theirs, names)
  expect(draft.answers['A']).toMatchObject({ facts: '同事写的', shots: [{ marked: 'local:1' }, { marked: 'e9' }] })
  expect(draft.answers['B']).toBeUndefined()
  // What was typed and not answered is nobody's conflict.
  expect(draft.answers['C']?.facts).toBe('写了一半')
  expect([draft.handedIn, draft.signatures, draft.party.signedAt, draft.party.picture]).toEqual([undefined, [], undefined, undefined])
  expect(draft.base).toBe(theirs)
  expect(draft.line).not.toBe(line)
})
