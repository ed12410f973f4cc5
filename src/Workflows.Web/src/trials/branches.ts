// How often each step and port was taken, as the diagram shows it.
import { type ActivityJson, childrenOf, edgeId } from '../diagram/graph'
import type { BoxState, DiagramState } from '../diagram/state'
import type { Branch } from './trials'

export function branchStates(branches: Branch[], root: ActivityJson): { states: Record<string, BoxState>; edgeStates: Record<string, DiagramState> } {
  const states: Record<string, BoxState> = {}
  const ports = new Map<string, number>()
  for (const branch of branches) {
    if (branch.port === undefined) states[branch.activityId] = { state: branch.count > 0 ? 'done' : 'never', ...(branch.count > 0 ? { badge: `×${branch.count}` } : {}) }
    else ports.set(`${branch.activityId}\u0000${branch.port}`, branch.count)
  }
  const edgeStates: Record<string, DiagramState> = {}
  const open = [root]
  for (let container = open.pop(); container; container = open.pop()) {
    open.push(...childrenOf(container))
    for (const { source, target } of container.connections ?? []) {
      const port = source.port || 'Done'
      const count = ports.get(`${source.activity}\u0000${port}`)
      if (count !== undefined) edgeStates[edgeId(source.activity, port, target.activity)] = count > 0 ? 'done' : 'never'
    }
  }
  return { states, edgeStates }
}
