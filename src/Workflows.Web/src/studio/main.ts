import { createApp } from 'vue'
import '../shell/shell.css'
import { startSession } from '../session/session'
import StudioApp from './StudioApp.vue'
import { keepFocus } from '../shell/focus'

void startSession()
keepFocus()
createApp(StudioApp).mount('#app')
