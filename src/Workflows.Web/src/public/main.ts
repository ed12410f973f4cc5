import { createApp } from 'vue'
import '../citizen/citizen.css'
import PublicApp from './PublicApp.vue'
import { keepFocus } from '../shell/focus'

keepFocus()
createApp(PublicApp).mount('#app')
