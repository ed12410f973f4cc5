// The desk's own places: a path under /desk and a query that holds every filter, so that a link shows what its sender saw.
import { reactive } from 'vue'

export interface Place {
  path: string
  query: Record<string, string>
}

export const place = reactive<Place>(read())

addEventListener('popstate', () => Object.assign(place, read()))

function read(): Place {
  const path = decodeURIComponent(location.pathname).replace(/^\/desk\/?/, '').replace(/\/$/, '')
  return { path, query: Object.fromEntries(new URLSearchParams(location.search)) }
}

/** The address of a place; members of the query that are empty are left out. */
export function href(path: string, query: Record<string, string | undefined> = {}): string {
  const kept = Object.entries(query).filter((entry): entry is [string, string] => !!entry[1])
  return `/desk${path ? '/' + path : ''}${kept.length > 0 ? '?' + new URLSearchParams(kept).toString() : ''}`
}

export function go(path: string, query: Record<string, string | undefined> = {}): void {
  const before = place.path
  history.pushState(null, '', href(path, query))
  Object.assign(place, read())
  if (before !== place.path) scrollTo(0, 0)
}

/** Changes filters of the page that is open; they take the place of the address without a step of their own in the history. */
export function filter(changes: Record<string, string | undefined>): void {
  const query = { ...place.query, ...changes }
  history.replaceState(null, '', href(place.path, query))
  Object.assign(place, read())
}

/** Links of the desk open without loading the page again. */
export function followLink(event: MouseEvent): void {
  if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return
  const link = (event.target as Element | null)?.closest('a')
  if (!link || link.target || link.hasAttribute('download') || link.origin !== location.origin || !/^\/desk(\/|$)/.test(link.pathname)) return
  event.preventDefault()
  const before = place.path
  history.pushState(null, '', link.pathname + link.search)
  Object.assign(place, read())
  if (before !== place.path) scrollTo(0, 0)
}
