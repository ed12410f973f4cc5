// A case of a trial as a story in its diagram: one moment for each step, with what every step of the diagram has come to by then.
import type { BoxState, DiagramState, Frame } from '../diagram/state'
import type { Step } from './trials'

const STATES: Record<string, DiagramState> = { waiting: 'waiting', completed: 'done', cancelled: 'changed', faulted: 'faulted' }

export interface Words {
  time: (iso: string) => string
  /** Name of a step of the diagram. */
  step: (activityId: string) => string
  kind: (kind: string) => string
  actor: (step: Step) => string
}

/** The moments of one instance; several entries of one step at one instant are one moment. */
export function framesOf(steps: Step[], definition: string, words: Words): Frame[] {
  const frames: Frame[] = []
  let states: Record<string, BoxState> = {}
  const times = new Map<string, number>()
  for (const step of steps) {
    if (step.definition !== definition || !step.activityId) continue
    const state = STATES[step.kind]
    if (state) {
      const passed = (times.get(step.activityId) ?? 0) + (state === 'done' ? 1 : 0)
      times.set(step.activityId, passed)
      states = { ...states, [step.activityId]: { state, ...(passed > 1 ? { badge: `×${passed}` } : {}), ...(step.port ? { note: step.port } : {}) } }
    }
    const text = `${words.step(step.activityId)}：${words.kind(step.kind)}${step.port ? `（${step.port}）` : ''} · ${words.actor(step)}`
    const last = frames.at(-1)
    if (last && last.activity === step.activityId && last.time === words.time(step.at)) Object.assign(last, { states, text: `${last.text}；${words.kind(step.kind)}${step.port ? `（${step.port}）` : ''}` })
    else frames.push({ time: words.time(step.at), text, activity: step.activityId, states })
  }
  return frames
}
