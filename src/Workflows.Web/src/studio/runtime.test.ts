import { expect, test } from 'vitest'
import { unpack } from './runtime'

function bundle(files: [string, number[]][]): ArrayBuffer {
  const table = new TextEncoder().encode(JSON.stringify(files.map(([name, bytes]) => [name, bytes.length])))
  const content = files.flatMap(([, bytes]) => bytes)
  const whole = new Uint8Array(4 + table.length + content.length)
  new DataView(whole.buffer).setUint32(0, table.length, true)
  whole.set(table, 4)
  whole.set(content, 4 + table.length)
  return whole.buffer
}

test('each file comes out of the bundle as it went in', () => {
  const files = unpack(bundle([['System.Linq.abc.wasm', [1, 2, 3]], ['empty.wasm', []], ['icudt.dat', [9]]]))
  expect([...files].map(([name, content]) => [name, [...content]])).toEqual([['System.Linq.abc.wasm', [1, 2, 3]], ['empty.wasm', []], ['icudt.dat', [9]]])
})

test('a bundle that ends too early is refused', () => {
  const whole = bundle([['System.Linq.abc.wasm', [1, 2, 3]]])
  expect(() => unpack(whole.slice(0, whole.byteLength - 1))).toThrow(RangeError)
})
