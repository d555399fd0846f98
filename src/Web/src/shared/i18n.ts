import { watch, type Plugin } from 'vue'
import { createI18n } from 'vue-i18n'
import { locales, type AppLocale, type Messages, type Tree } from './locales'

const STORAGE_KEY = 'campuscare.locale'

function chosenLocale(): AppLocale {
  const asked = new URLSearchParams(location.search).get('lang') ?? localStorage.getItem(STORAGE_KEY)
  return locales.find((l) => l === asked) ?? 'zh-CN'
}

/** vue-i18n with all given messages; the choice is remembered, and the document says its language. */
export function createAppI18n(...parts: Messages[]): Plugin {
  const all = Object.fromEntries(
    locales.map((l) => [l, Object.assign({}, ...parts.map((p) => p[l])) as Tree]),
  )
  const i18n = createI18n({ legacy: false, locale: chosenLocale(), fallbackLocale: 'zh-CN', messages: all })
  watch(
    i18n.global.locale,
    (locale) => {
      document.documentElement.lang = locale
      document.title = i18n.global.t('title')
      localStorage.setItem(STORAGE_KEY, locale)
    },
    { immediate: true },
  )
  return i18n
}
