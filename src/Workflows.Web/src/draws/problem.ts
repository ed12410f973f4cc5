import type { Said } from '../language/language'

/** Something that a verification found. */
export interface Problem {
  /** Where in the record, such as `order[3]`. */
  place: string
  said: Said
}

/** Takes down what is found, in the order of the checks. */
export type Report = (place: string, chinese: string, english: string) => void
