// @vitest-environment happy-dom
import { expect, test } from 'vitest'
import { createApp, ref } from 'vue'
import { MOST_PRINTED, wholeOnPaper } from './printing'

test('a list is printed whole and goes on in parts afterwards', () => {
  const shown = ref(60)
  const page = createApp({ setup: () => (wholeOnPaper(shown), () => null) })
  page.mount(document.createElement('div'))
  dispatchEvent(new Event('beforeprint'))
  expect(shown.value).toBe(MOST_PRINTED)
  dispatchEvent(new Event('afterprint'))
  expect(shown.value).toBe(60)
  page.unmount()
  dispatchEvent(new Event('beforeprint'))
  expect(shown.value).toBe(60)
})
