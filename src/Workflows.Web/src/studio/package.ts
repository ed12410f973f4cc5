// Brings Elsa Studio onto the page: its files in their order, one of its elements, the token, and the ways out of it.
import { language } from '../language/language'
import { currentToken, onRenewed, tokenAfterRefusal } from '../session/session'
import { addressOf, placeOf } from './place'
import { type ResourceLoader, fetchRuntime } from './runtime'

const ENDPOINT = '/elsa/api'

const STYLES = [
  '_content/MudBlazor/MudBlazor.min.css',
  '_content/CodeBeam.MudBlazor.Extensions/MudExtensions.min.css',
  '_content/Radzen.Blazor/css/studio.css',
  '_content/Elsa.Studio.Shell/css/shell.css',
  'Elsa.Studio.Host.CustomElements.styles.css',
]

const BLAZOR = '_framework/blazor.webassembly.js'

const SCRIPTS = [
  '_content/MudBlazor/MudBlazor.min.js',
  '_content/CodeBeam.MudBlazor.Extensions/MudExtensions.min.js',
  '_content/Radzen.Blazor/Radzen.Blazor.js',
]

// The code editor: nearly four megabytes, of which the first picture shows nothing.
const EDITOR_SCRIPTS = [
  '_content/BlazorMonaco/jsInterop.js',
  '_content/BlazorMonaco/lib/monaco-editor/min/vs/loader.js',
  '_content/BlazorMonaco/lib/monaco-editor/min/vs/editor/editor.main.js',
]

/**
 * The runtime compiles what it sees often into WebAssembly while it runs. In the first seconds, in which nearly all code runs once or twice, that
 * costs more than it gains.
 */
const RUNTIME_OPTIONS = ['--no-jiterpreter-traces-enabled', '--no-jiterpreter-interp-entry-enabled', '--no-jiterpreter-jit-call-enabled']

interface Runtime {
  withRuntimeOptions(options: string[]): void
}

const MODULES = [
  '_content/Elsa.Studio.DomInterop/dom.entry.js',
  '_content/Elsa.Studio.Workflows.Designer/designer.entry.js',
]

export type StudioElement =
  | { tag: 'elsa-workflow-definition-list' }
  | { tag: 'elsa-workflow-definition-editor'; id: string }
  | { tag: 'elsa-workflow-instance-list' }
  | { tag: 'elsa-workflow-instance-viewer'; id: string }

let startedIn: typeof language.value | undefined
let styled = false

/** Starts to load Studio's files; the element may come later. */
export function loadStudio(): void {
  startRuntime()
  addStyles()
}

/** Starts Studio's runtime without its styles, which would restyle a page that does not show Studio yet. */
export function startRuntime(): void {
  if (startedIn) return
  startedIn = language.value
  localStorage.setItem('BlazorCulture', language.value === 'zh' ? 'zh-CN' : 'en-US')
  keepTokenFresh()
  watchAddress()
  const loader = fetchRuntime()
  startBlazor(loader)
  SCRIPTS.forEach(addScript)
  // Blazor imports these only when it comes to draw.
  for (const href of MODULES) {
    const link = document.createElement('link')
    link.rel = 'modulepreload'
    link.href = href
    document.head.append(link)
  }
}

/** Whether the runtime, which learns the language once, has started and speaks that of the page. */
export function runtimeIsReady(): boolean {
  return startedIn === language.value
}

function addStyles(): void {
  if (styled) return
  styled = true
  // Before the page's own styles, so that these have the last word.
  const first = document.head.querySelector('link[rel=stylesheet]')
  for (const href of STYLES) {
    const link = document.createElement('link')
    link.rel = 'stylesheet'
    link.href = href
    link.onload = () => dropWebFont(link.sheet)
    document.head.insertBefore(link, first)
  }
}

function addScript(src: string): HTMLScriptElement {
  const script = document.createElement('script')
  script.src = src
  script.async = false
  document.head.append(script)
  return script
}

interface Start {
  configureRuntime(runtime: Runtime): void
  loadBootResource?: ResourceLoader
}

/** First of the scripts: it imports the rest of the runtime, and waits for the others until it draws. */
function startBlazor(loadBootResource: ResourceLoader | undefined): void {
  const script = addScript(BLAZOR)
  script.setAttribute('autostart', 'false')
  script.onload = () => {
    const { Blazor } = window as unknown as { Blazor: { start(options: Start): Promise<void> } }
    void Blazor.start({ configureRuntime: runtime => runtime.withRuntimeOptions(RUNTIME_OPTIONS), ...(loadBootResource && { loadBootResource }) })
    EDITOR_SCRIPTS.forEach(addScript)
  }
}

/** Studio's styles bring a text font of 750 KB without a Chinese character; the page's own face of that name names fonts of the reader. */
function dropWebFont(sheet: CSSStyleSheet | null): void {
  if (!sheet) return
  for (let index = sheet.cssRules.length - 1; index >= 0; index--) {
    const rule = sheet.cssRules[index]
    if (rule instanceof CSSFontFaceRule && rule.style.getPropertyValue('font-family').includes('Roboto')) sheet.deleteRule(index)
  }
}

/** Places the element. Only one may ever be placed in the life of a page. */
export async function placeStudio(host: HTMLElement, wanted: StudioElement): Promise<void> {
  loadStudio()
  const token = await currentToken()
  askEarly(wanted, token)
  provide(host, token)
  onRenewed(token => provide(host, token))
  const element = document.createElement(wanted.tag)
  if (wanted.tag === 'elsa-workflow-definition-editor') element.setAttribute('definition-id', wanted.id)
  if (wanted.tag === 'elsa-workflow-instance-viewer') element.setAttribute('instance-id', wanted.id)
  host.append(element)
  await customElements.whenDefined(wanted.tag)
  Object.assign(element, {
    editWorkflowDefinition: (id: string) => location.assign(addressOf.editor(id)),
    viewWorkflowInstance: (id: string) => location.assign(addressOf.viewer(id)),
  })
}

