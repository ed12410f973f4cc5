// The title of the browser's tab, in the language of the page.
import { watchEffect } from 'vue'
import { say } from './language'

/** @param words What the page is called now; without any, the title names the service alone. */
export function useTitle(words: () => string): void {
  watchEffect(() => { document.title = [words(), say('监管一件事', 'Supervise one thing')].filter(part => part).join(' · ') })
}
