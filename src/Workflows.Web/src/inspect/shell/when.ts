// Days and moments as people on the road read them, in China's time.
import { language, say } from '../../language/language'

const ZONE = 'Asia/Shanghai'
const format = (options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(language.value === 'zh' ? 'zh-CN' : 'en-GB', { timeZone: ZONE, ...options })

/** 11月22日 周日. */
export function dayOf(value: string | Date): string {
  const date = typeof value === 'string' && value.length === 10 ? new Date(`${value}T12:00:00+08:00`) : new Date(value)
  return format({ month: language.value === 'zh' ? 'long' : 'short', day: 'numeric' }).format(date) + ' ' + format({ weekday: 'short' }).format(date)
}

/** 09:30. */
export function timeOf(value: string | Date): string {
  return format({ hour: '2-digit', minute: '2-digit', hour12: false }).format(new Date(value))
}

/** 2026年11月22日 09:30. */
export function momentOf(value: string | Date): string {
  return format({ year: 'numeric', month: language.value === 'zh' ? 'long' : 'short', day: 'numeric' }).format(new Date(value)) + ' ' + timeOf(value)
}

/** The last day of a limit: one that ends at midnight ends with the day before. */
export function lastDayOf(dueAt: string): string {
  return dayOf(new Date(Date.parse(dueAt) - 1))
}

/** 逾期 is said of parties, 超期 of the unit that handles. */
export function dueWords(dueAt: string | null | undefined, now: Date): string {
  if (!dueAt) return say('无期限', 'No limit')
  const left = Date.parse(dueAt) - now.getTime()
  const days = Math.floor(Math.abs(left) / 86_400_000)
  const hours = Math.floor(Math.abs(left) / 3_600_000)
  if (left <= 0) return days > 0 ? say(`已超期 ${days} 天`, `${days} d late`) : hours > 0 ? say(`已超期 ${hours} 小时`, `${hours} h late`) : say('刚刚到期', 'Just due')
  if (days >= 1) return say(`${lastDayOf(dueAt)} 前`, `by ${lastDayOf(dueAt)}`)
  return hours > 0 ? say(`还剩 ${hours} 小时`, `${hours} h left`) : say('不到 1 小时', 'Under 1 h left')
}

/** For an input of kind datetime-local, in China's time. */
export function inputOf(date: Date): string {
  return new Date(date.getTime() + 8 * 3_600_000).toISOString().slice(0, 16)
}

export function fromInput(text: string): string {
  return new Date(`${text}:00+08:00`).toISOString()
}
