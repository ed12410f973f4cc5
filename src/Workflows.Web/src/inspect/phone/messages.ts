// The person's messages, taken along like everything else: read from the service when it can be reached, shown from the phone at once.
import { reactive } from 'vue'
import { get, post } from '../../api/client'
import type { Shape } from '../../api/shapes'
import { AT_THE_DOOR } from '../rows'
import type { Task, VisitAhead } from '../shapes'
import { vault } from './vault'

export type Message = Shape<'MessageShape'>

interface Kept {
  items: Message[]
  unread: number
}

const MOST = 50

export const messages = reactive<Kept & { known: boolean }>({ items: [], unread: 0, known: false })

export async function openMessages(): Promise<void> {
  const kept = await vault.get<Kept>('kept', 'messages').catch(() => undefined)
  if (kept && !messages.known) Object.assign(messages, kept, { known: true })
}

export async function readMessages(): Promise<void> {
  const { items, unread } = await get<Kept>(`/api/messages?take=${MOST}`)
  Object.assign(messages, { items, unread, known: true })
  await vault.put('kept', 'messages', { items, unread } satisfies Kept)
}

/** Marks one message, or all, as read: here at once, and at the service where it can be reached. */
export async function markRead(message?: Message): Promise<void> {
  const opened = messages.items.filter(one => !one.readAt && (!message || one.id === message.id))
  if (!opened.length && (message || !messages.unread)) return
  opened.forEach(one => (one.readAt = new Date().toISOString()))
  messages.unread = message ? Math.max(0, messages.unread - opened.length) : 0
  await post('/api/messages/read', message ? { ids: [message.id] } : {}).then(() => readMessages(), () => undefined)
}

/** Page of the phone on which what a message is about is done, where the person has something to do there. */
export function pageAbout({ caseId, link }: Pick<Message, 'caseId' | 'link'>, tasks: readonly Task[], visits: readonly VisitAhead[]): string | undefined {
  const step = /^\/tasks\/([\w-]+)$/.exec(link ?? '')
  if (step) return `step/${step[1]}`
  if (!caseId) return undefined
  const task = tasks.find(one => one.caseId === caseId)
  if (task && !AT_THE_DOOR.has(task.kind)) return `step/${task.id}`
  return task || visits.some(one => one.caseId === caseId) ? `visit/${caseId}` : undefined
}
