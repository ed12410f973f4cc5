import { describe, expect, it } from 'vitest'
import { spoken, sum } from './clock'

describe('the clock of the sample district', () => {
  it('says the moment in China, whatever the machine is set to', () => {
    expect(spoken('2026-11-23T01:00:00Z', 'zh')).toBe('11月23日 周一 09:00')
    expect(spoken('2026-11-22T16:30:00Z', 'zh')).toBe('11月23日 周一 00:30')
    expect(spoken('2026-11-23T01:00:00Z', 'en')).toMatch(/^Mon,? 23 Nov 09:00$/)
  })

  it('adds up what several moves have set off', () => {
    expect(sum({ notices: 1, cards: 2, orders: 0, tasks: 4 }, { notices: 10, cards: 0, orders: 3, tasks: 1 })).toEqual({ notices: 11, cards: 2, orders: 3, tasks: 5 })
  })
})
