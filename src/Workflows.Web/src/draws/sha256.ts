// SHA-256 (FIPS 180-4) and HMAC (RFC 2104) without waiting: a draw has hundreds of thousands of tickets, each far too small for a promise of its own,
// and the browser's own functions are absent where a page came over plain HTTP. The tests compare it with the browser's.

const K = new Uint32Array([
  0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5, 0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74,
  0x80deb1fe, 0x9bdc06a7, 0xc19bf174, 0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da, 0x983e5152, 0xa831c66d,
  0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967, 0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e,
  0x92722c85, 0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070, 0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5,
  0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3, 0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2,
])
const START = [0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19] as const
const BLOCK = 64
const words = new Int32Array(64)
const encoder = new TextEncoder()

export function sha256(bytes: Uint8Array): Uint8Array {
  const state = Uint32Array.from(START)
  finish(state, bytes, bytes.length)
  return bytesOf(state)
}

export function sha256Hex(given: string | Uint8Array): string {
  return hex(sha256(typeof given === 'string' ? encoder.encode(given) : given))
}

/** HMAC-SHA-256 under one key for many short messages; the key's blocks are compressed once. */
export class Hmac {
  private readonly inner = Uint32Array.from(START)
  private readonly outer = Uint32Array.from(START)
  private readonly state = new Uint32Array(8)
  private readonly digest = new Uint8Array(32)

  /** @param key at most 64 bytes. */
  constructor(key: Uint8Array) {
    const block = new Uint8Array(BLOCK)
    for (const [pad, state] of [[0x36, this.inner], [0x5c, this.outer]] as const) {
      for (let i = 0; i < BLOCK; i++) block[i] = (key[i] ?? 0) ^ pad
      compress(state, block, 0)
    }
  }

  /** The code as eight words, the most significant first; the array is used again by the next call. */
  words(message: Uint8Array): Uint32Array {
    this.state.set(this.inner)
    finish(this.state, message, BLOCK + message.length)
    write(this.state, this.digest)
    this.state.set(this.outer)
    finish(this.state, this.digest, BLOCK + 32)
    return this.state
  }
}

export function hex(bytes: Uint8Array): string {
  let text = ''
  for (const byte of bytes) text += byte.toString(16).padStart(2, '0')
  return text
}

export function unhex(text: string): Uint8Array {
  return Uint8Array.from(text.match(/../g) ?? [], pair => parseInt(pair, 16))
}

/** Compresses the rest of a message with its padding. */
function finish(state: Uint32Array, bytes: Uint8Array, length: number): void {
  let at = 0
  for (; at + BLOCK <= bytes.length; at += BLOCK) compress(state, bytes, at)
  const left = bytes.length - at
  const tail = new Uint8Array(left < BLOCK - 8 ? BLOCK : 2 * BLOCK)
  tail.set(bytes.subarray(at))
  tail[left] = 0x80
  const view = new DataView(tail.buffer)
  view.setUint32(tail.length - 8, Math.floor(length / 0x20000000))
  view.setUint32(tail.length - 4, (length << 3) >>> 0)
  for (let i = 0; i < tail.length; i += BLOCK) compress(state, tail, i)
}

function compress(state: Uint32Array, bytes: Uint8Array, at: number): void {
  const w = words
  for (let t = 0, i = at; t < 16; t++, i += 4) w[t] = (bytes[i]! << 24) | (bytes[i + 1]! << 16) | (bytes[i + 2]! << 8) | bytes[i + 3]!
  for (let t = 16; t < 64; t++) {
    const x = w[t - 15]!
    const y = w[t - 2]!
    const s0 = ((x >>> 7) | (x << 25)) ^ ((x >>> 18) | (x << 14)) ^ (x >>> 3)
    const s1 = ((y >>> 17) | (y << 15)) ^ ((y >>> 19) | (y << 13)) ^ (y >>> 10)
    w[t] = (w[t - 16]! + s0 + w[t - 7]! + s1) | 0
  }
  let a = state[0]! | 0, b = state[1]! | 0, c = state[2]! | 0, d = state[3]! | 0
  let e = state[4]! | 0, f = state[5]! | 0, g = state[6]! | 0, h = state[7]! | 0
  for (let t = 0; t < 64; t++) {
    const s1 = ((e >>> 6) | (e << 26)) ^ ((e >>> 11) | (e << 21)) ^ ((e >>> 25) | (e << 7))
    const first = (h + s1 + ((e & f) ^ (~e & g)) + K[t]! + w[t]!) | 0
    const s0 = ((a >>> 2) | (a << 30)) ^ ((a >>> 13) | (a << 19)) ^ ((a >>> 22) | (a << 10))
    const second = (s0 + ((a & b) ^ (a & c) ^ (b & c))) | 0
    h = g
    g = f
    f = e
    e = (d + first) | 0
    d = c
    c = b
    b = a
    a = (first + second) | 0
  }
  state[0]! += a
  state[1]! += b
  state[2]! += c
  state[3]! += d
  state[4]! += e
  state[5]! += f
  state[6]! += g
  state[7]! += h
}

function bytesOf(state: Uint32Array): Uint8Array {
  const bytes = new Uint8Array(32)
  write(state, bytes)
  return bytes
}

function write(state: Uint32Array, bytes: Uint8Array): void {
  for (let i = 0; i < 8; i++) {
    const word = state[i]!
    bytes[4 * i] = word >>> 24
    bytes[4 * i + 1] = word >>> 16
    bytes[4 * i + 2] = word >>> 8
    bytes[4 * i + 3] = word
  }
}
