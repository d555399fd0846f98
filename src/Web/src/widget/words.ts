import type { Problem } from '@campuscare/client'
import type { AppLocale, Messages, Tree } from '../shared/locales'
import { sharedMessages } from '../shared/messages'
import { studentMessages } from '../student/messages'
import { widgetMessages } from './messages'

type KeysOf<T> = {
  [K in keyof T & string]: T[K] extends string ? K : `${K}.${KeysOf<T[K]>}`
}[keyof T & string]

type WordsOf<M> = M extends Messages<infer T> ? KeysOf<T> : never

/** Every text has a name; the compiler knows them all. */
export type WordKey =
  WordsOf<typeof sharedMessages> | WordsOf<typeof studentMessages> | WordsOf<typeof widgetMessages>

export type Say = (key: WordKey, values?: Record<string, string | number>) => string

const all: Record<AppLocale, Tree> = {
  'zh-CN': { ...sharedMessages['zh-CN'], ...studentMessages['zh-CN'], ...widgetMessages['zh-CN'] },
  en: { ...sharedMessages.en, ...studentMessages.en, ...widgetMessages.en },
}

/** Says texts in a language. */
export function sayIn(language: AppLocale): Say {
  return (key, values = {}) =>
    (find(all[language], key) ?? key).replace(/\{(\w+)\}/g, (_, name: string) => String(values[name] ?? ''))
}

/** A problem in the reader's words; one that we have no words for is the server's. */
export function problemIn(language: AppLocale, { code }: Pick<Problem, 'code'>): string {
  return find(all[language], `problem.${code}`) ?? sayIn(language)('problem.serverError')
}

/** Why a picture was refused. */
export function pictureProblemIn(language: AppLocale, code: string, megabytes: number): string {
  const own = find(all[language], `picture.refusal.${code}`)
  return own?.replace('{mb}', String(megabytes)) ?? problemIn(language, { code })
}

function find(tree: Tree, path: string): string | undefined {
  let at: string | Tree | undefined = tree
  for (const name of path.split('.')) at = typeof at === 'object' ? at[name] : undefined
  return typeof at === 'string' ? at : undefined
}
