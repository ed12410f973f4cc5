// The service's own names for what it sends, from its OpenAPI document (`openapi.json`; `npm run describe` turns it into types).
import type { components } from '#service'

export type Schemas = components['schemas']
export type Shape<Name extends keyof Schemas> = Schemas[Name]

/** A page of a list; the next one begins at the key. */
export interface Page<T> {
  items: T[]
  next?: string | null
}
