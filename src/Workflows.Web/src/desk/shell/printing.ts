// On paper nobody asks for more: a list that is shown in parts is printed whole, up to a bound that the paper tells.
import { onBeforeUnmount, type Ref } from 'vue'

/** Rows that are printed at most. */
export const MOST_PRINTED = 2000

/** While the page is printed, as many rows are shown as may be. */
export function wholeOnPaper(shown: Ref<number>): void {
  let before = 0
  const begin = () => {
    before = shown.value
    shown.value = Math.max(before, MOST_PRINTED)
  }
  const end = () => (shown.value = before)
  addEventListener('beforeprint', begin)
  addEventListener('afterprint', end)
  onBeforeUnmount(() => {
    removeEventListener('beforeprint', begin)
    removeEventListener('afterprint', end)
  })
}
