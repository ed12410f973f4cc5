import { createApp } from 'vue'
import '../shell/shell.css'
import PartyApp from './PartyApp.vue'

createApp(PartyApp).mount('#app')
