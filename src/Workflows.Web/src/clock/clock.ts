// The movable clock of the sample district. Any other service has none: asking for it gives 404, and nothing is shown.
import { ref } from 'vue'
import { ApiProblem, get, post } from '../api/client'
import { tellChanged } from '../live/live'

/** What came up in the district while the clock was moved. */
export interface Effects {
  notices: number
  cards: number
  orders: number
  tasks: number
}

export interface Reading {
  now: string
  date: string
  setOff?: Effects | null
}

export type Advance = { workingDays: number } | { advance: string }

/** Where the clock stands; undefined where there is none. */
export const reading = ref<Reading>()
/** What has come up in all moves since the page was opened. */
export const effects = ref<Effects>()
export const moving = ref(false)
export const failure = ref('')

const none: Effects = { notices: 0, cards: 0, orders: 0, tasks: 0 }

export async function readClock(): Promise<void> {
  try {
    reading.value = await get<Reading>('/api/sample/clock')
  } catch (e) {
    // No sample district, or no network: there is nothing to move.
    if (e instanceof ApiProblem || e instanceof TypeError) reading.value = undefined
    else throw e
  }
}

/** Moves time on; whatever falls due on the way has happened when it is through. */
export async function move(by: Advance): Promise<Reading | undefined> {
  if (moving.value) return undefined
  moving.value = true
  failure.value = ''
  try {
    const moved = await post<Reading>('/api/sample/clock', by)
    reading.value = moved
    effects.value = sum(effects.value ?? none, moved.setOff ?? none)
    tellChanged()
    return moved
  } catch (e) {
    failure.value = e instanceof Error ? e.message : String(e)
    return undefined
  } finally {
    moving.value = false
  }
}

/** Adds what came up in one move to what came up before. */
export function sum(before: Effects, more: Effects): Effects {
  return { notices: before.notices + more.notices, cards: before.cards + more.cards, orders: before.orders + more.orders, tasks: before.tasks + more.tasks }
}

/** The moment in the district as people say it: 11月23日 周一 09:00. */
export function spoken(now: string, language: 'zh' | 'en'): string {
  const at = new Date(now)
  const zone = { timeZone: 'Asia/Shanghai' } as const
  const time = new Intl.DateTimeFormat('en-GB', { ...zone, hour: '2-digit', minute: '2-digit', hour12: false }).format(at)
  if (language === 'en') return `${new Intl.DateTimeFormat('en-GB', { ...zone, weekday: 'short', day: 'numeric', month: 'short' }).format(at)} ${time}`
  const parts = new Intl.DateTimeFormat('zh-CN', { ...zone, month: 'numeric', day: 'numeric', weekday: 'short' }).formatToParts(at)
  const part = (type: string) => parts.find(p => p.type === type)?.value ?? ''
  return `${part('month').replace('月', '')}月${part('day').replace('日', '')}日 ${part('weekday')} ${time}`
}
