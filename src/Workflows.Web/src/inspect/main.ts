import { createApp } from 'vue'
import '../shell/shell.css'
import './inspect.css'
import { resumeSession, startSession } from '../session/session'
import InspectApp from './InspectApp.vue'
import { keeperOf } from './phone/keeper'
import { tellOfNewSteps } from './phone/notices'
import { goWhereNoticesLead } from './phone/push'
import { onNews } from './phone/tabs'
import { vault } from './phone/vault'
import { keepFocus } from '../shell/focus'

// Signed out in another tab: what this one still holds in memory is never written again.
onNews(news => {
  if (news.kind === 'session') void resumeSession()
  if (news.kind !== 'gone') return
  vault.close()
  location.assign('/inspect')
})
void startSession('/inspect', keeperOf(vault))
keepFocus()
createApp(InspectApp).mount('#app')
tellOfNewSteps()
goWhereNoticesLead()
if (import.meta.env.PROD && 'serviceWorker' in navigator) void navigator.serviceWorker.register('/inspect/sw.js', { scope: '/inspect' })
