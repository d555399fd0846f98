import { createApp } from 'vue'
import '../shared/tokens.css'
import './agent.css'
import { reloadOnNewLink, signIn } from '../client/identity'
import { createAppI18n } from '../shared/i18n'
import { sharedMessages } from '../shared/messages'
import AgentPage from './AgentPage.vue'
import { agentMessages } from './messages'

reloadOnNewLink()
const identity = await signIn('agent', ['Agent', 'Expert'])
createApp(AgentPage, { identity }).use(createAppI18n(sharedMessages, agentMessages)).mount('#app')
