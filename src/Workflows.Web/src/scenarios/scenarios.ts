// Scenarios and processes as the service tells of them.
import { get, post } from '../api/client'

export interface ScenarioVersion {
  versionId: string
  version: number
  isPublished: boolean
  isDraft: boolean
  source: string
  savedAt: string
  savedBy?: string
  publishedAt?: string
}

export interface ScenarioDiagram {
  definitionId: string
  file: string
  name: string
  liveInstances: number
}

export interface ScenarioOverview {
  code: string
  name: string
  published?: ScenarioVersion
  draft?: ScenarioVersion
  diagrams: ScenarioDiagram[]
}

export interface ScenarioProblem {
  definitionId?: string
  activityId?: string
  file: string
  place: string
  message: string
}

export interface PublishingReport {
  scenario?: string
  problems: ScenarioProblem[]
}

export interface DefinitionChange {
  kind: string
  sentence: string
  activityId?: string
  before?: string
  after?: string
}

export interface ProcessDifference {
  definitionId: string
  name: string
  before?: number
  after?: number
  changes: DefinitionChange[]
}

export interface ScenarioDifference {
  processes: ProcessDifference[]
  files: string[]
}

export interface DefinitionVersion {
  versionId: string
  version: number
  name: string
  isPublished: boolean
  isDraft: boolean
  source: string
  savedAt: string
  savedBy?: string
  publishedAt?: string
  liveInstances: number
}

const part = encodeURIComponent

export const scenarioApi = {
  overview: () => get<ScenarioOverview[]>('/api/scenarios/overview'),
  validate: (code: string) => get<PublishingReport>(`/api/scenarios/${part(code)}/validation`),
  differences: (code: string) => get<ScenarioDifference>(`/api/scenarios/${part(code)}/differences`),
  publish: (code: string) => post<ScenarioVersion>(`/api/scenarios/${part(code)}/publish`),
  discard: (code: string) => post<void>(`/api/scenarios/${part(code)}/discard`),
  clone: (code: string, clone: { code: string; name: string }, key: string) => post<ScenarioVersion>(`/api/scenarios/${part(code)}/clone`, clone, key),
}

export const processApi = {
  versions: (id: string) => get<DefinitionVersion[]>(`/api/definitions/${part(id)}/versions`),
  validate: (id: string) => get<PublishingReport>(`/api/definitions/${part(id)}/validation`),
  difference: (id: string, from: number, to: number) => get<ProcessDifference>(`/api/definitions/${part(id)}/differences?from=${from}&to=${to}`),
  publish: (id: string) => post<unknown>(`/elsa/api/workflow-definitions/${part(id)}/publish`),
  revert: (id: string, version: number) => post<unknown>(`/elsa/api/workflow-definitions/${part(id)}/revert/${version}`),
}
