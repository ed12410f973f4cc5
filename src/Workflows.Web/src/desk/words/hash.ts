import { sha256Hex } from '../../draws/sha256'

/** SHA-256 of a text, in hexadecimal; also on an address without encryption, where browsers keep their own from pages. */
export function sha256(text: string): Promise<string> {
  return Promise.resolve(sha256Hex(text))
}
