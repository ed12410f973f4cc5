// A QR code (ISO/IEC 18004) of a short text: bytes, error correction M, versions 1 to 10; enough for an address.
const EC_PER_BLOCK = [0, 10, 16, 26, 18, 24, 16, 18, 22, 22, 26]
const BLOCKS = [0, 1, 1, 1, 2, 2, 4, 4, 4, 5, 5]
const DATA_CODEWORDS = [0, 16, 28, 44, 64, 86, 108, 124, 154, 182, 216]
const ALIGNMENT = [[], [], [6, 18], [6, 22], [6, 26], [6, 30], [6, 34], [6, 22, 38], [6, 24, 42], [6, 26, 46], [6, 28, 50]]
const FORMAT_M = 0

const EXP = new Uint8Array(512)
const LOG = new Uint8Array(256)
for (let value = 1, n = 0; n < 255; n++) {
  EXP[n] = EXP[n + 255] = value
  LOG[value] = n
  value <<= 1
  if (value & 256) value ^= 0x11d
}
const times = (a: number, b: number) => (a && b ? EXP[LOG[a]! + LOG[b]!]! : 0)

function remainder(data: readonly number[], degree: number): number[] {
  let generator = [1]
  for (let n = 0; n < degree; n++) {
    const next = new Array<number>(generator.length + 1).fill(0)
    generator.forEach((factor, at) => {
      next[at]! ^= factor
      next[at + 1]! ^= times(factor, EXP[n]!)
    })
    generator = next
  }
  const rest = new Array<number>(degree).fill(0)
  for (const byte of data) {
    const lead = byte ^ rest.shift()!
    rest.push(0)
    generator.slice(1).forEach((factor, at) => (rest[at]! ^= times(factor, lead)))
  }
  return rest
}

/** The code as rows of modules, true for dark; without the quiet zone. */
export function qrOf(text: string): boolean[][] {
  const bytes = [...new TextEncoder().encode(text)]
  const version = DATA_CODEWORDS.findIndex((room, v) => v > 0 && bytes.length + (v < 10 ? 2 : 3) <= room)
  if (version < 0) throw new RangeError(`The text has ${bytes.length} bytes; a code holds 213.`)
  return draw(version, interleaved(version, codewords(version, bytes)))
}

function codewords(version: number, bytes: number[]): number[] {
  const bits: number[] = []
  const push = (value: number, length: number) => {
    for (let n = length - 1; n >= 0; n--) bits.push((value >> n) & 1)
  }
  push(4, 4)
  push(bytes.length, version < 10 ? 8 : 16)
  bytes.forEach(byte => push(byte, 8))
  const room = DATA_CODEWORDS[version]! * 8
  push(0, Math.min(4, room - bits.length))
  while (bits.length % 8) bits.push(0)
  for (let pad = 0xec; bits.length < room; pad ^= 0xec ^ 0x11) push(pad, 8)
  return Array.from({ length: room / 8 }, (_, n) => bits.slice(n * 8, n * 8 + 8).reduce((byte, bit) => byte * 2 + bit, 0))
}

function interleaved(version: number, data: number[]): number[] {
  const count = BLOCKS[version]!
  const short = Math.floor(data.length / count)
  const longBlocks = data.length % count
  const blocks: number[][] = []
  for (let n = 0, at = 0; n < count; n++) {
    const length = short + (n >= count - longBlocks ? 1 : 0)
    blocks.push(data.slice(at, at + length))
    at += length
  }
  const checks = blocks.map(block => remainder(block, EC_PER_BLOCK[version]!))
  const mixed: number[] = []
  for (let n = 0; n <= short; n++) blocks.forEach(block => n < block.length && mixed.push(block[n]!))
  for (let n = 0; n < EC_PER_BLOCK[version]!; n++) checks.forEach(check => mixed.push(check[n]!))
  return mixed
}

function draw(version: number, words: number[]): boolean[][] {
  const size = version * 4 + 17
  const dark = Array.from({ length: size }, () => new Array<boolean>(size).fill(false))
  const fixed = Array.from({ length: size }, () => new Array<boolean>(size).fill(false))
  const set = (x: number, y: number, on: boolean) => {
    if (x < 0 || y < 0 || x >= size || y >= size) return
    dark[y]![x] = on
    fixed[y]![x] = true
  }
  for (let n = 0; n < size; n++) {
    set(6, n, n % 2 === 0)
    set(n, 6, n % 2 === 0)
  }
  for (const [cx, cy] of [[3, 3], [size - 4, 3], [3, size - 4]] as const)
    for (let dy = -4; dy <= 4; dy++) for (let dx = -4; dx <= 4; dx++) {
      const ring = Math.max(Math.abs(dx), Math.abs(dy))
      set(cx + dx, cy + dy, ring !== 2 && ring !== 4)
    }
  const centres = ALIGNMENT[version]!
  for (const cy of centres) for (const cx of centres) {
    if (fixed[cy]![cx] && (cx === 6 || cy === 6) && (cx + cy === 12 || cx + cy === size - 1)) continue
    for (let dy = -2; dy <= 2; dy++) for (let dx = -2; dx <= 2; dx++) set(cx + dx, cy + dy, Math.max(Math.abs(dx), Math.abs(dy)) !== 1)
  }
  if (version >= 7) {
    let rest = version
    for (let n = 0; n < 12; n++) rest = (rest << 1) ^ ((rest >> 11) * 0x1f25)
    const bits = (version << 12) | rest
    for (let n = 0; n < 18; n++) {
      const [a, b] = [size - 11 + (n % 3), Math.floor(n / 3)]
      set(a, b, ((bits >> n) & 1) === 1)
      set(b, a, ((bits >> n) & 1) === 1)
    }
  }
  format(set, size, 0)
  place(dark, fixed, words)
  // One mask serves: readers take the one that the format names, and a text of letters and digits is as even under it as under any other.
  for (let y = 0; y < size; y++) for (let x = 0; x < size; x++) if (!fixed[y]![x] && (x + y) % 2 === 0) dark[y]![x] = !dark[y]![x]
  return dark
}

function format(set: (x: number, y: number, on: boolean) => void, size: number, mask: number): void {
  const data = (FORMAT_M << 3) | mask
  let rest = data
  for (let n = 0; n < 10; n++) rest = (rest << 1) ^ ((rest >> 9) * 0x537)
  const bits = ((data << 10) | rest) ^ 0x5412
  const bit = (n: number) => ((bits >> n) & 1) === 1
  for (let n = 0; n <= 5; n++) set(8, n, bit(n))
  set(8, 7, bit(6))
  set(8, 8, bit(7))
  set(7, 8, bit(8))
  for (let n = 9; n < 15; n++) set(14 - n, 8, bit(n))
  for (let n = 0; n < 8; n++) set(size - 1 - n, 8, bit(n))
  for (let n = 8; n < 15; n++) set(8, size - 15 + n, bit(n))
  set(8, size - 8, true)
}

function place(dark: boolean[][], fixed: boolean[][], words: number[]): void {
  const size = dark.length
  let at = 0
  for (let right = size - 1; right >= 1; right -= 2) {
    if (right === 6) right = 5
    for (let n = 0; n < size; n++) for (let side = 0; side < 2; side++) {
      const x = right - side
      const y = ((right + 1) & 2) === 0 ? size - 1 - n : n
      if (fixed[y]![x] || at >= words.length * 8) continue
      dark[y]![x] = ((words[at >> 3]! >> (7 - (at & 7))) & 1) === 1
      at++
    }
  }
}
