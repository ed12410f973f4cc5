import { say } from '../../language/language'

export interface Subscription { id: string; measure: string; unit?: string | null; comparison: 'AtLeast' | 'Below'; threshold: number; reached: boolean }

/** Counts of steps beside the measures. */
export function choices(): { code: string; name: string }[] {
  return [{ code: 'overdue', name: say('超期未办件数', 'Steps overdue') }, { code: 'due-soon', name: say('下一工作日前到期件数', 'Steps due by the next working day') }]
}

export function isCount(measure: string): boolean {
  return measure === 'overdue' || measure === 'due-soon'
}

/** A threshold as the service keeps it: rates as parts of one. */
export function thresholdOf(given: number, percent: boolean): number {
  return percent ? Math.round(given * 10_000) / 1_000_000 : given
}

export function shown(one: Subscription, form: string | undefined): string {
  const value = Number(one.threshold)
  return isCount(one.measure) ? say(`${value}件`, `${value}`) : form === 'Rate' || form === 'Growth' ? `${Math.round(value * 10_000) / 100}%` : String(value)
}
