import { createApp, defineAsyncComponent } from 'vue'
import '../citizen/citizen.css'
import { keepFocus } from '../shell/focus'

// Two kinds of links open this page: of the party of a case, and of the firm or committee of an estate.
keepFocus()
createApp(location.pathname.startsWith('/e/') ? defineAsyncComponent(() => import('../estate/EstateApp.vue')) : defineAsyncComponent(() => import('./PartyApp.vue'))).mount('#app')
