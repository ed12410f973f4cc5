// Builds the pages into dist/: installs the packages when the lock file changed, bundles, adds Studio's files, compresses, leaves a stamp.
// Several builds may start at once (solution builds, tests): one works, the others wait and find the work done.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { addRadzenRules, addStudio, compress } from './assemble.mjs'
import { bundleRuntime } from './runtime.mjs'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const at = (...parts) => join(root, ...parts)

class BuildFailure extends Error {}
const LEAST_NODE = 20
const LOCK_GOES_STALE_AFTER = 10 * 60_000

function sources(folder) {
  return readdirSync(folder, { withFileTypes: true }).flatMap(entry => {
    if (['node_modules', 'dist', 'obj'].includes(entry.name)) return []
    const path = join(folder, entry.name)
    return entry.isDirectory() ? sources(path) : [path]
  })
}

function fingerprint() {
  const hash = createHash('sha256')
  for (const file of sources(root).sort()) hash.update(relative(root, file)).update('\0').update(readFileSync(file)).update('\0')
  return hash.digest('hex')
}

function run(program, ...args) {
  // On Windows npm is a script, which only a shell starts.
  const ended = spawnSync(program, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'], encoding: 'utf8', shell: process.platform === 'win32' })
  if (ended.status === 0) return
  const why = ended.error ? `${program} could not be started: install Node 20 with npm. 无法启动 ${program}：请安装 Node 20 和 npm。` : ended.stdout + ended.stderr
  throw new BuildFailure(`${[program, ...args].join(' ')}\n${why}`)
}

function tryLock(folder) {
  try {
    mkdirSync(folder)
    return true
  } catch (error) {
    if (error.code !== 'EEXIST') throw error
    if (Date.now() - (statSync(folder, { throwIfNoEntry: false })?.mtimeMs ?? 0) > LOCK_GOES_STALE_AFTER) rmSync(folder, { recursive: true, force: true })
    return false
  }
}

async function build() {
  if (Number(process.versions.node.split('.')[0]) < LEAST_NODE) throw new BuildFailure(`Node ${LEAST_NODE} is needed, this is ${process.versions.node}. 需要 Node ${LEAST_NODE} 或更新版本，现为 ${process.versions.node}。`)
  const stamp = at('dist', 'built.txt')
  const wanted = fingerprint()
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) {
    utimesSync(stamp, new Date(), new Date())
    return
  }

  const installed = at('node_modules', '.package-lock.json')
  const lock = at('package-lock.json')
  if (!existsSync(installed) || statSync(installed).mtimeMs < statSync(lock).mtimeMs) run('npm', 'ci', '--no-audit', '--no-fund', '--loglevel=error')
  // What the service says of itself is what the pages may ask of it.
  run('npm', 'run', '--silent', 'describe')
  run('npx', '--no-install', 'vue-tsc', '--noEmit')
  run('npx', '--no-install', 'vite', 'build', '--logLevel', 'warn')
  addStudio(root)
  bundleRuntime(root)
  await addRadzenRules(root)
  compress(at('dist'))
  writeFileSync(stamp, wanted)
}

mkdirSync(at('obj'), { recursive: true })
const lockFolder = at('obj', 'building')
while (!tryLock(lockFolder)) await new Promise(resolve => setTimeout(resolve, 200))
try {
  await build()
} catch (failure) {
  if (!(failure instanceof BuildFailure)) throw failure
  console.error(failure.message)
  process.exitCode = 1
} finally {
  rmSync(lockFolder, { recursive: true, force: true })
}
