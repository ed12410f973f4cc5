import { createApp } from 'vue'
import '../citizen/citizen.css'
import PartyApp from './PartyApp.vue'

createApp(PartyApp).mount('#app')
