// Studio's runtime as the build packed it: what it consists of, and its assemblies out of one file.

const FOLDER = '/studio/_framework/'

interface Packing {
  /** The file that carries the assemblies and the data of cultures. */
  bundle: string
  /** What is fetched by its own name. */
  program: string[]
}

/** Undefined where the build did not pack it; then the runtime fetches each file by itself. */
function packing(): Packing | undefined {
  const text = document.querySelector<HTMLMetaElement>('meta[name="studio-runtime"]')?.content
  return text ? (JSON.parse(text) as Packing) : undefined
}

/** All addresses that Studio's runtime is fetched from. */
export function runtimeAddresses(): string[] {
  const packed = packing()
  return packed ? [packed.bundle, ...packed.program].map(name => FOLDER + name) : []
}

export type Carried = ReadonlyMap<string, Uint8Array<ArrayBuffer>>

/** Takes the bundle apart; its form is described where the build writes it. */
export function unpack(bundle: ArrayBuffer): Carried {
  const start = 4 + new DataView(bundle).getUint32(0, true)
  const table = JSON.parse(new TextDecoder().decode(new Uint8Array(bundle, 4, start - 4))) as [name: string, length: number][]
  let at = start
  return new Map(table.map(([name, length]) => [name, new Uint8Array(bundle, (at += length) - length, length)]))
}

async function fetchBundle(address: string): Promise<Carried | undefined> {
  try {
    const answer = await fetch(address)
    return answer.ok ? unpack(await answer.arrayBuffer()) : undefined
  } catch {
    return undefined
  }
}

export type ResourceLoader = (type: string, name: string, address: string, integrity: string) => Promise<Response> | undefined

/**
 * Begins to fetch all that the runtime needs.
 * @returns Gives the runtime each file out of the bundle; a file that is not in it, or all of them where it cannot be had, come by themselves.
 */
export function fetchRuntime(): ResourceLoader | undefined {
  const packed = packing()
  if (!packed) return undefined
  const carried = fetchBundle(FOLDER + packed.bundle)
  for (const name of packed.program.filter(name => name.endsWith('.js') && name.startsWith('dotnet'))) {
    const link = document.createElement('link')
    link.rel = 'modulepreload'
    link.href = FOLDER + name
    document.head.append(link)
  }
  const program = packed.program.find(name => name.endsWith('.wasm'))
  // The answer itself goes to the runtime, which compiles it while it arrives, or takes what the browser has compiled of it before.
  const early = program ? fetch(FOLDER + program) : undefined
  early?.catch(() => undefined)
  return (type, name, address, integrity) => {
    if (type === 'dotnetwasm' && name === program) return early!.then(answer => (answer.ok ? answer : fetch(address, { integrity })), () => fetch(address, { integrity }))
    if (type !== 'assembly' && type !== 'globalization') return undefined
    return carried.then(files => {
      const content = files?.get(name)
      return content ? new Response(content) : fetch(address, { integrity })
    })
  }
}
