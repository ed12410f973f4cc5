// How a step or a connection of a diagram looks.

/** The first three compare versions; the others follow a case. `never` is what no case has reached. */
export type DiagramState = 'added' | 'removed' | 'changed' | 'done' | 'running' | 'waiting' | 'faulted' | 'never'

export interface BoxState {
  state: DiagramState
  /** A few characters above the step, such as a count. */
  badge?: string
  /** Said when the pointer rests on it. */
  note?: string
}

/** A moment of a story that is stepped through. */
export interface Frame {
  /** When it was, as people read it. */
  time: string
  /** What happened. */
  text: string
  /** Step it happened at. */
  activity?: string
  /** State of each step at that moment. */
  states: Record<string, BoxState>
}
