import { createApp } from 'vue'
import '../shell/shell.css'
import { startSession } from '../session/session'
import InspectApp from './InspectApp.vue'

void startSession('/inspect')
createApp(InspectApp).mount('#app')
