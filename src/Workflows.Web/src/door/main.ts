import { createApp } from 'vue'
import '../citizen/citizen.css'
import DoorPage from './DoorPage.vue'

createApp(DoorPage).mount('#app')