/** Studio reads the token once from such an element, and again only from a new one. */
function provide(host: HTMLElement, token: string): void {
  const provider = document.createElement('elsa-backend-provider')
  provider.setAttribute('remote-endpoint', new URL(ENDPOINT, location.origin).href)
  provider.setAttribute('access-token', token)
  host.prepend(provider)
  // The former one has been read; removing it would dispose of what the elements still use.
}

/**
 * Studio dies of a 401, and asks with an old token for a while after each renewal. So its calls carry the token of the moment, and a refused one
 * waits for the person to sign in and is sent again: no change on the canvas is lost.
 */
function keepTokenFresh(): void {
  const plain = window.fetch.bind(window)
  window.fetch = async (input, init) => {
    const url = new URL(input instanceof Request ? input.url : input, document.baseURI)
    if (url.origin !== location.origin || !url.pathname.startsWith(ENDPOINT + '/')) return plain(input, init)
    if (url.pathname.includes('/options/')) return optionsOnce(url.pathname, input, init, plain)
    const asked = method(input, init) === 'GET' ? await askedEarly(url) : undefined
    if (asked) return asked
    const answer = await askWithToken(input, init, plain)
    if (answer.ok && method(input, init) !== 'GET' && url.pathname.startsWith(DEFINITIONS)) changed.forEach(listener => listener())
    return answer
  }
}

async function askWithToken(input: RequestInfo | URL, init: RequestInit | undefined, plain: typeof fetch): Promise<Response> {
  const repeatable = input instanceof Request ? input.clone() : input
  const token = await currentToken()
  const answer = await plain(input, withToken(input, init, token))
  return answer.status === 401 ? plain(repeatable, withToken(repeatable, init, await tokenAfterRefusal(token))) : answer
}

const DEFINITIONS = `${ENDPOINT}/workflow-definitions`
const changed = new Set<() => void>()

/**
 * Tells when Studio has changed a definition: saved, by itself or on demand, published, taken back.
 * @returns Ends it.
 */
export function onDefinitionChanged(listener: () => void): () => void {
  changed.add(listener)
  return () => changed.delete(listener)
}

function method(input: RequestInfo | URL, init: RequestInit | undefined): string {
  return (init?.method ?? (input instanceof Request ? input.method : 'GET')).toUpperCase()
}

const EARLY_STAYS_FRESH_MS = 60_000
const early = new Map<string, { at: number; answer: Promise<Response> }>()

/** Asks now for what Studio asks for seconds later, when its runtime has started: each answer waits for it, once. */
function askEarly(element: StudioElement, token: string): void {
  if (element.tag !== 'elsa-workflow-definition-editor') return
  for (const path of [`/workflow-definitions/by-definition-id/${encodeURIComponent(element.id)}?versionOptions=Latest`, '/descriptors/activities?Refresh=True', '/descriptors/expression-descriptors', '/features/installed']) {
    early.set(ENDPOINT + path, { at: performance.now(), answer: window.fetch(ENDPOINT + path, { headers: { authorization: `Bearer ${token}` } }) })
  }
}

/** The answer that was asked for early; undefined where there is none, or none that Studio could use. */
async function askedEarly(url: URL): Promise<Response | undefined> {
  const known = early.get(url.pathname + url.search)
  early.delete(url.pathname + url.search)
  if (!known || performance.now() - known.at > EARLY_STAYS_FRESH_MS) return undefined
  const answer = await known.answer.catch(() => undefined)
  return answer?.ok ? answer : undefined
}

const OPTIONS_STAY_FRESH_MS = 3_000
const options = new Map<string, { at: number; answer: Promise<Response> }>()

/** Every answer with options makes Studio draw the panel and ask for all of them again, dozens of times for one click: for a moment it gets the same answer. */
async function optionsOnce(path: string, input: RequestInfo | URL, init: RequestInit | undefined, plain: typeof fetch): Promise<Response> {
  const body = input instanceof Request ? await input.clone().text() : String(init?.body ?? '')
  const key = path + ' ' + body
  let known = options.get(key)
  if (!known || performance.now() - known.at > OPTIONS_STAY_FRESH_MS) {
    known = { at: performance.now(), answer: askWithToken(input, init, plain) }
    options.set(key, known)
    known.answer.catch(() => options.delete(key))
  }
  return (await known.answer).clone()
}

function withToken(input: RequestInfo | URL, init: RequestInit | undefined, token: string): RequestInit {
  const headers = new Headers(init?.headers ?? (input instanceof Request ? input.headers : undefined))
  headers.set('authorization', `Bearer ${token}`)
  return { ...init, headers }
}

/** After Run, Edit and Save as, Studio only pushes an address: load the page that belongs to it. */
function watchAddress(): void {
  for (const name of ['pushState', 'replaceState'] as const) {
    const plain = history[name].bind(history)
    history[name] = (data, unused, url) => {
      plain(data, unused, url)
      const place = placeOf(location.pathname)
      if (!location.pathname.startsWith('/studio/workflows/')) return
      if (place.page === 'viewer') location.replace(addressOf.viewer(place.id))
      if (place.page === 'editor') location.replace(addressOf.editor(place.id))
    }
  }
}
