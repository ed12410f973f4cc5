import { createApp } from 'vue'
import '../citizen/citizen.css'
import PublicApp from './PublicApp.vue'

createApp(PublicApp).mount('#app')
