import { createApp } from 'vue'
import '../shell/shell.css'
import './inspect.css'
import { startSession } from '../session/session'
import InspectApp from './InspectApp.vue'
import { tellOfNewSteps } from './phone/notices'
import { vault } from './phone/vault'

const SESSION = 'session'

void startSession('/inspect', {
  load: () => vault.get<string>('kept', SESSION).catch(() => undefined),
  save: kept => vault.put('kept', SESSION, kept),
  drop: () => vault.destroy(),
})
createApp(InspectApp).mount('#app')
tellOfNewSteps()
if (import.meta.env.PROD && 'serviceWorker' in navigator) void navigator.serviceWorker.register('/inspect/sw.js', { scope: '/inspect' })
