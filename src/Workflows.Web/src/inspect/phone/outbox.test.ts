import { expect, test } from 'vitest'
import { ApiProblem } from '../../api/client'
import { type Entry, Held, Lost, Outbox } from './outbox'

function shelf() {
  const rows = new Map<string, string>()
  return {
    rows,
    put: (_: string, id: string, value: unknown) => Promise.resolve(void rows.set(id, JSON.stringify(value))),
    replace: (_: string, id: string, value: unknown) => Promise.resolve(rows.has(id) && !!rows.set(id, JSON.stringify(value))),
    all: <T>() => Promise.resolve([...rows.values()].map(text => JSON.parse(text) as T)),
    remove: (_: string, id: string) => Promise.resolve(void rows.delete(id)),
  }
}
const made = (about: string) => ({ title: ['一件事', 'A thing'] as [string, string], about, kind: 'post' as const, path: '/api/x', body: {} })

test('what was done without a network is kept, and goes later in the order in which it was done, each under the key it was made with', async () => {
  const store = shelf()
  let network = false
  const sent: string[] = []
  const sender = (entry: Entry) => (network ? Promise.resolve(void sent.push(entry.id)) : Promise.reject(new TypeError('Failed to fetch')))
  const before = new Outbox(store, sender)
  const ids = [await before.add(made('甲')), await before.add(made('乙')), await before.add(made('丙'))].map(entry => entry.id)
  await before.send()
  expect(before.status.reachable).toBe(false)
  // The phone was switched off and on again.
  const after = new Outbox(store, sender)
  await after.load()
  network = true
  await after.send()
  expect(sent).toEqual(ids)
  expect(after.entries).toHaveLength(0)
  expect(store.rows.size).toBe(0)
})

test('a refusal stays in sight with its reason, and what came after it is sent all the same', async () => {
  const sent: string[] = []
  const outbox = new Outbox(shelf(), entry => (entry.about === '甲' ? Promise.reject(new ApiProblem(422, 'field-missing', 'data.note', '缺少理由')) : Promise.resolve(void sent.push(entry.about))))
  await outbox.add(made('甲'))
  await outbox.add(made('乙'))
  await outbox.send()
  expect(sent).toEqual(['乙'])
  expect(outbox.entries.map(entry => [entry.about, entry.state, entry.reason])).toEqual([['甲', 'refused', '缺少理由']])
  await outbox.send()
  expect(outbox.entries[0]!.attempts).toBe(1)
})

test('what has to wait for others is held and tried again; somebody else’s newer work is a conflict and is not', async () => {
  let ready = false
  const tried: string[] = []
  const outbox = new Outbox(shelf(), entry => {
    tried.push(entry.about)
    if (entry.about === '冲突') return Promise.reject(new ApiProblem(409, 'section-changed', 'basedOn', '同事另行保存'))
    if (entry.about === '笔录' && !ready) return Promise.reject(new ApiProblem(422, 'section-missing', 'sections[FIR]', '等待消防'))
    return entry.about === '照片' && !ready ? Promise.reject(new Held('先到场')) : Promise.resolve()
  })
  for (const about of ['冲突', '笔录', '照片']) await outbox.add(made(about))
  await outbox.send()
  expect(outbox.entries.map(entry => entry.state)).toEqual(['conflict', 'held', 'held'])
  ready = true
  await outbox.send()
  expect(outbox.entries.map(entry => entry.about)).toEqual(['冲突'])
  expect(tried.filter(about => about === '冲突')).toHaveLength(1)
})

test('a service that is down for a moment stops the queue without losing anything', async () => {
  const outbox = new Outbox(shelf(), () => Promise.reject(new ApiProblem(503, 'busy', '', '请稍后')))
  await outbox.add(made('甲'))
  await outbox.add(made('乙'))
  await outbox.send()
  expect(outbox.entries.map(entry => [entry.state, entry.attempts])).toEqual([['waiting', 1], ['waiting', 0]])
})

