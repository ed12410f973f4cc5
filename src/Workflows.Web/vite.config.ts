import vue from '@vitejs/plugin-vue'
import type { Plugin } from 'vite'
import { defineConfig } from 'vitest/config'
import { phoneWorker } from './build/worker.mjs'

// Each page of the service is an HTML file here, and answers for every path that begins with its own, as the host does it.
const PAGES: Record<string, string> = { door: '/', studio: '/studio', inspect: '/inspect', desk: '/desk', party: '/p', public: '/public' }

/** While pages are being written: `npm run dev` serves them and asks a running service for all else. */
const pagesByPath: Plugin = {
  name: 'pages-by-path',
  configureServer(server) {
    server.middlewares.use((request, _, next) => {
      const path = (request.url ?? '').split('?')[0]!
      const page = path.startsWith('/e/') ? ['party'] : Object.entries(PAGES).find(([, prefix]) => path === prefix || (path.startsWith(prefix + '/') && !/\.\w+$/.test(path)))
      if (page) request.url = `/${page[0]}.html`
      next()
    })
  },
}

const service = process.env.WORKFLOWS_SERVICE ?? 'http://127.0.0.1:5000'

export default defineConfig({
  plugins: [vue(), pagesByPath, phoneWorker()],
  build: {
    target: 'es2022',
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 1200,
    rollupOptions: { input: Object.fromEntries(Object.keys(PAGES).map(name => [name, `${name}.html`])) },
  },
  // Tests read the definitions of the repository.
  server: { fs: { allow: ['../..'] }, proxy: { '/api': service, '/elsa': service } },
  test: { include: ['src/**/*.test.ts'] },
})
