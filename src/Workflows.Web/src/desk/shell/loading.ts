// Reads what a screen shows, again whenever something changed, and says honestly when that failed. An older answer never replaces a newer one.
import { type Ref, ref, shallowRef, watch } from 'vue'
import { get } from '../../api/client'
import { onChanges } from '../../live/live'
import { say } from '../../language/language'

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

  async function again(): Promise<void> {
    const mine = ++latest
    busy.value = true
    try {
      const answer = await reading()
      if (mine !== latest) return
      data.value = answer
      problem.value = ''
    } catch (error) {
      if (mine === latest) problem.value = wordsOf(error)
    } finally {
      if (mine === latest) busy.value = false
    }
  }

  watch(key, () => {
    data.value = undefined
    void again()
  })
  onChanges(() => void again())
  void again()
  return { data, problem, busy, again }
}

export function wordsOf(error: unknown): string {
  return error instanceof TypeError ? say('无法连接服务，请检查网络。', 'The service cannot be reached; check the network.') : error instanceof Error ? error.message : String(error)
}

/** All pages of a list, up to a bound that no screen needs to pass. */
export async function all<T>(path: string, most = 2000): Promise<T[]> {
  const items: T[] = []
  const joint = path.includes('?') ? '&' : '?'
  for (let after = ''; ; ) {
    const page = await get<{ items: T[]; next?: string | null }>(`${path}${joint}take=200${after ? `&after=${encodeURIComponent(after)}` : ''}`)
    items.push(...page.items)
    if (!page.next || items.length >= most) return items
    after = page.next
  }
}
