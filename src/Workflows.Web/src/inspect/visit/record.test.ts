import { expect, test } from 'vitest'
import type { Kit, KitItem } from '../shapes'
import { allPass, askedOf, groupsOf, itemsOf, lackOf, newDraft, progressOf, sectionOf } from './record'

const item = (code: string, department: string, more: Partial<KitItem> = {}): KitItem => ({
  code, title: code, department, methods: ['OnSite'], severity: 'General', findingWording: '', penaltyClause: '', violates: [], penalises: [], onSpot: 'Yes', correction: '', proof: '',
  minorsInvolved: false, filesAtOnce: false, variants: [], ...more,
})
const kit = (items: KitItem[], absent: string[] = []): Kit => ({
  visit: { id: 'v', state: 'Arrived', plannedOn: '2026-11-23', attendances: [], absent: absent.map(department => ({ department })), notFoundAttempts: [] },
  case: { id: 'c', number: 'n', scenarioCode: 's', leadDepartment: 'CUL', stage: '', visitOfYear: 1, target: { id: 't', name: '店', address: '路', tags: [] },
    departments: [{ code: 'CUL', organ: '文旅', attends: true }, { code: 'FIR', organ: '消防', attends: true, itemsLeftTo: 'CUL' }] },
  title: '', departments: [], items, sections: [],
})
const shot = (name: string) => ({ marked: `local:${name}`, original: `local:${name}-o`, sha256: 'x', at: '', place: '', title: '' })

test('a department writes its own items, and those of an absent one that are left to it', () => {
  const items = [item('A', 'CUL'), item('B', 'FIR')]
  expect(itemsOf(kit(items), 'CUL').map(one => one.code)).toEqual(['A'])
  expect(itemsOf(kit(items, ['FIR']), 'CUL').map(one => one.code)).toEqual(['A', 'B'])
  const draft = newDraft('c')
  allPass(items, draft.answers)
  expect(sectionOf(kit(items, ['FIR']), 'CUL', draft).items.map(one => one.factsFixedBy)).toEqual([undefined, 'CUL'])
})

test('an answer opens further items, and closing it closes those that they opened', () => {
  const items = [item('A', 'X'), item('B', 'X', { askedWhen: { item: 'A', answers: ['不符合'] } }), item('C', 'X', { askedWhen: { item: 'B', answers: ['符合'] } })]
  const draft = newDraft('c')
  const asked = () => askedOf(items, draft.answers).map(one => one.code)
  expect(asked()).toEqual(['A'])
  draft.answers['A'] = { answer: '不符合', shots: [] }
  expect(asked()).toEqual(['A', 'B'])
  draft.answers['B'] = { answer: '符合', shots: [] }
  expect(asked()).toEqual(['A', 'B', 'C'])
  draft.answers['A'] = { answer: '符合', shots: [] }
  expect(asked()).toEqual(['A'])
})

test('“all pass” answers what has no answer and leaves the rest alone', () => {
  const items = [item('A', 'X'), item('B', 'X')]
  const draft = newDraft('c')
  draft.answers['A'] = { answer: '不符合', shots: [], facts: '坏了' }
  allPass(items, draft.answers)
  expect(draft.answers['A']).toMatchObject({ answer: '不符合', facts: '坏了' })
  expect(progressOf(items, draft.answers)).toEqual({ all: 2, answered: 2, failed: 1 })
})

test('a breach needs facts and a photograph, a fix a photograph of after, an item not checked a reason, a minor the notices', () => {
  const draft = newDraft('c')
  const one = item('A', 'X', { minorsInvolved: true })
  const lack = () => lackOf(one, draft)
  expect(lack()).toBe('answer')
  draft.answers['A'] = { answer: '未检查', shots: [] }
  expect(lack()).toBe('reason')
  draft.answers['A'] = { answer: '不符合', shots: [] }
  expect(lack()).toBe('facts')
  draft.answers['A'].facts = '有未成年人'
  expect(lack()).toBe('photo')
  draft.answers['A'].shots = [shot('1')]
  draft.answers['A'].fix = { description: '劝离', shots: [] }
  expect(lack()).toBe('after')
  draft.answers['A'].fix.shots = [shot('2')]
  expect(lack()).toBe('minor')
  draft.minor = { guardianToldAt: '', policeToldAt: '' }
  expect(lack()).toBeUndefined()
})

test('a breach that was fixed names before and after, and both the marked copies and the originals are evidence', () => {
  const draft = newDraft('c')
  draft.answers['A'] = { answer: '不符合', facts: '未悬挂', shots: [shot('1')], fix: { description: '当场悬挂', shots: [shot('2')], at: '2026-11-23T02:00:00Z' } }
  expect(sectionOf(kit([item('A', 'CUL')]), 'CUL', draft).items[0]).toMatchObject({
    evidenceIds: ['local:1', 'local:1-o', 'local:2', 'local:2-o'], fix: { beforeEvidenceId: 'local:1', afterEvidenceId: 'local:2', description: '当场悬挂' },
  })
})

test('groups are those of the scenario, else the way of checking', () => {
  expect(groupsOf([item('A', 'X', { group: '消防' }), item('B', 'X', { methods: ['Document'] }), item('C', 'X', { group: '消防' })]).map(group => [group.key, group.items.map(one => one.code).join()]))
    .toEqual([['消防', 'A,C'], ['method:Document', 'B']])
})

test('a signature names the picture of the handwriting', () => {
  const draft = newDraft('c')
  draft.signatures = [{ officerId: 'o1', name: '甲', certificateNumber: 'Z1', at: 't', picture: 'local:s1', over: 'm' }]
  expect(sectionOf(kit([]), 'CUL', draft).signatures).toEqual([{ officerId: 'o1', name: '甲', certificateNumber: 'Z1', at: 't', evidenceId: 'local:s1' }])
})
