// System notices while the page is open. Push to a closed page needs a push service outside, and this system calls none.
import { ref, watch } from 'vue'
import { say } from '../../language/language'
import { day } from './field'

export const notices = ref<NotificationPermission | 'missing'>(typeof Notification === 'undefined' ? 'missing' : Notification.permission)

export async function askForNotices(): Promise<void> {
  notices.value = await Notification.requestPermission()
}

/** Tells of steps that were not there before; number and limit alone, since a lock screen is read by others too. */
export function tellOfNewSteps(): void {
  let known: Set<string> | undefined
  watch(() => day.tasks.map(task => task.id), ids => {
    const fresh = known ? ids.filter(id => !known!.has(id)) : []
    if (day.readAt) known = new Set([...(known ?? []), ...ids])
    if (fresh.length === 0 || notices.value !== 'granted' || document.visibilityState === 'visible') return
    const text = say(`有 ${fresh.length} 项新的待办事项`, `${fresh.length} new steps`)
    // Phones show notices through the worker alone.
    void navigator.serviceWorker?.getRegistration().then(worker => {
      if (worker) void worker.showNotification(text, { tag: 'steps' })
      else new Notification(text, { tag: 'steps' })
    })
  })
}
