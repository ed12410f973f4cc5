// Which page of the phone is shown: the rest of the path after /inspect.
import { computed, ref } from 'vue'

const BASE = '/inspect'
const path = ref(read())

function read(): string {
  return location.pathname.slice(BASE.length).replace(/^\/|\/$/g, '')
}

addEventListener('popstate', () => (path.value = read()))

export const route = computed(() => {
  const [page = '', id = '', part = ''] = path.value.split('/').map(decodeURIComponent)
  return { page, id, part }
})

export function hrefOf(to: string): string {
  return to ? `${BASE}/${to}` : BASE
}

export function go(to: string): void {
  history.pushState({ inside: true }, '', hrefOf(to))
  path.value = read()
  scrollTo(0, 0)
}

/** Back to where one came from, or to the list on a page that was opened by its address. */
export function back(): void {
  if ((history.state as { inside?: boolean } | null)?.inside) history.back()
  else go('')
}
