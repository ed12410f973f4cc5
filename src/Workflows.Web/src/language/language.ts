// Chinese first, English as the second language of the pages.
import { ref, watchEffect } from 'vue'

export type Language = 'zh' | 'en'

const KEPT_AS = 'language'

export const language = ref<Language>(localStorage.getItem(KEPT_AS) === 'en' ? 'en' : 'zh')

watchEffect(() => {
  localStorage.setItem(KEPT_AS, language.value)
  document.documentElement.lang = language.value === 'zh' ? 'zh-CN' : 'en'
})

/** A text in both languages. */
export type Said = readonly [chinese: string, english: string]

/** The text in the chosen language. */
export function inWords(said: Said): string {
  return say(said[0], said[1])
}

/** The text in the chosen language. */
export function say(chinese: string, english: string): string {
  return language.value === 'zh' ? chinese : english
}

/** A moment as people read it, in China's time. */
export function moment(iso: string | undefined): string {
  if (!iso) return ''
  const chinese = language.value === 'zh'
  return new Intl.DateTimeFormat(chinese ? 'zh-CN' : 'en-GB', {
    timeZone: 'Asia/Shanghai', year: 'numeric', month: chinese ? 'long' : 'short', day: 'numeric', hour: '2-digit', minute: '2-digit', hourCycle: 'h23',
  }).format(new Date(iso))
}
