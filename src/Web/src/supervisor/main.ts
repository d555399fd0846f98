import { createApp } from 'vue'
import '../shared/tokens.css'
import './supervisor.css'
import './room.css'
import { reloadOnNewLink, signIn } from '../client/identity'
import { agentMessages } from '../agent/messages'
import { createAppI18n } from '../shared/i18n'
import { sharedMessages } from '../shared/messages'
import SupervisorPage from './SupervisorPage.vue'
import { supervisorMessages } from './messages'

reloadOnNewLink()
const identity = await signIn('supervisor', ['Supervisor', 'CampusAdmin'])
// What happens to tickets is said in the words of the workspace.
createApp(SupervisorPage, { identity })
  .use(createAppI18n(sharedMessages, agentMessages, supervisorMessages))
  .mount('#app')
