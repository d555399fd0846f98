import { computed, inject, type ComputedRef, type InjectionKey, type ShallowRef } from 'vue'
import { useI18n } from 'vue-i18n'
import type { Campus } from '@campuscare/client'

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

/** The campus's queues with their names in the reader's language. */
export function useQueues(): ComputedRef<{ id: string; name: string }[]> {
  const campus = inject(campusKey)
  const nameOf = useQueueName()
  return computed(() => (campus?.value?.queues ?? []).map((q) => ({ id: q.queue, name: nameOf(q.queue) })))
}

/** A skill's name: a queue's, a language's (`lang:en`), a team's (`pod:quick`), or the skill itself. */
export function useSkillName(): (skill: string) => string {
  const queueName = useQueueName()
  const { t, locale } = useI18n()
  return (skill) => {
    const [kind, id] = skill.split(':') as [string, string | undefined]
    if (kind === 'lang' && id) return new Intl.DisplayNames(locale.value, { type: 'language' }).of(id) ?? id
    if (kind === 'pod' && id) return t('why.pod', { name: id })
    return queueName(skill)
  }
}
