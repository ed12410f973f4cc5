// Two versions in one diagram: the present one, with what went away drawn where it used to be.
import { type ActivityJson, type ConnectionJson, childrenOf, edgeId } from '../diagram/graph'
import type { BoxState, DiagramState } from '../diagram/state'
import type { DefinitionChange } from '../scenarios/scenarios'

export interface Comparison {
  root: ActivityJson
  states: Record<string, BoxState>
  edgeStates: Record<string, DiagramState>
}

export function comparison(before: ActivityJson, after: ActivityJson, changes: DefinitionChange[]): Comparison {
  const former = activitiesOf(before)
  const present = activitiesOf(after)
  const states: Record<string, BoxState> = {}
  const edgeStates: Record<string, DiagramState> = {}
  for (const change of changes) {
    const id = change.activityId
    if (!id || change.kind === 'Connection') continue
    const state: DiagramState = change.kind === 'StepAdded' ? 'added' : change.kind === 'StepRemoved' ? 'removed' : 'changed'
    if (states[id]?.state === 'added' || states[id]?.state === 'removed') continue
    states[id] = { state, note: states[id]?.note ? `${states[id].note}；${change.sentence}` : change.sentence }
  }
  return { root: merge(after), states, edgeStates }

  function merge(container: ActivityJson): ActivityJson {
    const old = former.get(container.id)
    const merged: ActivityJson = Object.fromEntries(Object.entries(container).map(([member, value]) => [member, mergeMember(member, value)])) as unknown as ActivityJson
    if (!container.activities) return merged
    const gone = (old?.activities ?? []).filter(activity => !present.has(activity.id))
    merged.activities = [...merged.activities!, ...gone]
    const here = new Set(merged.activities.map(activity => activity.id))
    const now = new Map((container.connections ?? []).map(connection => [keyOf(connection), connection]))
    const then = new Map((old?.connections ?? []).map(connection => [keyOf(connection), connection]))
    for (const key of now.keys()) if (old && !then.has(key)) edgeStates[key] = 'added'
    const dropped = [...then].filter(([key, connection]) => !now.has(key) && here.has(connection.source.activity) && here.has(connection.target.activity))
    for (const [key] of dropped) edgeStates[key] = 'removed'
    merged.connections = [...now.values(), ...dropped.map(([, connection]) => connection)]
    return merged
  }

  function mergeMember(member: string, value: unknown): unknown {
    if (member === 'metadata' || member === 'customProperties') return value
    if (Array.isArray(value)) return value.map(entry => (isNested(entry) ? merge(entry) : entry))
    return isNested(value) ? merge(value) : value
  }
}

function isNested(value: unknown): value is ActivityJson {
  return typeof value === 'object' && value !== null && childrenOf({ id: '', type: '', only: value }).length === 1
}

function keyOf(connection: ConnectionJson): string {
  return edgeId(connection.source.activity, connection.source.port || 'Done', connection.target.activity)
}

function activitiesOf(root: ActivityJson): Map<string, ActivityJson> {
  const found = new Map([[root.id, root]])
  for (const child of childrenOf(root)) for (const [id, activity] of activitiesOf(child)) found.set(id, activity)
  return found
}
