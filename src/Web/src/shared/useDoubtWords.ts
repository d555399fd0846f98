import { useI18n } from 'vue-i18n'
import type { Doubt } from '@campuscare/client'
import { yuan } from './format'

/** Says why a person should look, in the reader's words. */
export function useDoubtWords(): (doubt: Doubt) => string {
  const { t } = useI18n()
  return ({ sign, level, ticketId }) =>
    t(`doubt.${sign}`, { n: level, amount: yuan(level), ticket: ticketId ?? '' })
}
