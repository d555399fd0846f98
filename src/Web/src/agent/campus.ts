import { inject, type InjectionKey, type ShallowRef } from 'vue'
import { useI18n } from 'vue-i18n'
import type { Campus } from '../client/contracts'

/** The agent's campus; null until it is known. */
export const campusKey: InjectionKey<ShallowRef<Campus | null>> = Symbol('campus')

/** A queue's (and so a skill's) name in the reader's language; its id when the campus does not name it. */
export function useQueueName(): (queue: string) => string {
  const campus = inject(campusKey)
  const { locale } = useI18n()
  return (id) => {
    const queue = campus?.value?.queues.find((q) => q.queue === id)
    return (locale.value === 'en' ? queue?.nameEn : queue?.nameZh) ?? id
  }
}
