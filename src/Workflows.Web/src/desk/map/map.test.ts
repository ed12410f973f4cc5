// @vitest-environment happy-dom
import { describe, expect, it } from 'vitest'
import { type MapLead, areaOf, cellsOf, countdown, nearer, placed, sheetOf, standingOf } from './map'

const NOW = new Date('2026-12-01T10:00:00Z')
const lead = (more: Partial<MapLead>): MapLead => ({
  id: 'a', trigger: 'Report', text: 't', state: 'Dispatched', place: { area: '330203001' }, receivedAt: NOW.toISOString(), links: 0, marks: [], positions: [],
  wait: { key: 'k', name: '办理中', owner: 'department:HEA', dueAt: '2026-12-08T16:00:00Z' }, ...more,
} as MapLead)
const done = (step: string) => ({ step, outcome: '完成', by: 'x', name: 'x', at: NOW.toISOString() }) as MapLead['marks'][number]

describe('map', () => {
  it('keeps directions and distances', () => {
    const sheet = sheetOf([{ latitude: 29.7, longitude: 121.2 }, { latitude: 30.0, longitude: 121.6 }])
    const a = sheet.at({ latitude: 29.8, longitude: 121.3 })
    const north = sheet.at({ latitude: 29.8 + 10 / 110.574, longitude: 121.3 })
    expect(a.x).toBeCloseTo(north.x)
    expect(a.y - north.y).toBeCloseTo(10 * sheet.km)
    const east = sheet.at({ latitude: 29.8, longitude: 121.3 + 10 / (111.32 * Math.cos(29.85 * Math.PI / 180)) })
    expect(east.x - a.x).toBeCloseTo(10 * sheet.km)
  })

  it('shares the ground by the nearest seat', () => {
    const square = [{ x: 0, y: 0 }, { x: 10, y: 0 }, { x: 10, y: 10 }, { x: 0, y: 10 }]
    expect(areaOf(nearer(square, { x: 0, y: 5 }, { x: 10, y: 5 }))).toBeCloseTo(50)
    const towns = [{ code: '1', name: '甲', latitude: 29.8, longitude: 121.4 }, { code: '2', name: '乙', latitude: 29.82, longitude: 121.4 }, { code: '3', name: '丙', latitude: null, longitude: null }]
    const cells = cellsOf(towns, sheetOf([{ latitude: 29.8, longitude: 121.4 }, { latitude: 29.82, longitude: 121.4 }]))
    expect(cells.map(cell => cell.code)).toEqual(['1', '2'])
    expect(cells[0]!.size).toBeCloseTo(cells[1]!.size)
  })

  it('tells how a lead stands by its response', () => {
    expect(standingOf(lead({ step: { title: '接警联络', department: 'HEA', dueAt: '2026-12-01T10:00:30Z' } }), NOW)).toBe('contact')
    expect(standingOf(lead({ step: { title: '接警联络', department: 'HEA', dueAt: '2026-12-01T09:59:59Z' } }), NOW)).toBe('late')
    expect(standingOf(lead({ step: undefined, marks: [] }), NOW)).toBe('waits')
    expect(standingOf(lead({ step: { title: '预泄降至汛限水位以下', department: 'WAT', dueAt: '2026-12-01T12:00:00Z' } }), NOW)).toBe('waits')
    expect(standingOf(lead({ marks: [{ ...done('联系'), measure: 'Contact' }] }), NOW)).toBe('way')
    expect(standingOf(lead({ marks: [done('接警联络'), done('到达现场')] }), NOW)).toBe('there')
    expect(standingOf(lead({ state: 'Received' }), NOW)).toBe('waits')
    expect(standingOf(lead({ state: 'Closed', wait: undefined }), NOW)).toBe('over')
  })

  it('counts seconds while they matter', () => {
    expect(countdown('2026-12-01T10:00:42Z', NOW)).toEqual({ late: false, text: '0:42' })
    expect(countdown('2026-12-01T09:57:50Z', NOW)).toEqual({ late: true, text: '2:10' })
    expect(countdown('2026-12-01T12:05:00Z', NOW).text).toBe('2小时05分')
    expect(countdown('2026-12-05T10:00:00Z', NOW).text).toBe('4天')
  })

  it('puts leads without a place around their town, apart from each other, and leaves out what is nowhere', () => {
    const town = { code: '330203001', name: '甲', latitude: 29.8, longitude: 121.4 }
    const sheet = sheetOf([{ latitude: 29.8, longitude: 121.4 }])
    const points = placed([lead({}), lead({ id: 'b' }), lead({ id: 'c', place: { area: '330203002' } }), lead({ id: 'd', place: { area: '330203002', latitude: 29.8, longitude: 121.4 } })], [town], sheet)
    expect([...points.keys()]).toEqual(['a', 'b', 'd'])
    expect(points.get('d')).toEqual(sheet.at({ latitude: 29.8, longitude: 121.4 }))
    const [a, b] = [points.get('a')!, points.get('b')!]
    expect(Math.hypot(a.x - b.x, a.y - b.y)).toBeGreaterThan(10)
  })
})
