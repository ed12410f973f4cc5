// How an entry of the outbox goes to the service: local names of evidence become the service's, a step is found by case and kind, a section names the
// version it is based on.
import { ApiProblem, get, post, upload } from '../../api/client'
import type { Page } from '../../api/shapes'
import { say } from '../../language/language'
import type { Section, SectionInWork, Task } from '../shapes'
import { momentOf } from '../shell/when'
import { type Entry, Held, Lost } from './outbox'
import { vault } from './vault'

export const LOCAL = 'local:'
/** Before the id of a lead, where a photograph belongs to one and to no case. */
export const OF_LEAD = 'lead:'

/** Keeps what the service named a file that had a local name. */
const namedAs = (local: string) => `named:${local}`
const versionOf = (caseId: string) => `section:${caseId}`

export async function sendEntry(entry: Entry): Promise<void> {
  switch (entry.kind) {
    case 'post':
      await post(entry.path!, await named(entry.body), entry.id)
      return
    case 'step':
      await post(`/api/tasks/${await stepOf(entry)}/${entry.path ?? 'complete'}`, await named(entry.body), entry.id)
      return
    case 'section':
      await sendSection(entry)
      return
    case 'evidence':
      await sendEvidence(entry)
  }
}

async function sendEvidence(entry: Entry): Promise<void> {
  const { id, name, type, fields } = entry.file!
  const bytes = await vault.file(id)
  // Sent before, but the phone was switched off before it could say so.
  if (!bytes) return
  const form = new FormData()
  for (const [field, value] of Object.entries(fields)) form.set(field, value)
  form.set('file', new Blob([bytes], { type }), name)
  const kept = await sendFile(entry, form)
  await vault.put('kept', namedAs(LOCAL + id), kept.id)
  // Marked copies are small and stay for the page; what nobody looks at on the phone makes room.
  if (fields['kind'] !== '照片') await vault.remove('files', id)
}

/** A phone whose clock was wrong, or that was away for a month, still brings its photograph: without a time of its own, which its name tells instead. */
async function sendFile(entry: Entry, form: FormData): Promise<{ id: string }> {
  const path = `/api/${entry.caseId!.startsWith(OF_LEAD) ? `leads/${entry.caseId!.slice(OF_LEAD.length)}` : `cases/${entry.caseId}`}/evidence`
  try {
    return await upload(path, form, entry.id)
  } catch (problem) {
    const takenAt = form.get('takenAt')
    if (!(problem instanceof ApiProblem) || problem.code !== 'taken-at' || typeof takenAt !== 'string') throw problem
    form.delete('takenAt')
    form.set('title', `${String(form.get('title'))}（手机所记时间${momentOf(takenAt)}，以收到时间为准）`)
    return upload(path, form, `${entry.id}-untimed`)
  }
}

async function sendSection(entry: Entry): Promise<void> {
  const body = entry.body as { section: Section; basedOn?: number }
  if (body.basedOn === undefined) {
    // The version that the writing began with, or what this same writing has sent since; fixed when it is first sent, and the same whenever it is sent again.
    body.basedOn = (await sentSection(entry.caseId!, entry.line))?.version ?? entry.base ?? 0
    if (!(await vault.replace('outbox', entry.id, { ...entry }))) return
  }
  try {
    const saved = await post<SectionInWork>(entry.path!, await named(body), entry.id)
    await vault.put('kept', versionOf(entry.caseId!), { ...saved, line: entry.line } satisfies SentSection)
  } catch (problem) {
    // Saved on the way, and the record has been made meanwhile: nothing is lost by leaving it.
    if (problem instanceof ApiProblem && problem.code === 'visit-state' && !body.section.signatures.length) return
    throw problem
  }
}

interface SentSection extends SectionInWork {
  line?: string
}

/** The own section as this phone has sent it last, if it was of the same writing: what another one sent is somebody else's work. */
export async function sentSection(caseId: string, line: string | undefined): Promise<SectionInWork | undefined> {
  const sent = await vault.get<SentSection>('kept', versionOf(caseId))
  return sent && sent.line === line ? sent : undefined
}

/** What the service has named files that have a local name, as far as they have been sent. */
export async function namesOf(locals: readonly string[]): Promise<Map<string, string>> {
  const names = await Promise.all(locals.map(async local => [local, await vault.get<string>('kept', namedAs(local))] as const))
  return new Map(names.filter((pair): pair is readonly [string, string] => pair[1] !== undefined))
}

async function stepOf(entry: Entry): Promise<string> {
  const { id, caseId, kind } = entry.step!
  if (id) return id
  const page = await get<Page<Task>>(`/api/tasks?mine&caseId=${caseId}&kind=${kind}`)
  const found = page.items[0]?.id
  if (found) {
    // Kept before it is posted: where the answer is lost the step is over, and nobody would find it by its kind again.
    entry.step!.id = found
    await vault.replace('outbox', entry.id, { ...entry })
    return found
  }
  throw new Held(say('这一步在服务端尚未开始：等待前一步（如到场登记）送达。', 'The service has not come to this step yet: something before it, such as the arrival, has to be sent first.'))
}

/** Replaces local names of evidence by the service's; holds the entry while one is missing. */
async function named(value: unknown): Promise<unknown> {
  if (typeof value === 'string') {
    if (!value.startsWith(LOCAL)) return value
    const name = await vault.get<string>('kept', namedAs(value))
    if (name) return name
    if (!(await vault.ids('outbox', value.slice(LOCAL.length))).length)
      throw new Lost(say('有关照片、录音已撤回：请撤回本项，重新拍摄后再提交。', 'A photograph or recording of it was taken back: take this back too, and hand it in with a new one.'))
    throw new Held(say('等待有关照片、录音先送达。', 'Photographs or recordings that belong to it have to be sent first.'))
  }
  if (Array.isArray(value)) return Promise.all(value.map(named))
  if (value && typeof value === 'object')
    return Object.fromEntries(await Promise.all(Object.entries(value).map(async ([key, inner]) => [key, await named(inner)] as const)))
  return value
}
