import { expect, test } from 'vitest'
import { newDraft, type VisitDraft } from './record'
import { clearStale, marksOf } from './signing'

function signed(): VisitDraft {
  const draft = newDraft('c')
  draft.answers = { A: { answer: '符合', shots: [] } }
  draft.videos = ['V-1']
  draft.party = { ...draft.party, personName: '样例店长', capacity: '店长', statement: '无异议' }
  const marks = marksOf(draft)
  draft.signatures = ['o1', 'o2'].map(officerId => ({ officerId, name: officerId, certificateNumber: 'Z', at: '', picture: `local:${officerId}`, over: marks.section }))
  draft.party = { ...draft.party, signedAt: 'then', picture: 'local:p', over: marks.record }
  draft.handedIn = 'then'
  return draft
}
const state = (draft: VisitDraft) => [draft.signatures.length, draft.party.signedAt, draft.party.picture, draft.handedIn]

test('what was signed and has not changed stays signed, also after the page was opened again', () => {
  const draft = JSON.parse(JSON.stringify(signed())) as VisitDraft
  expect(clearStale(draft)).toEqual({ officers: false, party: false, pictures: [] })
  expect(state(draft)).toEqual([2, 'then', 'local:p', 'then'])
})

test.each([
  ['an answer', (draft: VisitDraft) => (draft.answers['A'] = { answer: '不符合', facts: '坏了', shots: [] })],
  ['a video', (draft: VisitDraft) => (draft.videos = [])],
])('%s that changes afterwards takes the signatures of officers and party away', (_, change) => {
  const draft = signed()
  change(draft)
  expect(clearStale(draft)).toEqual({ officers: true, party: true, pictures: ['local:o1', 'local:o2', 'local:p'] })
  expect(state(draft)).toEqual([0, undefined, undefined, undefined])
})

test('the party’s words are not what officers sign: changing them takes the party’s signature alone', () => {
  const draft = signed()
  draft.party = { ...draft.party, statement: '有异议，另行提交书面意见' }
  expect(clearStale(draft)).toEqual({ officers: false, party: true, pictures: ['local:p'] })
  expect(state(draft)).toEqual([2, undefined, undefined, 'then'])
})
