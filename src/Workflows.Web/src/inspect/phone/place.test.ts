import { describe, expect, it } from 'vitest'
import { readingOf } from './place'

describe('place', () => {
  it('says time and place as the device has them, and no place where there is none', () => {
    const at = new Date('2026-12-01T02:03:04.567Z')
    const found = { coords: { latitude: 29.78951234, longitude: 121.35921234, accuracy: 8.7654 } } as GeolocationPosition
    expect(readingOf(found, at)).toEqual({ at: '2026-12-01T02:03:04.567Z', latitude: 29.789512, longitude: 121.359212, accuracy: 8.8 })
    expect(readingOf(undefined, at)).toEqual({ at: '2026-12-01T02:03:04.567Z' })
  })

  it('never says more metres than the service takes', () => {
    expect(readingOf({ coords: { latitude: 29, longitude: 121, accuracy: 4e6 } } as GeolocationPosition).accuracy).toBe(100_000)
  })
})
