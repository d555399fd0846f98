import { createApp } from 'vue'
import '../shared/tokens.css'
import './review.css'
import { reloadOnNewLink, signIn } from '../client/identity'
import { createAppI18n } from '../shared/i18n'
import { sharedMessages } from '../shared/messages'
import ReviewPage from './ReviewPage.vue'
import { reviewMessages } from './messages'

reloadOnNewLink()
const identity = await signIn('review', ['QualityInspector', 'Supervisor', 'CampusAdmin'])
createApp(ReviewPage, { identity }).use(createAppI18n(sharedMessages, reviewMessages)).mount('#app')
