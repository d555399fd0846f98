import type { JSX } from 'preact'
import { clockTime } from '../shared/format'
import { useDesk } from './context'
import { Progress } from './Progress'

/** Past and present tickets, and where each one stands. */
export function TicketList(): JSX.Element {
  const { care, say, language } = useDesk()
  const { tickets } = care
  return (
    <section class="tickets" aria-labelledby="tickets-title">
      <h3 id="tickets-title">{say('tickets.title')}</h3>
      {tickets?.length === 0 && <p class="muted">{say('tickets.empty')}</p>}
      <ul>
        {tickets?.map((ticket) => (
          <li key={ticket.ticketId}>
            <button
              class="card ticket"
              type="button"
              data-test="ticket"
              onClick={() => care.show(ticket.ticketId)}
            >
              <span class="ticket-head">
                <span class="subject">{ticket.subject}</span>
                <span class={`phase ${ticket.phase}`}>{say(`phase.${ticket.phase}`)}</span>
              </span>
              <span class="ticket-foot">
                <span>{say(`category.${ticket.category}`)}</span>
                <span>{clockTime(ticket.openedAt, language, new Date())}</span>
                {ticket.stars !== null && (
                  <span class="stars" role="img" aria-label={say('tickets.stars', { n: ticket.stars })}>
                    {'★'.repeat(ticket.stars)}
                  </span>
                )}
              </span>
              <Progress phase={ticket.phase} />
            </button>
          </li>
        ))}
      </ul>
    </section>
  )
}
