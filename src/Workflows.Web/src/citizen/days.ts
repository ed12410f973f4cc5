// Days as people read them.
import { language, say } from '../language/language'

/** A day such as 2026-12-02: 12月2日 周三. */
export function dayWords(iso: string | null | undefined): string {
  if (!iso) return ''
  const date = new Date(`${iso.slice(0, 10)}T12:00:00+08:00`)
  const parts = { timeZone: 'Asia/Shanghai', month: language.value === 'zh' ? 'long' : 'short', day: 'numeric' } as const
  const weekday = new Intl.DateTimeFormat(language.value === 'zh' ? 'zh-CN' : 'en-GB', { timeZone: 'Asia/Shanghai', weekday: 'short' }).format(date)
  const day = new Intl.DateTimeFormat(language.value === 'zh' ? 'zh-CN' : 'en-GB', parts).format(date)
  return language.value === 'zh' ? `${day} ${weekday}` : `${weekday} ${day}`
}

/** How long there is still, or how late it is. */
export function leftWords(days: number | null | undefined, working: boolean): string {
  if (days === null || days === undefined) return say('立即', 'At once')
  const unit = working ? say('个工作日', ' working') : say('天', '')
  const noun = (n: number) => n === 1 ? 'day' : 'days'
  if (days < 0) return say(`已逾期${-days}${unit}`, `${-days}${unit} ${noun(-days)} late`)
  if (days === 0) return say('今天到期', 'Due today')
  return say(`还剩${days}${unit}`, `${days}${unit} ${noun(days)} left`)
}

export type Urgency = 'late' | 'soon' | 'calm'

/** Red once it is late, amber within two days. */
export function urgency(days: number | null | undefined): Urgency {
  if (days === null || days === undefined) return 'soon'
  return days < 0 ? 'late' : days <= 2 ? 'soon' : 'calm'
}
