// Puts Elsa Studio's package beside our own pages, and compresses what has no compressed sibling yet.
import { copyFileSync, existsSync, linkSync, mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'

const COMPRESSIBLE = /\.(?:html|js|css|json|svg|wasm|dat|txt|webmanifest)$/
const WORTH_COMPRESSING = 512

function files(folder) {
  return readdirSync(folder, { withFileTypes: true }).flatMap(entry => {
    const path = join(folder, entry.name)
    return entry.isDirectory() ? files(path) : [path]
  })
}

export function addStudio(root) {
  const from = join(root, 'node_modules', '@elsa-workflows', 'elsa-studio-wasm')
  const to = join(root, 'dist', 'studio')
  for (const file of files(from)) {
    const name = file.slice(from.length + 1)
    // The sample page asks other hosts for fonts; our page takes its place.
    if (name === 'index.html' || name === 'package.json') continue
    const target = join(to, name)
    mkdirSync(dirname(target), { recursive: true })
    try {
      linkSync(file, target)
    } catch {
      copyFileSync(file, target)
    }
  }
}

// What Studio's elements draw with Radzen: the bars between the parts of the editor, and texts in Markdown.
const DRAWN_WITH_RADZEN = /\.rz-(?:splitter|markdown|icon)|\.rzi|:root|\.rz-material/

/**
 * Radzen's theme has ten thousand rules for dozens of controls, and the browser asks each of them about each node of a diagram; Studio's elements use two
 * of the controls. The page takes the rules of these alone.
 */
export async function addRadzenRules(root) {
  // Not at the top of the file: on a fresh clone the packages are installed only after this one is read.
  const { default: postcss } = await import('postcss')
  const folder = join(root, 'dist', 'studio', '_content', 'Radzen.Blazor', 'css')
  const theme = postcss.parse(readFileSync(join(folder, 'material-base.css'), 'utf8'))
  theme.walkRules(rule => {
    if (rule.parent.type === 'atrule' && /keyframes/.test(rule.parent.name)) return
    const kept = rule.selectors.filter(selector => DRAWN_WITH_RADZEN.test(selector))
    if (kept.length) rule.selectors = kept
    else rule.remove()
  })
  theme.walkAtRules(/^(?:media|supports|layer)$/, rule => {
    if (!rule.nodes?.length) rule.remove()
  })
  writeFileSync(join(folder, 'studio.css'), theme.toString())
}

export function compress(folder) {
  for (const file of files(folder)) {
    if (!COMPRESSIBLE.test(file) || statSync(file).size < WORTH_COMPRESSING) continue
    const content = readFileSync(file)
    if (!existsSync(file + '.br'))
      // Level 9 on the code editor's six megabytes takes a second, level 11 twenty.
      writeFileSync(file + '.br', brotliCompressSync(content, { params: { [constants.BROTLI_PARAM_QUALITY]: content.length > 500_000 ? 9 : 11 } }))
    if (!existsSync(file + '.gz')) writeFileSync(file + '.gz', gzipSync(content, { level: 9 }))
  }
}
