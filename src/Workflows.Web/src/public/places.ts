// Where the reader is, by the path alone, so that every page can be linked.
import { ref } from 'vue'

export const path = ref(location.pathname)
addEventListener('popstate', () => { path.value = location.pathname })

/** Goes to another page of the public ones without loading it anew. */
export function go(event: MouseEvent): void {
  const link = (event.target as Element).closest('a')
  if (!link || link.target || event.ctrlKey || event.metaKey || event.shiftKey || link.origin !== location.origin || !link.pathname.startsWith('/public')) return
  event.preventDefault()
  history.pushState(null, '', link.href)
  path.value = link.pathname
  scrollTo(0, 0)
}
