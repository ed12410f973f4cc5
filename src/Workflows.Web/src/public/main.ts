import { createApp } from 'vue'
import '../shell/shell.css'
import PublicApp from './PublicApp.vue'

createApp(PublicApp).mount('#app')
