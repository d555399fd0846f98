import type { JSX } from 'preact'
import { useState } from 'preact/hooks'
import type { Ticket } from '@campuscare/client'
import { useCommand, useDesk } from './context'

const stars = [1, 2, 3, 4, 5] as const

/** At the end: whether it is solved, how it was, and the way to the next question. */
export function SolvedCard({ ticket, writeOn }: { ticket: Ticket; writeOn: () => void }): JSX.Element {
  const { care, say } = useDesk()
  const { busy, error, run } = useCommand()
  const [skipped, setSkipped] = useState(false)
  // A question that was given up before anybody took it has nobody to rate.
  const asksForStars = ticket.phase === 'closed' && !ticket.stars && !!ticket.agentName && !skipped
  return (
    <section class="card solved" data-test="solved">
      {ticket.phase === 'resolved' ? (
        <>
          <h3>{say('solved.question')}</h3>
          <div class="row">
            <button
              class="button primary"
              type="button"
              disabled={busy}
              data-test="solved-yes"
              onClick={() => void run(care.close(ticket.ticketId))}
            >
              {say('solved.yes')}
            </button>
            <button class="button" type="button" data-test="solved-no" onClick={writeOn}>
              {say('solved.no')}
            </button>
          </div>
        </>
      ) : asksForStars ? (
        <RatingForm
          busy={busy}
          rate={(n, comment) => void run(care.rate(ticket.ticketId, n, comment))}
          skip={() => setSkipped(true)}
        />
      ) : (
        <>
          <p>{say(ticket.stars ? 'solved.thanks' : 'solved.closed')}</p>
          <button class="button" type="button" data-test="again" onClick={() => care.show(null)}>
            {say('solved.again')}
          </button>
        </>
      )}
      {error && (
        <p class="error" role="alert">
          {error}
        </p>
      )}
    </section>
  )
}

interface RatingProps {
  busy: boolean
  rate: (stars: number, comment: string | null) => void
  skip: () => void
}

function RatingForm({ busy, rate, skip }: RatingProps): JSX.Element {
  const { say } = useDesk()
  const [chosen, setChosen] = useState(0)
  const [comment, setComment] = useState('')
  return (
    <form
      onSubmit={(e) => {
        e.preventDefault()
        rate(chosen, comment.trim() || null)
      }}
    >
      <fieldset class="star-picker">
        <legend>{say('solved.rate')}</legend>
        {stars.map((n) => (
          <label key={n} class={n <= chosen ? 'lit' : ''}>
            <input
              class="visually-hidden"
              type="radio"
              name="stars"
              value={n}
              checked={n === chosen}
              onChange={() => setChosen(n)}
            />
            <span aria-hidden="true">★</span>
            <span class="visually-hidden">{say('solved.star', { n })}</span>
          </label>
        ))}
      </fieldset>
      {chosen > 0 && (
        <textarea
          class="field"
          rows={2}
          maxLength={1000}
          value={comment}
          data-test="comment"
          aria-label={say('solved.comment')}
          placeholder={say('solved.comment')}
          onInput={(e) => setComment(e.currentTarget.value)}
        />
      )}
      <div class="row">
        <button class="button primary" type="submit" disabled={chosen === 0 || busy} data-test="rate">
          {say('solved.submit')}
        </button>
        <button class="button quiet" type="button" onClick={skip}>
          {say('solved.skip')}
        </button>
      </div>
    </form>
  )
}
