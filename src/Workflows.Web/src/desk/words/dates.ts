// Dates as people read them, in China's time: 11月22日 周日.
import { now, today as dateNow } from '../../clock/now'
import { language, say } from '../../language/language'

const ZONE = 'Asia/Shanghai'

/** The date in China of a moment, as YYYY-MM-DD. */
export function dateOf(iso: string): string {
  return new Intl.DateTimeFormat('sv-SE', { timeZone: ZONE }).format(new Date(iso))
}

/** Last day of a due time, which is the instant at which that day has passed. */
export function lastDay(dueAt: string): string {
  return dateOf(new Date(new Date(dueAt).getTime() - 1).toISOString())
}

/** A day: 11月22日 周日; the year where it is not that of `today`. */
export function day(date: string | null | undefined, today = dateNow()): string {
  if (!date) return ''
  const at = new Date(`${date.slice(0, 10)}T12:00:00+08:00`)
  const weekday = new Intl.DateTimeFormat(language.value === 'zh' ? 'zh-CN' : 'en-GB', { timeZone: ZONE, weekday: 'short' }).format(at)
  const [year, month, number] = date.slice(0, 10).split('-').map(Number)
  if (language.value === 'zh') return `${String(year) === today.slice(0, 4) ? '' : `${year}年`}${month}月${number}日 ${weekday}`
  return `${weekday} ${number} ${new Intl.DateTimeFormat('en-GB', { timeZone: ZONE, month: 'short' }).format(at)}${String(year) === today.slice(0, 4) ? '' : ` ${year}`}`
}

/** From one day to another, both among them. */
export function days(from: string, to: string): string {
  return say(`${day(from)}至${day(to)}`, `${day(from)} – ${day(to)}`)
}

/** Last day of a due time; in minutes where it does not end with a day. */
export function due(dueAt: string | null | undefined): string {
  if (!dueAt) return ''
  return endsDay(dueAt) ? day(lastDay(dueAt)) : time(dueAt)
}

export function endsDay(dueAt: string): boolean {
  return new Date(dueAt).getTime() % 86_400_000 === 16 * 3_600_000
}

/** A moment: 11月22日 09:05. */
export function time(iso: string | null | undefined): string {
  if (!iso) return ''
  const at = new Date(iso)
  const clock = new Intl.DateTimeFormat('en-GB', { timeZone: ZONE, hour: '2-digit', minute: '2-digit', hour12: false }).format(at)
  return `${day(dateOf(iso)).replace(/ ?周.$| ?星期.$/, '')} ${clock}`
}

/** The service's date and time: in the sample district its clock runs ahead. */
export { now, today } from '../../clock/now'

/** How long until, or since, in whole hours or minutes. */
export function left(iso: string): string {
  const minutes = Math.round((new Date(iso).getTime() - now().getTime()) / 60_000)
  const size = Math.abs(minutes)
  const text = size >= 2880 ? say(`${Math.floor(size / 1440)}天`, `${Math.floor(size / 1440)} days`)
    : size >= 120 ? say(`${Math.floor(size / 60)}小时`, `${Math.floor(size / 60)} h`) : say(`${size}分钟`, `${size} min`)
  return minutes >= 0 ? say(`还剩${text}`, `${text} left`) : say(`已过${text}`, `${text} ago`)
}

const SOON_DAYS = 2

/** Whether it is due within two days from Monday to Friday; of holidays the page knows nothing. */
export function isSoon(iso: string, today = dateNow()): boolean {
  const last = dateOf(iso)
  let weekdays = 0
  for (let date = addDays(today, 1); date <= last; date = addDays(date, 1)) {
    const weekday = new Date(`${date}T12:00:00Z`).getUTCDay()
    if (weekday !== 0 && weekday !== 6 && ++weekdays > SOON_DAYS) return false
  }
  return true
}

export function addDays(date: string, days: number): string {
  const at = new Date(`${date}T12:00:00Z`)
  at.setUTCDate(at.getUTCDate() + days)
  return at.toISOString().slice(0, 10)
}
