// What the forms of the steps read: rosters, scenarios, plans, leads, colleagues. It is taken along with the steps, so that a form that was never opened opens without a network.
import { ApiProblem, get, getFile } from '../../api/client'
import type { Page, Shape } from '../../api/shapes'
import { session } from '../../session/session'
import { formOf } from '../../steps/book'
import { type Read, readReference } from '../../steps/reference'
import { AT_THE_DOOR } from '../rows'
import type { Story, Task } from '../shapes'
import { vault } from './vault'

/** Rosters and scenarios change by the week; what is written in leads and plans by the hour. */
const SLOW = /^\/api\/(?:rosters|scenarios)/
const SLOW_FOR_MS = 3_600_000
const MOST_FORMS = 60
const MOST_PICTURES = 6
const MOST_PICTURE_BYTES = 2 << 20
const MOST_PAGES = 12
const PICTURE = 'picture:'

export interface Colleague { id: string; name: string; department: string; certificateNumber?: string | null }

const readAt = new Map<string, number>()
/** Rounds one after the other: an older answer never replaces a newer one. */
let round: Promise<void> = Promise.resolve()

/** From the service, and kept; without a network as it was kept. */
export const readKept: Read = async <T>(path: string): Promise<T> => {
  try {
    const fresh = await get<T>(path)
    await vault.put('kept', `read:${path}`, fresh).catch(() => undefined)
    readAt.set(path, Date.now())
    return fresh
  } catch (failure) {
    const kept = failure instanceof ApiProblem && failure.status < 500 ? undefined : await vault.get<T>('kept', `read:${path}`)
    if (kept === undefined) throw failure
    return kept
  }
}

/** Officers of a department who bear a certificate; to them a step can be handed over. */
export async function colleaguesOf(department: string, read: Read = readKept): Promise<Colleague[]> {
  const all: Colleague[] = []
  let after = ''
  for (let pages = 0; pages < MOST_PAGES; pages++) {
    const page: Page<Colleague> = await read<Page<Colleague>>(`/api/rosters/officers?take=200&department=${encodeURIComponent(department)}${after}`)
    all.push(...page.items)
    if (!page.next) break
    after = `&after=${encodeURIComponent(page.next)}`
  }
  return all.filter(one => one.department === department && one.certificateNumber)
}

/** Paths of the photographs that a lead came with and got since. */
export async function picturesOf(lead: Pick<Shape<'Lead'>, 'id' | 'photos'>, read: Read = readKept): Promise<string[]> {
  const evidence = await read<{ id: string; mediaType: string }[]>(`/api/leads/${lead.id}/evidence`).catch(() => [])
  return [...(lead.photos ?? []).map((_, n) => `/api/leads/${lead.id}/photos/${n + 1}`), ...evidence.filter(one => one.mediaType.startsWith('image/')).map(one => `/api/evidence/${one.id}`)]
}

/** A photograph of the service: it never changes, so one that is kept is not asked for again. */
export async function readPicture(path: string): Promise<Blob> {
  const kept = await vault.file(PICTURE + path).catch(() => undefined)
  if (kept) return new Blob([kept])
  const fresh = await getFile(path)
  if (fresh.size <= MOST_PICTURE_BYTES) await vault.putFile(PICTURE + path, await fresh.arrayBuffer()).catch(() => undefined)
  return fresh
}

/** Takes along what the forms of these steps read, the most pressing first. What fails is left for the next round. */
export function takeFormsAlong(tasks: readonly Task[]): Promise<void> {
  round = round.then(() => take(tasks.filter(task => !AT_THE_DOOR.has(task.kind)).slice(0, MOST_FORMS), tasks)).catch(() => undefined)
  return round
}

async function take(steps: readonly Task[], all: readonly Task[]): Promise<void> {
  const answers = new Map<string, Promise<unknown>>()
  const once: Read = <T>(path: string) => {
    if (!answers.has(path)) answers.set(path, fresh(path))
    return answers.get(path) as Promise<T>
  }
  const units = new Set(all.filter(task => !task.role || task.role === 'inspector').map(task => task.department ?? session.person?.department))
  for (const unit of units) if (unit) await colleaguesOf(unit, once).catch(() => undefined)
  const pictures = new Set<string>()
  for (const task of steps) {
    const story = task.caseId ? await vault.get<Story>('kept', `story:${task.caseId}`) : undefined
    const { lead } = await readReference(once, task, formOf(task.kind).needs ?? [], story).catch(() => ({ lead: undefined }))
    for (const path of lead ? (await picturesOf(lead, once)).slice(0, MOST_PICTURES) : []) {
      pictures.add(PICTURE + path)
      await readPicture(path).catch(() => undefined)
    }
  }
  for (const id of await vault.ids('files', PICTURE)) if (!pictures.has(id)) await vault.remove('files', id)
}

async function fresh<T>(path: string): Promise<T> {
  if (SLOW.test(path) && Date.now() - (readAt.get(path) ?? 0) < SLOW_FOR_MS) {
    const kept = await vault.get<T>('kept', `read:${path}`)
    if (kept !== undefined) return kept
  }
  return readKept<T>(path)
}
