// New steps are told while the page is open: at its top, or as a system notice while it is in the background. To a closed page they are pushed (push.ts).
import { ref, watch } from 'vue'
import { say } from '../../language/language'
import { day } from './field'

const SHOWN_MS = 15_000

export const notices = ref<NotificationPermission | 'missing'>(typeof Notification === 'undefined' ? 'missing' : Notification.permission)
/** How many steps came while the page was looked at; for its top. */
export const arrived = ref(0)
let shown: ReturnType<typeof setTimeout> | undefined

export async function askForNotices(): Promise<void> {
  notices.value = await Notification.requestPermission()
}

/** Tells of steps that were not there before; number and limit alone, since a lock screen is read by others too. */
export function tellOfNewSteps(): void {
  let known: Set<string> | undefined
  watch(() => day.tasks.map(task => task.id), ids => {
    const fresh = known ? ids.filter(id => !known!.has(id)) : []
    if (day.readAt) known = new Set([...(known ?? []), ...ids])
    if (fresh.length === 0) return
    if (document.visibilityState === 'visible') {
      arrived.value = fresh.length
      clearTimeout(shown)
      shown = setTimeout(() => (arrived.value = 0), SHOWN_MS)
    } else if (notices.value === 'granted') void notify(newSteps(fresh.length))
  })
}

export function newSteps(count: number): string {
  return say(`有 ${count} 项新的待办事项`, count === 1 ? 'One new step' : `${count} new steps`)
}

/** Phones show notices through the worker alone. */
async function notify(text: string): Promise<void> {
  const worker = await navigator.serviceWorker?.getRegistration()
  if (worker) await worker.showNotification(text, { tag: 'steps' })
  else new Notification(text, { tag: 'steps' })
}
