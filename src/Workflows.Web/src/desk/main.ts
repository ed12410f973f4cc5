import { createApp } from 'vue'
import '../shell/shell.css'
import './desk.css'
import { startSession } from '../session/session'
import DeskApp from './DeskApp.vue'

void startSession('/desk')
createApp(DeskApp).mount('#app')
