import { createApp } from 'vue'
import '../shared/tokens.css'
import './supervisor.css'
import { reloadOnNewLink, signIn } from '../client/identity'
import { createAppI18n } from '../shared/i18n'
import { sharedMessages } from '../shared/messages'
import SupervisorPage from './SupervisorPage.vue'
import { supervisorMessages } from './messages'

reloadOnNewLink()
const identity = await signIn('supervisor', ['Supervisor', 'CampusAdmin'])
createApp(SupervisorPage, { identity }).use(createAppI18n(sharedMessages, supervisorMessages)).mount('#app')
