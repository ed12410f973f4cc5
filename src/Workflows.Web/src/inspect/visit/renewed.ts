// What the service says anew of a visit, after every save of anybody: a list of 120 items is not drawn again for it.
import { toRaw } from 'vue'
import type { About } from '../phone/photo'
import type { Kit } from '../shapes'

const same = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other)

/** The newer kit with the parts of the older one that say the same: only an item that has changed is drawn anew. */
export function renewed(before: Kit | undefined, fresh: Kit): Kit {
  if (!before) return fresh
  const old = toRaw(before)
  const known = new Map(old.items.map(item => [item.code, toRaw(item)]))
  return {
    ...fresh,
    items: fresh.items.map(item => (same(known.get(item.code), item) ? known.get(item.code)! : item)),
    previous: same(old.previous, fresh.previous) ? old.previous : fresh.previous,
  }
}

/** What stands on each photograph, the same object as long as it says the same. */
export function aboutOf(caseId: string, kit: Kit | undefined, before: About | undefined): About {
  const about = { caseId, number: kit?.case.number ?? '', whom: kit?.case.target.name ?? '' }
  return before && same(before, about) ? before : about
}
