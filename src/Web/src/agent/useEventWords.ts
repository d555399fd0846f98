import { useI18n } from 'vue-i18n'
import type { TicketEvent } from '@campuscare/client'
import { useQueueName } from './campus'
import { callWord, clockTime, yuan } from '../shared/format'

/** The events that staff read between the words. */
export const happenings: ReadonlySet<string> = new Set([
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
  'supervisorJoined',
  'supervisorLeft',
  'takenOver',
  'call',
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
  'summarized',
  'recategorized',
  'remedyProposed',
  'doubtsCleared',
  'remedyDecided',
  'remedyAsked',
  'remedyApproved',
  'remedyDelayed',
  'remedyPaid',
  'remedyFailed',
  'remedyTakenBack',
])

/** A supervisor also reads who read along. */
export const happeningsToSupervisors: ReadonlySet<string> = new Set([...happenings, 'listened'])

/**
 * Says what happened, in the words of the workspace.
 * @param nameOf a colleague's name by id
 * @param whoElse whose doing an event is that names nobody: of one who is gone from the ticket
 */
export function useEventWords(
  nameOf: (id: string) => string,
  whoElse: () => string = () => '',
): (event: TicketEvent) => string {
  const { t, te, locale } = useI18n()
  const queueName = useQueueName()

  /** A known code in the reader's words; else the code itself. */
  function word(group: string, code: string | null | undefined): string {
    return code && te(`${group}.${code}`) ? t(`${group}.${code}`) : (code ?? '')
  }

  return (event) => {
    const key =
      event.type === 'escalated' && !event.detail
        ? 'escalatedToProduct'
        : event.type === 'remedyDecided' && event.authorId
          ? 'remedyGranted'
          : event.type === 'call'
            ? callWord(event)
            : event.type
    const target = queueName(event.detail ?? '')
    return t(`event.${key}`, {
      queue: target,
      name: event.authorName ?? (event.authorId ? nameOf(event.authorId) : whoElse()),
      target: target === event.detail ? nameOf(target) : target,
      channel: word('channel', event.detail),
      clock: word('clock', event.detail),
      outcome: word('product', event.detail),
      fault: word('fault', event.detail),
      time: event.dueAt ? clockTime(event.dueAt, locale.value, new Date()) : '',
      gift: event.remedy ? t(`gift.${event.remedy.kind}`, { amount: yuan(event.remedy.fen) }) : '',
      failure: word('remedyFault', event.detail),
      disposition: word('disposition', event.detail),
      why: word(event.type === 'handedOver' ? 'handedOver' : 'closing', event.detail),
      category: word('category', event.detail),
      summary: (event.text ?? '').replaceAll('\n', ' · '),
      n: event.detail ?? '',
      note: event.text ?? '',
      words: event.text ? t('event.words', { text: event.text }) : '',
    }).trim()
  }
}
