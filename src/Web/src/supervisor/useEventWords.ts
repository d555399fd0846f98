import { useI18n } from 'vue-i18n'
import type { TicketEvent } from '@campuscare/client'
import { useQueueName } from '../agent/campus'
import { clockTime } from '../shared/format'

/** The events that a supervisor reads between the words. */
export const noticed: ReadonlySet<string> = new Set([
  'queued',
  'offered',
  'offerRejected',
  'offerTimedOut',
  'offerRescinded',
  'accepted',
  'resolved',
  'wrappedUp',
  'reopened',
  'rated',
  'closed',
  'transferred',
  'returned',
  'listened',
  'supervisorJoined',
  'supervisorLeft',
  'takenOver',
  'placeKept',
  'promised',
  'phoneShown',
  'clockMissed',
  'escalated',
  'productTold',
  'productDelayed',
  'replyDelayed',
  'replyFailed',
  'handedOver',
])

/** Says what happened, in the words of the workspace. */
export function useEventWords(nameOf: (id: string) => string): (event: TicketEvent) => string {
  const { t, te, locale } = useI18n()
  const queueName = useQueueName()

  /** A known code in the reader's words; else the code itself. */
  function word(group: string, code: string | null | undefined): string {
    return code && te(`${group}.${code}`) ? t(`${group}.${code}`) : (code ?? '')
  }

  return (event) => {
    const key =
      event.type === 'escalated' && !event.detail
        ? 'event.escalatedToProduct'
        : event.type === 'listened'
          ? 'listened'
          : `event.${event.type}`
    const target = queueName(event.detail ?? '')
    return t(key, {
      queue: target,
      name: event.authorName ?? nameOf(event.authorId ?? ''),
      target: target === event.detail ? nameOf(target) : target,
      channel: word('channel', event.detail),
      clock: word('clock', event.detail),
      outcome: word('product', event.detail),
      fault: word('fault', event.detail),
      time: event.dueAt ? clockTime(event.dueAt, locale.value, new Date()) : '',
      disposition: word('disposition', event.detail),
      why: word(event.type === 'handedOver' ? 'handedOver' : 'closing', event.detail),
      summary: (event.text ?? '').replaceAll('\n', ' · '),
      n: event.detail ?? '',
      note: event.text ?? '',
      words: event.text ? t(`event.${'words'}`, { text: event.text }) : '',
    }).trim()
  }
}
