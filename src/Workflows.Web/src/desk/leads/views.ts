// Which leads a view holds: the same in the inbox and on the map, and as the service has it for its workbook.
import type { Said } from '../../language/language'

/** What a view asks of a lead. */
export interface Viewed {
  state?: string | null
  wait?: { dueAt: string } | null
  doubles: number
}

export const OPEN = ['Received', 'Triaged', 'Returned', 'Disputed', 'Stuck', 'Routed', 'Accepted', 'Dispatched', 'Transferred']
const TO_DO = ['Received', 'Triaged', 'Returned']

export const isOpen = (lead: Viewed) => OPEN.includes(lead.state ?? '')
export const isLate = (lead: Viewed, now: Date) => isOpen(lead) && !!lead.wait && new Date(lead.wait.dueAt) <= now

export const VIEWS: { key: string; title: Said; holds: (lead: Viewed, now: Date) => boolean }[] = [
  { key: 'inbox', title: ['待处理', 'Inbox'], holds: lead => TO_DO.includes(lead.state ?? '') },
  { key: 'open', title: ['在办', 'Open'], holds: isOpen },
  { key: 'late', title: ['超时', 'Late'], holds: isLate },
  { key: 'linked', title: ['疑似重复', 'Possibly double'], holds: lead => isOpen(lead) && lead.doubles > 0 },
  { key: 'closed', title: ['已结', 'Closed'], holds: lead => ['Closed', 'Merged'].includes(lead.state ?? '') },
]
