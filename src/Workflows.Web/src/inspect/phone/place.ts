// Time and place as the device has them: its own clock, uncorrected, and its own place, where it knows one.
import { put } from '../../api/client'

export interface Reading { at: string; sentAt?: string; latitude?: number; longitude?: number; accuracy?: number }

/** Longest wait for a place: a step is never held up by it. */
const PLACE_MS = 4_000
/** A place that is younger than this is good enough. */
const YOUNG_MS = 15_000
/** So often a position is told while somebody is on the way. */
export const TELL_MS = 15_000

const rounded = (value: number, digits: number) => Number(value.toFixed(digits))

/** What the device says now. */
export function readingOf(found?: GeolocationPosition, at = new Date()): Reading {
  return found
    ? { at: at.toISOString(), latitude: rounded(found.coords.latitude, 6), longitude: rounded(found.coords.longitude, 6), accuracy: rounded(Math.min(found.coords.accuracy, 100_000), 1) }
    : { at: at.toISOString() }
}

/** Time, and the place where it is found in time. */
export function readDevice(): Promise<Reading> {
  const at = new Date()
  return new Promise(resolve => {
    if (!navigator.geolocation) return resolve(readingOf(undefined, at))
    const late = setTimeout(() => resolve(readingOf(undefined, at)), PLACE_MS + 500)
    const end = (reading: Reading) => {
      clearTimeout(late)
      resolve(reading)
    }
    navigator.geolocation.getCurrentPosition(found => end(readingOf(found, at)), () => end(readingOf(undefined, at)), { timeout: PLACE_MS, maximumAge: YOUNG_MS, enableHighAccuracy: true })
  })
}

/** Tells where the officer is while he is on the way to a lead; the service keeps the last place alone. */
export const tellPosition = (leadId: string, reading: Reading) => put(`/api/leads/${leadId}/position`, reading)
