import { createApp } from 'vue'
import '../shared/tokens.css'
import './admin.css'
import { reloadOnNewLink, signIn } from '../client/identity'
import { createAppI18n } from '../shared/i18n'
import { sharedMessages } from '../shared/messages'
import AdminPage from './AdminPage.vue'
import { adminMessages } from './messages'

reloadOnNewLink()
const identity = await signIn('admin', ['CampusAdmin', 'PlatformAdmin'])
createApp(AdminPage, { identity }).use(createAppI18n(sharedMessages, adminMessages)).mount('#app')
