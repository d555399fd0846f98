import type { JSX } from 'preact'
import { useState } from 'preact/hooks'
import type { QueuePlace, Ticket } from '@campuscare/client'
import { clockTime } from '../shared/format'
import { masked, waitOf } from '../student/waitWords'
import { useCommand, useDesk, type Desk } from './context'
import { KeepPlaceForm } from './KeepPlaceForm'

/** Where the customer stands in the line, how long it takes, and the ways out of it. */
export function WaitCard({ ticket }: { ticket: Ticket }): JSX.Element {
  const desk = useDesk()
  const { care, say } = desk
  const [asking, setAsking] = useState<'leave' | 'keep' | null>(null)
  const { busy, error, run } = useCommand()
  const place = care.place
  const expected = expectedOf(desk, place)
  const hint = ticket.placeIsKept ? expected : place?.isFull ? say('wait.full') : ''
  const mayKeep = ticket.phase === 'waiting'
  return (
    <section class={ticket.placeIsKept ? 'card wait kept' : 'card wait'} data-test="wait">
      <span class="pulse" aria-hidden="true" />
      <div>
        <div role="status">
          <p class="headline" data-test="position">
            {headlineOf(desk, ticket, place)}
          </p>
          {ticket.placeIsKept ? (
            <p data-test="kept">{calledOf(desk, ticket)}</p>
          ) : (
            expected && <p data-test="expected">{expected}</p>
          )}
        </div>
        {hint && <p class={ticket.placeIsKept ? 'hint muted' : 'hint'}>{hint}</p>}
        {error && (
          <p class="error" role="alert">
            {error}
          </p>
        )}
        {asking === 'keep' && mayKeep ? (
          <KeepPlaceForm ticket={ticket} leave={() => setAsking(null)} />
        ) : asking === 'leave' ? (
          <div class="row">
            <span>{say('wait.cancelSure')}</span>
            <button
              class="button quiet"
              type="button"
              disabled={busy}
              data-test="leave-yes"
              onClick={() => void run(care.close(ticket.ticketId))}
            >
              {say('wait.cancelYes')}
            </button>
            <button class="button quiet" type="button" onClick={() => setAsking(null)}>
              {say('wait.cancelNo')}
            </button>
          </div>
        ) : (
          <div class="row choices">
            {mayKeep && (
              <button
                class={`button ${ticket.placeIsKept ? 'quiet' : place?.isFull || place?.opensAt ? 'primary' : ''}`}
                type="button"
                data-test="keep-place"
                onClick={() => setAsking('keep')}
              >
                {say(ticket.placeIsKept ? 'hold.change' : 'hold.offer')}
              </button>
            )}
            <button class="button quiet" type="button" data-test="leave" onClick={() => setAsking('leave')}>
              {say('wait.cancel')}
            </button>
          </div>
        )}
      </div>
    </section>
  )
}

function headlineOf({ say }: Desk, ticket: Ticket, place: QueuePlace | null): string {
  if (ticket.placeIsKept) return say('hold.kept')
  if (place?.opensAt) return say('wait.closed')
  if (ticket.phase === 'offered' || !place || place.position === 0) return say('wait.connecting')
  return place.position === 1 ? say('wait.next') : say('wait.position', { n: place.position })
}

function expectedOf({ say, language }: Desk, place: QueuePlace | null): string {
  if (!place || (place.position === 0 && !place.opensAt)) return ''
  const wait = waitOf(place)
  if (wait.kind === 'closed')
    return say('wait.opens', { time: clockTime(wait.opensAt, language, new Date()) })
  return say(`wait.${wait.kind}`, { ...wait })
}

function calledOf({ say }: Desk, { channel, customer }: Ticket): string {
  if (channel !== 'phone') return say('hold.keptChat')
  return customer.phone ? say('hold.keptPhone', { phone: masked(customer.phone) }) : say('hold.keptCall')
}
