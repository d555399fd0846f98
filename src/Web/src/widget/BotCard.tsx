import type { JSX } from 'preact'
import type { Ticket, Verdict } from '@campuscare/client'
import { useCommand, useDesk } from './context'

/** The bot has the conversation, and waits for the customer's word. */
export function isWithBot({ phase, bot }: Ticket): boolean {
  return phase === 'resolved' && bot?.handedOver === null && (bot.asks || bot.choices.length > 0)
}

/** Under an answer from knowledge: the next choice of a decision tree, or whether it helped; and always the way to a person. */
export function BotCard({ ticket }: { ticket: Ticket }): JSX.Element {
  const { care, say } = useDesk()
  const { busy, error, run } = useCommand()
  const choices = ticket.bot?.choices ?? []
  const verdict = (word: Verdict, mark: string, style: string): JSX.Element => (
    <button
      class={`button ${style}`}
      type="button"
      disabled={busy}
      data-test={`bot-${mark}`}
      onClick={() => void run(care.judge(ticket.ticketId, word))}
    >
      {say(`bot.${word}`)}
    </button>
  )
  return (
    <section class="card solved" data-test="bot-card">
      <h3>{say(choices.length > 0 ? 'bot.choose' : 'bot.question')}</h3>
      {choices.length > 0 && (
        <div class="row">
          {choices.map((choice) => (
            <button
              key={choice}
              class="button"
              type="button"
              data-test="bot-choice"
              onClick={() => care.post(ticket.ticketId, choice)}
            >
              {choice}
            </button>
          ))}
        </div>
      )}
      <div class="row">
        {choices.length === 0 && verdict('helped', 'helped', 'primary')}
        {choices.length === 0 && verdict('notHelped', 'not-helped', '')}
        {verdict('person', 'person', 'quiet')}
      </div>
      {error && (
        <p class="error" role="alert">
          {error}
        </p>
      )}
    </section>
  )
}
