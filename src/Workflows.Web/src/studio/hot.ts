// The runtime's interpreter finds out in each session anew which methods are called often, and compiles them better once it knows. What it found in an
// editing session is kept beside the pages (FirstRenderTests writes it down), and lies in the browser's store before the runtime starts for the first time.
import { key } from './hot-methods.json'
import table from './hot-methods.bin?url'

/** Whether the browser has the store in which the runtime looks; on an address without encryption it has none. */
export const keepsHotMethods = window.isSecureContext && 'caches' in window

/** Puts the methods where the runtime looks for them, unless those of a session of this browser are there. */
export async function provideHotMethods(): Promise<void> {
  if (!keepsHotMethods) return
  try {
    const shelf = await caches.open(`dotnet-resources${new URL(document.baseURI).pathname}`)
    if (await shelf.match(key)) return
    const found = await fetch(table)
    if (found.ok) await shelf.put(key, new Response(await found.arrayBuffer(), { headers: { 'content-type': 'application/octet-stream' } }))
  } catch {
    // A browser that refuses to store anything starts the runtime as it always did.
  }
}
