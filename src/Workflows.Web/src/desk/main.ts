import { createApp } from 'vue'
import '../shell/shell.css'
import './desk.css'
import { startSession } from '../session/session'
import DeskApp from './DeskApp.vue'
import { keepFocus } from '../shell/focus'

void startSession('/desk')
keepFocus()
createApp(DeskApp).mount('#app')
