// Fetches Studio's runtime while a page without Studio is read, so that the editor, opened from there, has less to wait for.
import { runtimeAddresses } from './runtime'

const AT_ONCE = 3
const LONGEST_WAIT_MS = 3_000

/**
 * Begins when the page has nothing else to do; not where the reader wants to spare data.
 * @param fetched Called when all of it lies in the browser's cache and the page has nothing to do again.
 */
export function fetchStudioAhead(fetched: () => void): void {
  if ((navigator as { connection?: { saveData?: boolean } }).connection?.saveData) return
  whenIdle(() => void fetchAll().then(() => whenIdle(fetched), () => undefined))
}

function whenIdle(begin: () => void): void {
  if ('requestIdleCallback' in window) requestIdleCallback(begin, { timeout: LONGEST_WAIT_MS })
  else setTimeout(begin, LONGEST_WAIT_MS)
}

async function fetchAll(): Promise<void> {
  const addresses = runtimeAddresses()
  const lane = async () => {
    for (let address = addresses.shift(); address !== undefined; address = addresses.shift()) {
      const answer = await fetch(address, { priority: 'low' })
      // Only what is read to its end is kept.
      await answer.arrayBuffer()
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, lane))
}
