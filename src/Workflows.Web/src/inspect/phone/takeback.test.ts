// @vitest-environment happy-dom
import 'fake-indexeddb/auto'
import { beforeEach, expect, test, vi } from 'vitest'
import type { VisitDraft } from '../visit/record'
import { newDraft } from '../visit/record'
import { outbox } from './field'
import { dependentsOf, pageOf, takeBack } from './takeback'
import { vault } from './vault'

vi.mock('../../session/session', () => ({ session: {}, hasRole: () => false, currentToken: () => Promise.reject(new TypeError('Failed to fetch')), tokenAfterRefusal: () => Promise.resolve('') }))

const visit = (draft: VisitDraft) => vault.put('drafts', `visit:${draft.caseId}`, draft)
const drafted = () => vault.get<VisitDraft>('drafts', 'visit:c')
const made = { title: ['一件事', 'A thing'] as [string, string], about: '店', caseId: 'c' }

beforeEach(async () => {
  for (const entry of [...outbox.entries]) await outbox.drop(entry.id)
})

test('an arrival, a record and a signed section that were taken back are open again', async () => {
  const draft = { ...newDraft('c'), arrival: { outcome: '已到场', at: 't', officers: {}, absence: {}, actionCode: 'A', recusalAnswer: '', done: true }, recorded: 't', handedIn: 't' }
  await visit(draft)
  const arrival = await outbox.add({ ...made, kind: 'step', step: { caseId: 'c', kind: 'visit.arrive' } })
  const record = await outbox.add({ ...made, kind: 'step', step: { caseId: 'c', kind: 'visit.record' } })
  const section = await outbox.add({ ...made, kind: 'section', body: { section: { department: 'FIR', items: [], signatures: [{}] } } })
  await takeBack(arrival)
  expect([(await drafted())!.arrival!.done, (await drafted())!.arrival!.actionCode, (await drafted())!.recorded]).toEqual([false, 'A', 't'])
  await takeBack(record)
  expect((await drafted())!.recorded).toBeUndefined()
  await takeBack(section)
  expect((await drafted())!.handedIn).toBeUndefined()
  expect(outbox.entries).toHaveLength(0)
  expect([pageOf(arrival), pageOf(section)]).toEqual(['visit/c', 'visit/c'])
})

test('of a step that was taken back every word stands in the form again', async () => {
  const entry = await outbox.add({ ...made, kind: 'step', step: { id: 't1', caseId: 'c', kind: 'order.prepare' }, draft: { outcome: '提交', values: { note: '写了很久' } } })
  await vault.remove('drafts', 'step:t1')
  await takeBack(entry)
  expect(await vault.get('drafts', 'step:t1')).toEqual({ outcome: '提交', values: { note: '写了很久' } })
  expect(pageOf(entry)).toBe('step/t1')
})

test('a photograph that was taken back brings with it what cannot be sent without it, and leaves the drafts', async () => {
  const shot = { marked: 'local:p1', original: 'local:p2', sha256: '', at: '', place: '', title: '' }
  await visit({
    ...newDraft('c'), handedIn: 't', answers: { A: { answer: '不符合', facts: '坏了', shots: [shot, { ...shot, marked: 'local:p3', original: undefined }] } },
    party: { personName: '店长', capacity: '', statement: '', refused: false, refusalReason: '', witnessName: '', videoNumber: '', signedAt: 't', picture: 'local:p1', over: 'm' },
  })
  await vault.putFile('p1', new ArrayBuffer(4))
  const photo = await outbox.add({ ...made, id: 'p1', kind: 'evidence', file: { id: 'p1', name: 'p1.jpg', type: 'image/jpeg', fields: {} } })
  const other = await outbox.add({ ...made, id: 'p3', kind: 'evidence', file: { id: 'p3', name: 'p3.jpg', type: 'image/jpeg', fields: {} } })
  const section = await outbox.add({ ...made, kind: 'section', body: { section: { items: [{ evidenceIds: ['local:p1'] }], signatures: [{}] } } })
  expect(dependentsOf(photo).map(one => one.id)).toEqual([section.id])
  await takeBack(photo)
  expect(outbox.entries.map(one => one.id)).toEqual([other.id])
  const draft = (await drafted())!
  expect([draft.handedIn, draft.party.signedAt, draft.party.picture]).toEqual([undefined, undefined, undefined])
  expect(draft.answers['A']!.shots.map(one => one.marked)).toEqual(['local:p3'])
  expect(await vault.file('p1')).toBeUndefined()
})
