import { createApp } from 'vue'
import '../shell/shell.css'
import { startSession } from '../session/session'
import StudioApp from './StudioApp.vue'

void startSession()
createApp(StudioApp).mount('#app')
