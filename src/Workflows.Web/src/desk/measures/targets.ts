// Which target holds for a unit on a day.
import type { Shape } from '../../api/shapes'

export type Target = Shape<'MeasureTarget'>

/** The one that is nearest to the unit: the department's before everybody's, the smaller area before the larger; among those the last to begin, and of one day the last that was set. */
export function targetOn(targets: Target[], day: string, department?: string | null, area?: string | null): Target | undefined {
  const holding = targets
    .filter(one => one.from <= day && (!one.department || one.department === department) && (!one.area || !!area?.startsWith(one.area)))
    .sort((a, b) => Number(!!a.department) - Number(!!b.department) || (a.area ?? '').length - (b.area ?? '').length || a.from.localeCompare(b.from) || a.created.at.localeCompare(b.created.at))
  return holding.at(-1)
}
