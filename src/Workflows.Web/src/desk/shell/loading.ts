// Reads what a screen shows, again whenever something changed, and says honestly when that failed. An older answer never replaces a newer one.
import { type Ref, ref, shallowRef, watch } from 'vue'
import { get } from '../../api/client'
import { onChanges } from '../../live/live'
import { say } from '../../language/language'

/** So many ids make an address that every server takes. */
const IDS_AT_ONCE = 100

export interface Loaded<T> {
  data: Ref<T | undefined>
  problem: Ref<string>
  busy: Ref<boolean>
  again: () => Promise<void>
}

/** @param key what the reading depends on; when it changes, the old data are dropped and read anew. */
export function useLoaded<T>(reading: () => Promise<T>, key: () => unknown = () => undefined): Loaded<T> {
  const data = shallowRef<T>()
  const problem = ref('')
  const busy = ref(false)
  let latest = 0
  // Something changed while a reading was under way: it is finished and shown, and only then read once more. Were each change to begin anew, a busy day would never be shown.
  let stale = false

  async function again(): Promise<void> {
    const mine = ++latest
    busy.value = true
    stale = false
    try {
      const answer = await reading()
      if (mine !== latest) return
      data.value = answer
      problem.value = ''
    } catch (error) {
      if (mine === latest) problem.value = wordsOf(error)
    } finally {
      if (mine === latest) {
        busy.value = false
        if (stale) void again()
      }
    }
  }

  watch(key, () => {
    data.value = undefined
    void again()
  })
  onChanges(() => {
    if (busy.value) stale = true
    else void again()
  })
  void again()
  return { data, problem, busy, again }
}

export function wordsOf(error: unknown): string {
  return error instanceof TypeError ? say('无法连接服务，请检查网络。', 'The service cannot be reached; check the network.') : error instanceof Error ? error.message : String(error)
}

/** Rows of a list; not whole where the service has more than a screen can hold. */
export type Rows<T> = T[] & { truncated?: boolean }

/** Most rows that one screen reads; who needs more takes the Excel or narrows the filter. */
export const MOST_ROWS = 5000

/** All pages of a list, up to a bound; a list that stops there says so. */
export async function all<T>(path: string, most = MOST_ROWS): Promise<Rows<T>> {
  const items: Rows<T> = []
  const joint = path.includes('?') ? '&' : '?'
  for (let after = ''; ; ) {
    const page = await get<{ items: T[]; next?: string | null }>(`${path}${joint}take=200${after ? `&after=${encodeURIComponent(after)}` : ''}`)
    items.push(...page.items)
    if (!page.next) return items
    if (items.length >= most) return Object.assign(items, { truncated: true })
    after = page.next
  }
}

/** The rows with these ids, however many they are. */
export async function byIds<T>(path: string, ids: Iterable<string | null | undefined>): Promise<T[]> {
  const wanted = [...new Set(ids)].filter((id): id is string => !!id)
  const parts = Array.from({ length: Math.ceil(wanted.length / IDS_AT_ONCE) }, (_, index) => wanted.slice(index * IDS_AT_ONCE, (index + 1) * IDS_AT_ONCE))
  return (await Promise.all(parts.map(part => all<T>(`${path}?ids=${part.map(encodeURIComponent).join(',')}`)))).flat()
}

/** How many there are, in words: a list that stopped says that there are more. */
export function countOf(rows: Rows<unknown> | undefined, shown = rows?.length ?? 0): string {
  return rows?.truncated ? `${shown}+` : String(shown)
}
