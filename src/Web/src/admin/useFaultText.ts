import { useI18n } from 'vue-i18n'
import type { Problem } from '@campuscare/client'
import { useProblemText } from '../shared/useProblemText'
import type { Fault } from './faults'

/** What is wrong with a field, in the reader's words; what only the server knows is told with its own words too. */
export function useFaultText(): (fault: Fault | Problem) => string {
  const { t } = useI18n()
  const sayProblem = useAdminProblem()
  return (fault) =>
    'key' in fault
      ? t(`fault.${fault.key}`, fault.values ?? {})
      : fault.detail
        ? t('fault.server', { detail: fault.detail })
        : sayProblem(fault)
}

/** A problem in the words of this page where it has any, else in everybody's. */
export function useAdminProblem(): (problem: Problem) => string {
  const { t, te } = useI18n()
  const say = useProblemText()
  return (problem) => (te(`refused.${problem.code}`) ? t(`refused.${problem.code}`) : say(problem))
}
