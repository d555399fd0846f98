import { createApp } from 'vue'
import '../shared/tokens.css'
import './student.css'
import { reloadOnNewLink, signIn } from '../client/identity'
import { createAppI18n } from '../shared/i18n'
import { sharedMessages } from '../shared/messages'
import { studentMessages } from './messages'
import SignInPage from './SignInPage.vue'
import StudentPage from './StudentPage.vue'

reloadOnNewLink()
const identity = await signIn('customer', ['Customer'])
const app = identity ? createApp(StudentPage, { identity }) : createApp(SignInPage)
app.use(createAppI18n(sharedMessages, studentMessages)).mount('#app')