test('one entry over which the service fails again and again no longer stops the others, and what follows it in its own case waits', async () => {
  const sent: string[] = []
  const outbox = new Outbox(shelf(), entry => (entry.about === '坏' ? Promise.reject(new ApiProblem(500, 'internal', '', '内部错误')) : Promise.resolve(void sent.push(entry.about))))
  await outbox.add({ ...made('坏'), kind: 'step', step: { caseId: 'c1', kind: 'visit.arrive' }, caseId: 'c1' })
  await outbox.add({ ...made('同案笔录'), caseId: 'c1' })
  await outbox.add({ ...made('同案照片'), kind: 'evidence', caseId: 'c1' })
  await outbox.add({ ...made('别案'), caseId: 'c2' })
  for (let n = 0; n < 3; n++) await outbox.send()
  expect(sent).toEqual([])
  await outbox.send()
  expect(sent).toEqual(['同案照片', '别案'])
  expect(outbox.entries.map(entry => [entry.about, entry.state, entry.failures])).toEqual([['坏', 'waiting', 4], ['同案笔录', 'waiting', undefined]])
  // Taken back, it stands in nobody's way.
  await outbox.drop(outbox.entries[0]!.id)
  await outbox.send()
  expect(sent.at(-1)).toBe('同案笔录')
})

test('an entry that was dropped while it was on its way does not come back', async () => {
  const store = shelf()
  let fail: (problem: Error) => void = () => undefined
  const outbox = new Outbox(store, () => new Promise((_, reject) => (fail = reject)))
  const entry = await outbox.add(made('甲'))
  const sending = outbox.send()
  await Promise.resolve()
  await outbox.drop(entry.id)
  fail(new ApiProblem(422, 'x', '', '退回'))
  await sending
  expect([outbox.entries.length, store.rows.size]).toEqual([0, 0])
})

test('what the phone itself cannot do is no want of a network: it says so, and the rest is sent', async () => {
  const sent: string[] = []
  const outbox = new Outbox(shelf(), entry => (entry.about === '甲' ? Promise.reject(new DOMException('存储已满', 'QuotaExceededError')) : Promise.resolve(void sent.push(entry.about))))
  await outbox.add(made('甲'))
  await outbox.add(made('乙'))
  await outbox.send()
  expect(sent).toEqual(['乙'])
  expect([outbox.status.reachable, outbox.entries[0]!.state, outbox.entries[0]!.reason]).toEqual([true, 'held', '存储已满'])
})

test('what hangs on a file that is gone is refused, not held for ever', async () => {
  const outbox = new Outbox(shelf(), () => Promise.reject(new Lost('照片已撤回')))
  await outbox.add(made('甲'))
  await outbox.send()
  expect(outbox.entries.map(entry => [entry.state, entry.reason])).toEqual([['refused', '照片已撤回']])
})

test('two tabs of one phone: one sends at a time, and neither loses nor repeats what the other has added', async () => {
  const store = shelf()
  const sent: string[] = []
  let lock: Promise<unknown> = Promise.resolve()
  const around = {
    alone: <T>(run: () => Promise<T>) => {
      const done = lock.then(run)
      lock = done.catch(() => undefined)
      return done
    },
  }
  const tab = () => new Outbox(store, entry => Promise.resolve(void sent.push(entry.about)), around)
  const [one, two] = [tab(), tab()]
  await one.add(made('甲'))
  await two.load()
  await two.add(made('乙'))
  await Promise.all([one.send(), two.send()])
  await Promise.all([one.load(), two.load()])
  expect(sent).toEqual(['甲', '乙'])
  expect([one.entries.length, two.entries.length, store.rows.size]).toEqual([0, 0, 0])
})

test('an entry that failed again and again and is refused in the end no longer keeps its case waiting', async () => {
  const sent: string[] = []
  let status = 500
  const outbox = new Outbox(shelf(), entry => (entry.about === '坏' ? Promise.reject(new ApiProblem(status, 'x', '', '不行')) : Promise.resolve(void sent.push(entry.about))))
  await outbox.add({ ...made('坏'), caseId: 'c1' })
  await outbox.add({ ...made('同案'), caseId: 'c1' })
  for (let n = 0; n < 4; n++) await outbox.send()
  expect(sent).toEqual([])
  status = 422
  await outbox.send()
  await outbox.send()
  expect([sent, outbox.entries.map(entry => entry.state)]).toEqual([['同案'], ['refused']])
})
