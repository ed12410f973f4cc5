// What the operator looks at. A part that the reader may not have, or that fails, is left out; the others stand.
import { ApiProblem, get } from '../../api/client'
import type { Shape } from '../../api/shapes'
import { say } from '../../language/language'
import { scenario } from '../words/names'

export type NodeRow = Shape<'NodeShape'>
export interface ChannelRow { channel: string; configured: boolean; host?: string | null; delivered: number; waiting: number; failed: number; lastDeliveredAt?: string | null; lastError?: string | null; lastErrorAt?: string | null }

/** How many there are, and the first of them. */
export interface Listed<T> { total: number; items: T[] }

export interface Standing {
  incidents: Listed<Shape<'UndeliveredStimulus'>>
  faulted: Listed<Shape<'InstanceRow'>>
  stuck: Listed<Shape<'InstanceRow'>>
  timers: Shape<'TimerReport'>
  waiting: Listed<Shape<'WaitingTimer'>>
  /** Undefined where the reader may not see it. */
  outbox?: Listed<Shape<'UndeliveredMessage'>>
  nodes?: NodeRow[]
  channels?: ChannelRow[]
}

/** How a node's state looks. */
export const NODE_TONES = { Running: 'wf-chip-good', Paused: 'wf-chip-open', Silent: 'dk-chip-bad', Stopped: '' } satisfies Record<NodeRow['state'], string>

/** A part that may be hidden from the reader; any other failure is one of the page. */
async function visible<T>(path: string): Promise<T | undefined> {
  try {
    return await get<T>(path)
  } catch (error) {
    if (error instanceof ApiProblem && (error.status === 403 || error.status === 404)) return undefined
    throw error
  }
}

/** @param isAdministrator whether what is the administrator's is asked for at all: what is refused stands in the audit trail. */
export async function readStanding(isAdministrator: boolean): Promise<Standing> {
  const [incidents, faulted, stuck, timers, waiting, outbox, nodes, channels] = await Promise.all([
    get<Standing['incidents']>('/api/operations/incidents'), get<Standing['faulted']>('/api/operations/faulted'), get<Standing['stuck']>('/api/operations/stuck'), get<Standing['timers']>('/api/operations/timers'), get<Standing['waiting']>('/api/operations/timers/waiting'),
    isAdministrator ? visible<Standing['outbox']>('/api/operations/outbox') : undefined, visible<NodeRow[]>('/api/operations/nodes'), isAdministrator ? visible<ChannelRow[]>('/api/operations/channels') : undefined,
  ])
  return { incidents: incidents!, faulted: faulted!, stuck: stuck!, timers: timers!, waiting: waiting!, outbox, nodes, channels }
}

/** Lists that are workbooks too. */
export const SHEETS: Record<string, string> = { incidents: 'incidents', faulted: 'faulted', stuck: 'stuck', outbox: 'outbox', timers: 'timers' }

/** Name of a process by its id: `esports-hotel-case` → 电竞酒店·案件. */
export function processName(id: string): string {
  const at = id.lastIndexOf('-')
  const name = at > 0 ? scenario(id.slice(0, at)) : id
  const part = { case: say('案件', 'case'), plan: say('计划', 'plan'), lead: say('线索', 'lead'), project: say('项目', 'project'), demolition: say('拆除', 'demolition') }[id.slice(at + 1)]
  return part && name !== id.slice(0, at) ? `${name} · ${part}` : id
}

export function span(seconds: number): string {
  return seconds < 120 ? say(`${Math.round(seconds)}秒`, `${Math.round(seconds)} s`) : seconds < 7200 ? say(`${Math.round(seconds / 60)}分钟`, `${Math.round(seconds / 60)} min`) : say(`${Math.round(seconds / 3600)}小时`, `${Math.round(seconds / 3600)} h`)
}

/** Seconds by which a timer is late; 0 for one whose time has not come. */
export function lateness(fireAt: string, now: string): number {
  return Math.max(0, (Date.parse(now) - Date.parse(fireAt)) / 1000)
}
