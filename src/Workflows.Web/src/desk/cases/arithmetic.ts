// How a legal period was counted, step by step, checked against the days of the calendar: the page shows the sum, not just its result.
import { addDays } from '../words/dates'

export interface CountedDay {
  date: string
  isWorking: boolean
  reason: string
}

export interface Clock {
  startDate: string
  startEvent: string
  due: string
  stretches: { period: { length: number; unit: string }; printed?: string | null; reason: string }[]
  pauses: { reason: string; from: string; resumedOn?: string | null; basis?: string | null }[]
}

export interface Arithmetic {
  /** First day that counts. */
  from: string
  /** Days between the first and the last that do not count, by reason. */
  excluded: { reason: string; days: string[] }[]
  /** Working days from the first to the last, both included, without those of pauses. */
  working: number
  /** Calendar days likewise. */
  calendar: number
  pausedDays: number
  /** Whether the sum comes to the printed last day; undefined where months or years, or several stretches, are counted by the service alone. */
  adds: boolean | undefined
}

/** @param days every day from the start of the clock to its last day. */
export function arithmetic(clock: Clock, days: CountedDay[]): Arithmetic {
  const from = addDays(clock.startDate, 1)
  const counted = days.filter(day => day.date >= from && day.date <= clock.due)
  const paused = (date: string) => clock.pauses.some(pause => date >= pause.from && (!pause.resumedOn || date < pause.resumedOn))
  const running = counted.filter(day => !paused(day.date))
  const excluded = new Map<string, string[]>()
  const byWorkingDays = clock.stretches.every(stretch => stretch.period.unit === 'WorkingDays')
  if (byWorkingDays) for (const day of running) if (!day.isWorking) excluded.set(day.reason, [...(excluded.get(day.reason) ?? []), day.date])
  const working = running.filter(day => day.isWorking).length
  const simple = clock.pauses.length === 0
  const length = clock.stretches.reduce((sum, stretch) => sum + stretch.period.length, 0)
  return {
    from, working, calendar: running.length, pausedDays: counted.length - running.length, excluded: [...excluded].map(([reason, dates]) => ({ reason, days: dates })),
    adds: !simple ? undefined : byWorkingDays ? working === length && running.at(-1)?.isWorking === true
      : clock.stretches.length === 1 && clock.stretches[0]!.period.unit === 'CalendarDays' ? rolled(days, addDays(clock.startDate, length), clock.due) : undefined,
  }
}

/** Whether the last day is the one counted, or the first working day after a day off. */
function rolled(days: CountedDay[], counted: string, due: string): boolean {
  return due >= counted && days.filter(day => day.date >= counted && day.date < due).every(day => !day.isWorking)
}
