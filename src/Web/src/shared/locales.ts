export const locales = ['zh-CN', 'en'] as const
export type AppLocale = (typeof locales)[number]

/** Words, and words under a name. */
export type Tree = { [key: string]: string | Tree }

/** The two languages of one set of messages; the compiler sees a key that one of them lacks. */
export interface Messages<T extends Tree = Tree> {
  'zh-CN': T
  en: T
}

export function messages<T extends Tree>(zh: T, en: NoInfer<T>): Messages<T> {
  return { 'zh-CN': zh, en }
}
