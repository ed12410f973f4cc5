// Figures as people read them, and the months of a trend.
import type { Shape } from '../../api/shapes'
import { addDays } from '../words/dates'

export type Measure = Shape<'MeasureDefinition'>
export type Figure = Shape<'MeasureValue'>

export function figure(definition: Measure, value: number | null | undefined): string {
  if (value === null || value === undefined) return '—'
  if (definition.form === 'Rate') return `${(value * 100).toFixed(1)}%`
  if (definition.form === 'Growth') return `${value > 0 ? '+' : ''}${(value * 100).toFixed(1)}%`
  return definition.form === 'Mean' ? `${value.toFixed(1)}` : String(Math.round(value * 100) / 100)
}

/** The months up to a day, as periods that end no later than it. */
export function months(to: string, count: number): { from: string; to: string; label: string }[] {
  return Array.from({ length: count }, (_, back) => {
    const [year, month] = to.split('-').map(Number) as [number, number]
    const first = new Date(Date.UTC(year, month - 1 - (count - 1 - back), 1)).toISOString().slice(0, 10)
    const last = addDays(new Date(Date.UTC(Number(first.slice(0, 4)), Number(first.slice(5, 7)), 1)).toISOString().slice(0, 10), -1)
    return { from: first, to: last < to ? last : to, label: first.slice(0, 7) }
  })
}

/** The figure computed again from its rows; undefined where rows alone do not give it. */
export function recount(definition: Measure, rows: { counts: boolean; amount: number }[]): number | undefined {
  const sum = (list: { amount: number }[]) => list.reduce((total, row) => total + row.amount, 0)
  if (definition.form === 'Sum') return sum(rows.filter(row => row.counts))
  if (definition.form === 'Rate') return rows.length === 0 ? undefined : sum(rows.filter(row => row.counts)) / sum(rows)
  return undefined
}
