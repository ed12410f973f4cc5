import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vitest/config'

// Each page of the service is an HTML file here; further pages join the list.
export default defineConfig({
  plugins: [vue()],
  build: {
    target: 'es2022',
    modulePreload: { polyfill: false },
    rollupOptions: { input: { studio: 'studio.html' } },
  },
  // Tests read the definitions of the repository.
  server: { fs: { allow: ['../..'] } },
  test: { include: ['src/**/*.test.ts'] },
})
