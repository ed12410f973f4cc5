// A photograph as evidence: the untouched original with its hash, and a copy that bears time, place, case and officer.
import { getFile } from '../../api/client'
import { session } from '../../session/session'
import { momentOf } from '../shell/when'
import { now, outbox } from './field'
import { LOCAL } from './sending'
import { vault } from './vault'

const LONGEST_EDGE = 1600
const QUALITY = 0.85
const PLACE_WITHIN_MS = 4000
const PLACE_GOOD_FOR_MS = 60_000

export interface Shot {
  /** Local names of the copy with the mark and of the original. */
  marked: string
  original?: string
  /** SHA-256 of the original, lower-case hex. */
  sha256: string
  at: string
  place: string
  title: string
}

export interface About {
  caseId: string
  /** Number of the case, on the picture. */
  number: string
  /** Name of the target, for the list of what is unsent. */
  whom: string
  concernsMinor?: boolean
}

let lastPlace: { at: number; text: string } | undefined

/** Where the phone is, or why it does not say. */
export async function whereNow(): Promise<string> {
  if (lastPlace && Date.now() - lastPlace.at < PLACE_GOOD_FOR_MS) return lastPlace.text
  const text = await new Promise<string>(resolve => {
    if (!navigator.geolocation) return resolve('无定位')
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => resolve(`北纬${coords.latitude.toFixed(5)} 东经${coords.longitude.toFixed(5)} ±${Math.round(coords.accuracy)}米`),
      () => resolve('无定位'), { enableHighAccuracy: true, timeout: PLACE_WITHIN_MS, maximumAge: PLACE_GOOD_FOR_MS })
    setTimeout(() => resolve('无定位'), PLACE_WITHIN_MS + 500)
  })
  lastPlace = { at: Date.now(), text }
  return text
}

export async function sha256(bytes: ArrayBuffer): Promise<string> {
  return [...new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))].map(byte => byte.toString(16).padStart(2, '0')).join('')
}

/** Keeps a photograph and puts both files into the outbox. */
export async function keepPhoto(file: File, title: string, about: About): Promise<Shot> {
  const bytes = await file.arrayBuffer()
  const [hash, place] = await Promise.all([sha256(bytes), whereNow()])
  const at = now().toISOString()
  const mark = [momentOf(at), place, `${about.number} ${about.whom}`, `${session.person?.name ?? ''} · ${title}`]
  const marked = await burnIn(file, [...mark, `原图 SHA-256 ${hash.slice(0, 16)}…`])
  const original = await keepFile(bytes, file.type || 'image/jpeg', `${title}（原图）`, '照片原图', about, { place, takenAt: at, title: `${title}（原图，SHA-256 ${hash.slice(0, 16)}）` })
  const copy = await keepFile(await marked.arrayBuffer(), 'image/jpeg', title, '照片', about, { place, takenAt: at })
  return { marked: copy, original, sha256: hash, at, place, title }
}

/** Keeps a file and puts it into the outbox with the time at which it was made; gives its local name. */
export async function keepFile(bytes: ArrayBuffer, type: string, title: string, kind: string, about: About, fields: Record<string, string> = {}): Promise<string> {
  const id = crypto.randomUUID()
  await vault.putFile(id, bytes)
  await outbox.add({
    id, kind: 'evidence', title: [`${kind}：${title}`, `Evidence: ${title}`], about: about.whom, caseId: about.caseId,
    file: { id, name: `${id}.${extensionOf(type)}`, type, fields: { kind, title, takenAt: now().toISOString(), ...(about.concernsMinor ? { concernsMinor: 'true' } : {}), ...fields } },
  })
  void outbox.send()
  return LOCAL + id
}

/** A file that nothing names any more is not sent, as far as it has not been. */
export async function discard(local: string): Promise<void> {
  const id = local.slice(LOCAL.length)
  if (outbox.status.current === id || !outbox.entries.some(one => one.id === id)) return
  await outbox.drop(id)
  await vault.remove('files', id)
}

/** A picture for the page, of this phone or as the service has it of a colleague; revoke it when it is gone. */
export async function pictureOf(name: string): Promise<string | undefined> {
  const content = name.startsWith(LOCAL) ? await vault.file(name.slice(LOCAL.length)) : await getFile(`/api/evidence/${name}`).catch(() => undefined)
  return content && URL.createObjectURL(new Blob([content], { type: 'image/jpeg' }))
}

function extensionOf(type: string): string {
  return { 'image/jpeg': 'jpg', 'image/png': 'png', 'image/webp': 'webp', 'audio/mp4': 'm4a', 'audio/webm': 'webm' }[type] ?? 'bin'
}

async function burnIn(file: File, lines: string[]): Promise<Blob> {
  const picture = await createImageBitmap(file, { imageOrientation: 'from-image' })
  const scale = Math.min(1, LONGEST_EDGE / Math.max(picture.width, picture.height))
  // A small picture is made larger, so that the mark can be read on it.
  const width = Math.max(480, Math.round(picture.width * scale))
  const height = Math.round((picture.height / picture.width) * width)
  const canvas = document.createElement('canvas')
  const size = Math.max(14, Math.round(width / 42))
  const strip = Math.round(size * 1.5 * lines.length + size)
  canvas.width = width
  canvas.height = height + strip
  const pen = canvas.getContext('2d')!
  pen.drawImage(picture, 0, 0, width, height)
  picture.close()
  // Below the picture: the mark hides nothing of what is to be seen.
  pen.fillStyle = '#000'
  pen.fillRect(0, height, width, strip)
  pen.fillStyle = '#fff'
  pen.font = `${size}px sans-serif`
  pen.textBaseline = 'top'
  lines.forEach((line, n) => pen.fillText(line, size, height + size * 0.6 + n * size * 1.5, width - 2 * size))
  return new Promise((resolve, reject) => canvas.toBlob(blob => (blob ? resolve(blob) : reject(new Error('canvas'))), 'image/jpeg', QUALITY))
}
