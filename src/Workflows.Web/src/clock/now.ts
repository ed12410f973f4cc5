// What time it is in the district, and not on the machine that looks at it: every answer of the service carries its time, so another
// user's moving of the sample clock, a wrong clock of a computer and a screen that is left on over midnight are all noticed.
import { computed, ref } from 'vue'

/** Header in which the service says its time, ISO 8601. */
export const SERVICE_TIME = 'service-time'
/** How often what shows a time is drawn anew, ms. */
const TICK_MS = 15_000
/** Differences below this are the way through the network, ms. */
const TRAVEL_MS = 2_000

const ahead = ref(0)
const tick = ref(0)
if (typeof document !== 'undefined') setInterval(() => tick.value++, TICK_MS)

const minute = computed(() => (tick.value, Date.now() + ahead.value))
const date = computed(() => new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai' }).format(new Date(minute.value)))

/** Takes the time out of an answer. */
export function hear(time: string | null | undefined): void {
  const found = time ? Date.parse(time) - Date.now() : NaN
  if (Number.isFinite(found) && Math.abs(found - ahead.value) > TRAVEL_MS) ahead.value = found
}

/** Now; what reads it is drawn anew as time passes, and when the district's clock is moved. */
export function now(): Date {
  void tick.value
  return new Date(Date.now() + ahead.value)
}

/** The date in the district, YYYY-MM-DD; what reads it is drawn anew at midnight. */
export function today(): string {
  return date.value
}
