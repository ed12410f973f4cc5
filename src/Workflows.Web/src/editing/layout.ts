// Writes scenario data as its files are laid out: two spaces, one member a line, with short lists and lengths of time on one line.
const LONGEST_LINE = 120
const SHORT = new Set(['length', 'unit', 'from', 'to', 'possible', 'action', 'firstOffence', 'minorOffence', 'matter'])

export function written(data: unknown): string {
  return `${layOut(data, '')}\n`
}

function layOut(value: unknown, indent: string): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null'
  const inner = `${indent}  `
  if (Array.isArray(value)) {
    if (value.length === 0) return '[]'
    const line = `[${value.map(entry => JSON.stringify(entry)).join(', ')}]`
    if (value.every(entry => typeof entry !== 'object' || entry === null) && indent.length + line.length <= LONGEST_LINE) return line
    return `[\n${value.map(entry => inner + layOut(entry, inner)).join(',\n')}\n${indent}]`
  }
  const members = Object.entries(value).filter(([, member]) => member !== undefined)
  if (members.length === 0) return '{}'
  const line = `{ ${members.map(([name, member]) => `${JSON.stringify(name)}: ${JSON.stringify(member)}`).join(', ')} }`
  if (members.every(([name, member]) => SHORT.has(name) && (typeof member !== 'object' || member === null)) && indent.length + line.length <= LONGEST_LINE) return line
  return `{\n${members.map(([name, member]) => `${inner}${JSON.stringify(name)}: ${layOut(member, inner)}`).join(',\n')}\n${indent}}`
}
