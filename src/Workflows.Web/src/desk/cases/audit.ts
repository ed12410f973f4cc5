// Checks the chain of an audit export in the browser: each line's hash is computed again from the line itself, and leads to the next.
import { sha256 } from '../words/hash'

export interface AuditLine {
  case: string
  seq: number
  at: string
  actor: string
  kind: string
  activityId?: string | null
  previous: string
  hash: string
}

export interface Verdict {
  entries: AuditLine[]
  /** Line and what is wrong with it; empty where the chain is whole. */
  problems: { line: number; problem: 'unreadable' | 'hash' | 'chain' | 'sequence' | 'end' }[]
}

/** Reads an export: entries of one chain, then one closing line with their number and a digest of all lines before it. */
export async function verify(text: string): Promise<Verdict> {
  const lines = text.split('\n').filter(line => line.length > 0)
  const verdict: Verdict = { entries: [], problems: [] }
  let previous = ''
  let isWhole = false
  for (const [index, line] of lines.entries()) {
    const found = (problem: Verdict['problems'][number]['problem']) => verdict.problems.push({ line: index + 1, problem })
    let entry: AuditLine & { type: string; entries?: number; digest?: string }
    try {
      entry = JSON.parse(line) as typeof entry
    } catch {
      found('unreadable')
      continue
    }
    if (entry.type === 'end') {
      const before = lines.slice(0, index).map(one => one + '\n').join('')
      isWhole = index === lines.length - 1 && entry.entries === verdict.entries.length && entry.digest === (await sha256(before))
      continue
    }
    if (entry.type !== 'entry') continue
    // What was hashed is the line without its first member, which says that it is an entry, and its last, which is the hash.
    const body = line.replace(/^\{"type":"entry",/, '{').replace(/,"hash":"[0-9a-f]{64}"\}$/, '}')
    if ((await sha256(body)) !== entry.hash) found('hash')
    if (entry.previous !== (previous || (await sha256(`workflows-audit-v1\n${entry.case}`)))) found('chain')
    if (entry.seq !== verdict.entries.length + 1) found('sequence')
    previous = entry.hash
    verdict.entries.push(entry)
  }
  if (!isWhole) verdict.problems.push({ line: lines.length, problem: 'end' })
  return verdict
}
