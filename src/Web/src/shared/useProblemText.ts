import { useI18n } from 'vue-i18n'
import type { Problem } from '@campuscare/client'

/** A problem in the reader's words. The server's own words (English, exact) are for developers. */
export function useProblemText(): (problem: Problem) => string {
  const { t, te } = useI18n()
  return ({ code }) => t(te(`problem.${code}`) ? `problem.${code}` : 'problem.serverError')
}
