// The files of a scenario over HTTP.
import { get, remove, save } from '../api/client'
import type { ScenarioVersion } from '../scenarios/scenarios'

export interface FileHead {
  path: string
  kind: 'Diagram' | 'Scenario' | 'Law' | 'Template'
  hash: string
  length: number
  definitionId?: string
}

export interface FileContent {
  version: ScenarioVersion
  path: string
  kind: FileHead['kind']
  hash: string
  text: string
}

function address(code: string, path = ''): string {
  return `/api/scenarios/${encodeURIComponent(code)}/files${path && `/${path.split('/').map(encodeURIComponent).join('/')}`}`
}

export const fileApi = {
  list: (code: string, version?: number) => get<{ version: ScenarioVersion; files: FileHead[] }>(address(code) + of(version)),
  read: (code: string, path: string, version?: number) => get<FileContent>(address(code, path) + of(version)),
  save: (code: string, path: string, text: string, hash: string | undefined) => save<FileContent>(address(code, path), { text }, hash),
  remove: (code: string, path: string, hash: string) => remove<void>(address(code, path), hash),
}

function of(version: number | undefined): string {
  return version === undefined ? '' : `?version=${version}`
}
