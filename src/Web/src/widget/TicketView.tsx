import type { JSX } from 'preact'
import { useRef } from 'preact/hooks'
import type { TicketEvent } from '@campuscare/client'
import { clockTime, yuan } from '../shared/format'
import { threadLines } from '../shared/thread'
import { BotCard, isWithBot } from './BotCard'
import { waitingPhases, type Conversation } from './care'
import { Composer } from './Composer'
import { useDesk, type Desk } from './context'
import { Progress } from './Progress'
import { promiseOf } from './promise'
import { readLines } from './readReceipts'
import { SolvedCard } from './SolvedCard'
import { Thread } from './Thread'
import { WaitCard } from './WaitCard'

/** What happened to a ticket and is worth a line between the words. */
const noted = [
  'accepted',
  'resolved',
  'reopened',
  'rated',
  'closed',
  'transferred',
  'returned',
  'placeKept',
  'promised',
  'remedyDecided',
  'remedyApproved',
  'remedyPaid',
  'remedyFailed',
] as const
const notes: ReadonlySet<string> = new Set(noted)

/** One ticket: where it stands, the conversation, and what there is to do now. */
export function TicketView({ conversation }: { conversation: Conversation }): JSX.Element {
  const desk = useDesk()
  const { care, say } = desk
  const { ticket, events } = conversation
  const { ticketId, phase } = ticket
  const box = useRef<HTMLTextAreaElement>(null)
  const lines = threadLines(
    events,
    care.echoes.filter((e) => e.lane === ticketId),
    care.unsent.filter((e) => e.lane === ticketId),
    { ticketId, side: 'customer' },
    notes,
    care.pictures.sending,
  )
  const coming = promiseOf(desk, conversation)
  return (
    <div class="ticket-page">
      <section class="ticket-top">
        <h2>{ticket.subject}</h2>
        <p class="facts" data-test="understood">
          {say('understood', { category: say(`category.${ticket.category}`) })}
          {ticket.orderNumber && ` · ${say('order', { number: ticket.orderNumber })}`}
        </p>
        <Progress phase={phase} labels />
      </section>
      <Thread lines={lines} read={readLines(events)} sayEvent={(event) => wordsOf(desk, conversation, event)}>
        {ticket.category === 'foodSafety' && <p class="safety">{say('safety')}</p>}
        {waitingPhases.has(phase) && <WaitCard ticket={ticket} />}
        {coming.map((words) => (
          <p key={words} class="coming" role="status" data-test="coming">
            {words}
          </p>
        ))}
        {isWithBot(ticket) ? (
          <BotCard ticket={ticket} />
        ) : (
          (phase === 'resolved' || phase === 'closed') && (
            <SolvedCard ticket={ticket} writeOn={() => box.current?.focus()} />
          )
        )}
      </Thread>
      {phase !== 'closed' && (
        <Composer
          ticketId={ticketId}
          placeholder={say(phase === 'resolved' && !isWithBot(ticket) ? 'solved.noHint' : 'write')}
          box={box}
        />
      )}
    </div>
  )
}

function wordsOf({ say, language }: Desk, { ticket }: Conversation, event: TicketEvent): string {
  const name = event.authorName ?? ticket.agentName ?? say('agent')
  const time = event.dueAt ? clockTime(event.dueAt, language, new Date()) : ''
  const { remedy } = event
  const gift = remedy ? say(`gift.${remedy.kind}`, { amount: yuan(remedy.fen) }) : ''
  const values = { name, time, gift, n: event.detail ?? '', words: event.text ?? '' }
  const key = noted.find((type) => type === event.type)
  if (!key) return ''
  const byPhone = key === 'placeKept' && event.detail === 'phone'
  return say(byPhone ? 'event.placeKeptByPhone' : `event.${key}`, values).trim()
}
