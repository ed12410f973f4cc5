// Live instances go over to another version: tried out first, then carried out for those that were chosen.
import type { ActivityJson } from '../diagram/graph'
import { nameOf, childrenOf } from '../diagram/graph'
import { get, post } from '../api/client'

export type TimerPolicy = 'keep' | 'recomputeFromStart' | 'recomputeFromNow'

export interface Activity {
  activityId: string
  activityType: string
  name?: string
  to?: string
}

export interface Timer {
  activityId: string
  name?: string
  oldDueAt?: string
  newDueAt?: string
}

export interface Report {
  fromVersion: number
  toVersion: number
  kept: Activity[]
  moved: Activity[]
  dropped: Activity[]
  started: Activity[]
  droppedVariables: string[]
  addedVariables: string[]
  timers: Timer[]
}

export interface Problem {
  code: string
  activityId?: string
  message: string
}

export interface Result {
  workflowInstanceId: string
  isSuccessful: boolean
  log: { logEntries: { message: string }[] }
  migration?: Report
  problems?: Problem[]
}

export interface InstanceLine {
  id: string
  definitionId: string
  definitionVersionId: string
  version: number
  name?: string
  correlationId?: string
  createdAt: string
  incidentCount: number
}

/** Where an instance goes on that waits at a step that is gone; null withdraws the wait. */
export type ActivityMap = Record<string, string | null>

export interface Asked {
  target: { targetPackageVersionId: string } | { targetVersionId: string }
  timers: TimerPolicy
  activityMap: ActivityMap
}

export function alterationOf(asked: Asked): object {
  return { type: 'Migrate', ...asked.target, timers: asked.timers, ...(Object.keys(asked.activityMap).length > 0 ? { activityMap: asked.activityMap } : {}) }
}

export const migrationApi = {
  /** Live instances on these versions, 200 at most, as a dry run takes no more. */
  live: async (versionIds: string[]) => (await post<{ items: InstanceLine[]; totalCount: number }>('/elsa/api/workflow-instances', { definitionVersionIds: versionIds, statuses: ['Running'], page: 0, pageSize: MOST })),
  dryRun: async (asked: Asked, ids: string[]) => (await post<{ previews: Result[] }>('/elsa/api/alterations/dry-run', { alterations: [alterationOf(asked)], filter: { workflowInstanceIds: ids } })).previews,
  run: async (asked: Asked, ids: string[]) => (await post<{ results: Result[] }>('/elsa/api/alterations/run', { alterations: [alterationOf(asked)], workflowInstanceIds: ids })).results,
  definition: (versionId: string) => get<{ root: ActivityJson }>(`/elsa/api/workflow-definitions/by-id/${encodeURIComponent(versionId)}`),
}

export const MOST = 200

/** Names of all steps of a diagram by id. */
export function namesOf(root: ActivityJson): Map<string, string> {
  const names = new Map([[root.id, nameOf(root)]])
  for (const child of childrenOf(root)) for (const [id, name] of namesOf(child)) names.set(id, name)
  return names
}

/** Steps that only a map can help: the instance waits at what the new version no longer has. */
export function unplaced(results: Result[]): { activityId: string; message: string; instances: number }[] {
  const found = new Map<string, { activityId: string; message: string; instances: number }>()
  for (const problem of results.flatMap(result => result.problems ?? [])) {
    if (!problem.activityId) continue
    const known = found.get(problem.activityId)
    if (known) known.instances++
    else found.set(problem.activityId, { activityId: problem.activityId, message: problem.message, instances: 1 })
  }
  return [...found.values()]
}
