// Studio's runtime is more than a hundred files, each of which costs the browser a request of its own even where it lies in the cache: one file carries them all.
import { createHash } from 'node:crypto'
import { readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

// The program itself stays a file of its own: browsers keep what they compiled of it under its address.
const CARRIED = /^(?!dotnet\.native\.).+\.(?:wasm|dat)$/
// What the runtime imports, in the order in which it does.
const PROGRAM = [/^blazor\.webassembly\.js$/, /^dotnet\.js$/, /^dotnet\.runtime\..+\.js$/, /^dotnet\.native\..+\.js$/, /^dotnet\.native\..+\.wasm$/]

/**
 * Writes the bundle: the length of its table (four bytes, the lowest first), the table as JSON (name and length of each file), then the files. The page that
 * shows Studio learns from its head what to fetch, with its first bytes.
 */
export function bundleRuntime(root) {
  const folder = join(root, 'dist', 'studio', '_framework')
  const names = readdirSync(folder).sort()
  const contents = names.filter(name => CARRIED.test(name)).map(name => [name, readFileSync(join(folder, name))])
  const table = Buffer.from(JSON.stringify(contents.map(([name, content]) => [name, content.length])))
  const head = Buffer.alloc(4)
  head.writeUInt32LE(table.length)
  const bundle = Buffer.concat([head, table, ...contents.map(([, content]) => content)])
  // Ten characters, as in the names beside it: the host lets browsers keep such names forever.
  const name = `studio.${createHash('sha256').update(bundle).digest('hex').slice(0, 10)}.dat`
  writeFileSync(join(folder, name), bundle)
  const program = PROGRAM.flatMap(pattern => names.filter(name => pattern.test(name)))
  const page = join(root, 'dist', 'studio.html')
  const mark = `  <meta name="studio-runtime" content='${JSON.stringify({ bundle: name, program })}'>\n</head>`
  writeFileSync(page, readFileSync(page, 'utf8').replace('</head>', () => mark))
}
