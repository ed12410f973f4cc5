// Which page of /studio an address means. Pages change by full loads, because Studio allows one of its elements in the life of a page;
// only from a page that has none yet does Studio open in place, where its runtime has started meanwhile.

export type Place =
  | { page: 'scenarios' }
  | { page: 'scenario'; code: string }
  | { page: 'trial'; id: string }
  | { page: 'migration'; id: string }
  | { page: 'definitions' }
  | { page: 'editor'; id: string }
  | { page: 'versions'; id: string }
  | { page: 'instances' }
  | { page: 'viewer'; id: string }
  | { page: 'unknown' }

/** Reads a path; also the two that Studio itself pushes. */
export function placeOf(path: string): Place {
  const [first, ...parts] = path.split('/').filter(part => part !== '').map(decodeURIComponent)
  if (first !== 'studio') return { page: 'unknown' }
  const [area, id, more] = parts
  if (!area) return { page: 'scenarios' }
  if (area === 'definitions' && !id) return { page: 'definitions' }
  if (area === 'definitions' && id && !more) return { page: 'editor', id }
  if (area === 'definitions' && id && more === 'versions') return { page: 'versions', id }
  if (area === 'instances' && !id) return { page: 'instances' }
  if (area === 'instances' && id && !more) return { page: 'viewer', id }
  if (area === 'scenarios' && !id) return { page: 'scenarios' }
  if (area === 'scenarios' && id && !more) return { page: 'scenario', code: id }
  if (area === 'migrations' && id && !more) return { page: 'migration', id }
  if (area === 'trials' && id && !more) return { page: 'trial', id }
  if (area === 'workflows' && parts.length === 4 && parts[1] === 'instances' && parts[3] === 'view') return { page: 'viewer', id: parts[2]! }
  if (area === 'workflows' && parts.length === 4 && parts[1] === 'definitions' && parts[3] === 'edit') return { page: 'editor', id: parts[2]! }
  return { page: 'unknown' }
}

/** Whether the page shows one of Studio's elements. */
export function usesStudio(place: Place): boolean {
  return place.page === 'definitions' || place.page === 'editor' || place.page === 'instances' || place.page === 'viewer'
}

export const addressOf = {
  editor: (id: string) => `/studio/definitions/${encodeURIComponent(id)}`,
  versions: (id: string) => `/studio/definitions/${encodeURIComponent(id)}/versions`,
  viewer: (id: string) => `/studio/instances/${encodeURIComponent(id)}`,
  /** Its data, at a place of one of its files where one is wanted. */
  scenario: (code: string, file?: string, place?: string) => `/studio/scenarios/${encodeURIComponent(code)}${file ? `#${encodeURIComponent(file)}:${encodeURIComponent(place ?? '')}` : ''}`,
  /** Live instances of a process, and of the scenario that it is part of. */
  migration: (id: string) => `/studio/migrations/${encodeURIComponent(id)}`,
  trial: (id: string) => `/studio/trials/${encodeURIComponent(id)}`,
}
