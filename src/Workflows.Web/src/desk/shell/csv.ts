/** Rows as a table that Excel reads: UTF-8 with a mark. A text that begins like a formula stays text. */
export function csv(headings: string[], rows: (string | number | null | undefined)[][]): string {
  return '\uFEFF' + [headings, ...rows].map(row => row.map(field).join(',')).join('\r\n') + '\r\n'
}

function field(value: string | number | null | undefined): string {
  const text = value === null || value === undefined ? '' : String(value)
  const safe = typeof value === 'string' && /^[=+\-@\t]/.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
