// The Chinese of Studio, switched on and off by the reader; the choice is remembered.
import { ref } from 'vue'
import { dictionary, patterns } from './dictionary'
import { Overlay } from './overlay'
import { UNTOUCHED, isPeoples } from './people'

const KEPT_AS = 'studio-labels'

export const chineseLabels = ref(localStorage.getItem(KEPT_AS) !== 'english')

let overlay: Overlay | undefined

export function startChinese(): void {
  overlay ??= new Overlay(document.body, dictionary, patterns, UNTOUCHED, isPeoples)
  if (chineseLabels.value) overlay.start()
}

export function toggleChinese(): void {
  chineseLabels.value = !chineseLabels.value
  localStorage.setItem(KEPT_AS, chineseLabels.value ? 'chinese' : 'english')
  if (chineseLabels.value) overlay?.start()
  else overlay?.stop()
}
