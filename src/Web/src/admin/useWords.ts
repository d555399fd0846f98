import { computed, type ComputedRef } from 'vue'
import { useI18n } from 'vue-i18n'
import { categories, type Category } from '@campuscare/client'
import { useSettings } from './useSettings'

export interface Choice<T> {
  value: T
  label: string
}

/** Names in the reader's language, and lists to choose from. */
export function useWords() {
  const { t, te, locale } = useI18n()
  const { settings } = useSettings()

  const queueName = (id: string): string => {
    const queue = settings.value?.queues.find((q) => q.queue === id)
    return (locale.value === 'en' ? queue?.nameEn : queue?.nameZh) ?? id
  }

  /** A skill is a queue's, a language, a team, or something of the campus's own. */
  const skillName = (skill: string): string => {
    const named = `skillNames.${skill.replace(':', '-')}`
    return te(named) ? t(named) : queueName(skill)
  }

  const categoryChoices: ComputedRef<Choice<Category>[]> = computed(() =>
    categories.map((value) => ({ value, label: t(`category.${value}`) })),
  )
  const queueChoices: ComputedRef<Choice<string>[]> = computed(() =>
    (settings.value?.queues ?? []).map((q) => ({ value: q.queue, label: queueName(q.queue) })),
  )
  const levelChoices: ComputedRef<Choice<number>[]> = computed(() =>
    [1, 2, 3, 4, 5].map((value) => ({ value, label: t(`level.${value}`) })),
  )
  return { queueName, skillName, categoryChoices, queueChoices, levelChoices }
}
