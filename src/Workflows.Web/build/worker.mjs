// The inspector's page opens without a network: this writes its service worker with the names of all files that the page may ever ask for, and the
// manifest by which phones install it. A worker of a library would be a hundred times as large as what is needed here.
import { createHash } from 'node:crypto'

const ENTRY = 'inspect.html'

const MANIFEST = {
  id: '/inspect', name: '现场检查 · 监管一件事', short_name: '现场检查', start_url: '/inspect', scope: '/inspect', display: 'standalone', lang: 'zh-CN',
  background_color: '#f3f5f8', theme_color: '#173b6c',
  icons: [{ src: '/inspect/icon.svg', sizes: 'any', type: 'image/svg+xml', purpose: 'any' }, { src: '/inspect/icon.svg', sizes: 'any', type: 'image/svg+xml', purpose: 'maskable' }],
}

const ICON = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 192 192"><rect width="192" height="192" fill="#173b6c"/><rect x="52" y="44" width="88" height="108" rx="10" fill="#fff"/>'
  + '<rect x="74" y="34" width="44" height="22" rx="8" fill="#c8372d"/><path d="M70 98l18 18 34-36" fill="none" stroke="#17653a" stroke-width="13" stroke-linecap="round" stroke-linejoin="round"/></svg>'

/** Runs in the browser; files and version are put in front of it. */
export const WORKER = `
self.addEventListener('install', event => event.waitUntil(caches.open(KEPT).then(cache => cache.addAll(FILES)).then(() => self.skipWaiting())))
self.addEventListener('activate', event => event.waitUntil(
  caches.keys().then(names => Promise.all(names.filter(name => name.startsWith('inspect-')).slice(0, -2).map(name => caches.delete(name)))).then(() => self.clients.claim())))
self.addEventListener('fetch', event => {
  const { request } = event
  const url = new URL(request.url)
  if (request.method !== 'GET' || url.origin !== location.origin) return
  // The shell and its files from here at once; a new worker brings new ones. What the service answers is never kept here: the page keeps it encrypted.
  const inside = url.pathname === '/inspect' || url.pathname.startsWith('/inspect/')
  if (request.mode === 'navigate' && inside) event.respondWith(kept('/inspect', request))
  else if (FILES.includes(url.pathname) || inside || url.pathname.startsWith('/assets/')) event.respondWith(kept(url.pathname, request))
})
self.addEventListener('push', event => event.waitUntil(tell(event.data)))
self.addEventListener('notificationclick', event => {
  event.notification.close()
  const page = pageOf(event.notification.data?.link)
  event.waitUntil(clients.matchAll({ type: 'window' }).then(async open => {
    const here = open.find(one => new URL(one.url).pathname.startsWith('/inspect'))
    if (!here) return clients.openWindow('/inspect' + page)
    // The open page goes there itself: loading it anew would take from the person what is half said.
    here.postMessage({ kind: 'go', to: page.slice(1) })
    return here.focus()
  }))
})
/** A browser shows something for each push. Who is signed out here is told that there is something, and not what. */
async function tell(data) {
  let told
  try { told = data?.json() } catch { /* Not one of ours. */ }
  const inside = typeof told?.text === 'string' && (await signedIn())
  await self.registration.showNotification(inside ? told.text : '有新的消息，请登录“现场检查”查看。', {
    tag: inside ? String(told.id) : 'signed-out', lang: 'zh-CN', icon: '/inspect/icon.svg', data: { link: inside ? told.link : undefined }, requireInteraction: inside && told.urgent === true,
  })
}
/** Whether a session lies on the phone: signing out destroys it with its key. A base that is not there is not made. */
function signedIn() {
  return new Promise(resolve => {
    const asked = indexedDB.open('inspect')
    asked.onupgradeneeded = () => asked.transaction.abort()
    asked.onerror = () => resolve(false)
    asked.onsuccess = () => {
      const base = asked.result
      const done = answer => { base.close(); resolve(answer) }
      try {
        const look = base.transaction(['keys', 'kept'])
        const [key, session] = [look.objectStore('keys').count('phone'), look.objectStore('kept').count('session')]
        look.oncomplete = () => done(key.result > 0 && session.result > 0)
        look.onabort = () => done(false)
      } catch { done(false) }
    }
  })
}
/** Page of the phone for a link of the service: a step of its own, else the list of messages, which knows the way. */
function pageOf(link) {
  const step = /^\\/tasks\\/([\\w-]+)$/.exec(link ?? '')
  if (step) return '/step/' + step[1]
  return link && link !== '/tasks' ? '/messages' : ''
}
async function kept(path, request) {
  const cache = await caches.open(KEPT)
  // A page that was opened before this worker still asks for the parts of its own version.
  return (await cache.match(path)) ?? (await caches.match(path)) ?? fetch(request)
}
`

export function phoneWorker() {
  return {
    name: 'phone-worker',
    apply: 'build',
    generateBundle: {
      order: 'post',
      handler(_, bundle) {
        const chunks = Object.values(bundle)
        const entry = chunks.find(one => one.type === 'chunk' && one.isEntry && one.facadeModuleId?.endsWith(ENTRY))
        if (!entry) return
        const names = new Set()
        const visit = name => {
          const chunk = bundle[name]
          if (!chunk || names.has(name)) return
          names.add(name)
          chunk.viteMetadata?.importedCss.forEach(css => names.add(css))
          ;[...(chunk.imports ?? []), ...(chunk.dynamicImports ?? [])].forEach(visit)
        }
        visit(entry.fileName)
        const files = ['/inspect', '/inspect/manifest.webmanifest', '/inspect/icon.svg', ...[...names].sort().map(name => `/${name}`)]
        // Also the page itself: its words may change where no file's name does.
        const version = createHash('sha256').update(JSON.stringify(files)).update(String(bundle[ENTRY]?.source ?? '')).update(WORKER).digest('hex').slice(0, 16)
        const emit = (fileName, source) => this.emitFile({ type: 'asset', fileName, source })
        emit('inspect/sw.js', `const KEPT = 'inspect-${version}'\nconst FILES = ${JSON.stringify(files)}\n${WORKER}`)
        emit('inspect/manifest.webmanifest', JSON.stringify(MANIFEST))
        emit('inspect/icon.svg', ICON)
      },
    },
  }
}
