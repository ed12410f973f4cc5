import { createApp, defineAsyncComponent } from 'vue'
import '../citizen/citizen.css'

// Two kinds of links open this page: of the party of a case, and of the firm or committee of an estate.
createApp(location.pathname.startsWith('/e/') ? defineAsyncComponent(() => import('../estate/EstateApp.vue')) : defineAsyncComponent(() => import('./PartyApp.vue'))).mount('#app')
