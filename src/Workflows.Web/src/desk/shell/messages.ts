// Messages of the service on the desk: where their links lead here.
export interface Line { section: string; title: string; due?: string | null; link: string }

export interface Message {
  id: string
  kind: string
  text: string
  number?: string | null
  caseId?: string | null
  link?: string | null
  at: string
  readAt?: string | null
  /** Why the person got it, as the service says it. */
  why: string
  lines?: Line[]
}

const PLACES: Record<string, string> = { cases: 'cases', plans: 'plans', leads: 'leads', 'stuck-matters': 'stuck', tasks: 'approvals', cards: 'cards', measures: 'measures', wall: 'wall' }

/** A link of the service as a place of the desk; undefined for what is no place here. */
export function deskLink(link: string | null | undefined): string | undefined {
  const [, kind, id] = /^(?:\/desk)?\/([a-z-]+)(?:\/([\w.~-]+))?(?:\?.*)?$/.exec(link ?? '') ?? []
  if (!kind || !PLACES[kind]) return undefined
  if (kind === 'tasks') return `/desk/approvals${id ? `?task=${encodeURIComponent(id)}` : ''}`
  const query = link!.includes('?') ? link!.slice(link!.indexOf('?')) : ''
  return `/desk/${PLACES[kind]}${id ? `/${id}` : ''}${query}`
}

/** The lines of a digest under their headings, in the order of the service. */
export function sections(lines: Line[] | undefined): { section: string; lines: Line[] }[] {
  const found: { section: string; lines: Line[] }[] = []
  for (const line of lines ?? []) {
    const known = found.find(one => one.section === line.section)
    if (known) known.lines.push(line)
    else found.push({ section: line.section, lines: [line] })
  }
  return found
}
