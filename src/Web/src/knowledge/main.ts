import { createApp } from 'vue'
import '../shared/tokens.css'
import './knowledge.css'
import { reloadOnNewLink, signIn } from '../client/identity'
import { createAppI18n } from '../shared/i18n'
import { sharedMessages } from '../shared/messages'
import KnowledgePage from './KnowledgePage.vue'
import { knowledgeMessages } from './messages'

reloadOnNewLink()
const identity = await signIn('knowledge', [
  'CampusAdmin',
  'Expert',
  'QualityInspector',
  'Supervisor',
  'Agent',
])
createApp(KnowledgePage, { identity }).use(createAppI18n(sharedMessages, knowledgeMessages)).mount('#app')
