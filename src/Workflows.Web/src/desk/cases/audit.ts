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

export async function verify(text: string): Promise<Verdict> {
  const lines = text.split('\n').filter(line => line.length > 0)
  const verdict: Verdict = { entries: [], problems: [] }
  let previous = ''
  let digest = ''
  for (const [index, line] of lines.entries()) {
    let entry: AuditLine & { end?: unknown }
    try {
      entry = JSON.parse(line) as AuditLine
    } catch {
      verdict.problems.push({ line: index + 1, problem: 'unreadable' })
      continue
    }
    if (index === lines.length - 1 && !entry.hash) {
      digest = line
      continue
    }
    // The hash is the last member; what stands before it is what was hashed, word for word.
    const body = line.replace(/,"hash":"[0-9a-f]{64}"\}$/, '}')
    if ((await sha256(body)) !== entry.hash) verdict.problems.push({ line: index + 1, problem: 'hash' })
    const wanted = previous || (await sha256(`workflows-audit-v1\n${entry.case}`))
    if (entry.previous !== wanted) verdict.problems.push({ line: index + 1, problem: 'chain' })
    if (entry.seq !== (verdict.entries.at(-1)?.seq ?? 0) + 1) verdict.problems.push({ line: index + 1, problem: 'sequence' })
    previous = entry.hash
    verdict.entries.push(entry)
  }
  if (!digest) verdict.problems.push({ line: lines.length, problem: 'end' })
  return verdict
}
