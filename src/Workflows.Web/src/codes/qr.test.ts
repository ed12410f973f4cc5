import jsQR from 'jsqr'
import { expect, test } from 'vitest'
import { qrOf } from './qr'

const SCALE = 4
const QUIET = 4

// Read back by a reader that has nothing to do with the writer.
function readBack(rows: boolean[][]): string | undefined {
  const side = (rows.length + 2 * QUIET) * SCALE
  const pixels = new Uint8ClampedArray(side * side * 4).fill(255)
  rows.forEach((row, y) => row.forEach((on, x) => {
    if (!on) return
    for (let dy = 0; dy < SCALE; dy++) for (let dx = 0; dx < SCALE; dx++) {
      const at = (((y + QUIET) * SCALE + dy) * side + (x + QUIET) * SCALE + dx) * 4
      pixels.fill(0, at, at + 3)
    }
  }))
  return jsQR(pixels, side, side)?.data
}

test.each([1, 14, 20, 40, 62, 84, 100, 122, 150, 180, 213])('a text of %i bytes is read back by another reader', length => {
  const text = 'https://example.gov.cn/p/'.repeat(10).slice(0, length)
  expect(readBack(qrOf(text))).toBe(text)
})

test('Chinese is read back too, and what is too long is refused', () => {
  expect(readBack(qrOf('样例电竞酒店'))).toBe('样例电竞酒店')
  expect(() => qrOf('x'.repeat(214))).toThrow(RangeError)
})
