import type { JSX } from 'preact'
import { useRef, useState } from 'preact/hooks'
import type { OutboxEntry, Written } from '@campuscare/client'
import { MAX_TEXT } from '../shared/limits'
import { reasons } from '../student/reasons'
import { useDesk } from './context'
import { TicketList } from './TicketList'
import { problemIn, type WordKey } from './words'

/** What a question is about, when the host page says it: its order's number. */
export interface AskProps {
  orderNumber: string
}

/** The first page: ask, by typing or by tapping a frequent reason, and see what was asked before. */
export function AskView({ orderNumber }: AskProps): JSX.Element {
  const { care, say, memory } = useDesk()
  const draftKey = care.keyOf('draft')
  const [text, setText] = useState(memory.getItem(draftKey) ?? '')
  const [order, setOrder] = useState(orderNumber)
  const [full, setFull] = useState(false)
  const sendButton = useRef<HTMLButtonElement>(null)
  const { kind } = care.identity
  const over = text.trim().length - MAX_TEXT
  const orderAsSent = order.replace(/\s/g, '')
  /** The server takes visible ASCII, at most 64 characters. */
  const orderWrong = !/^[!-~]{0,64}$/.test(orderAsSent)
  const canSend = text.trim() !== '' && over <= 0 && !orderWrong

  function write(words: string): void {
    setText(words)
    if (words === '') memory.removeItem(draftKey)
    else memory.setItem(draftKey, words)
  }

  function send(): void {
    if (!canSend) return
    const taken = care.ask(text.trim(), orderAsSent || null)
    setFull(!taken)
    if (!taken) return
    write('')
    setOrder('')
  }

  /** Filled in, to be looked over; no keyboard rises over it on a phone. */
  function useReason(reason: string): void {
    write(say(`reason.${kind}.${reason}.text` as WordKey))
    requestAnimationFrame(() => sendButton.current?.focus())
  }

  function takeBack(question: OutboxEntry<Written>): void {
    write(question.payload.text)
    setOrder(question.payload.orderNumber ?? '')
    care.discard(question.id)
  }

  return (
    <div class="ask">
      <div class="hello">
        <h2>{say('hello', { name: care.identity.name })}</h2>
        <p>{say('helloHint')}</p>
      </div>
      <form
        class="card"
        onSubmit={(e) => {
          e.preventDefault()
          send()
        }}
      >
        <label class="visually-hidden" for="question">
          {say('ask.label')}
        </label>
        <textarea
          id="question"
          class="field"
          rows={3}
          value={text}
          placeholder={say('ask.placeholder')}
          aria-invalid={over > 0}
          aria-describedby="question-error"
          onInput={(e) => write(e.currentTarget.value)}
          onKeyDown={(e) => e.ctrlKey && e.key === 'Enter' && send()}
        />
        <p id="question-error" class="error" role="alert">
          {over > 0 ? say('message.tooLong', { max: MAX_TEXT, over }) : full ? say('message.full') : ''}
        </p>
        <ul class="reasons" aria-label={say('ask.reasons')}>
          {reasons[kind].map((reason) => (
            <li key={reason}>
              <button type="button" data-reason={reason} onClick={() => useReason(reason)}>
                {say(`reason.${kind}.${reason}.label` as WordKey)}
              </button>
            </li>
          ))}
        </ul>
        <label class="order">
          <span>{say('ask.order')}</span>
          <input
            class="field"
            value={order}
            maxLength={80}
            autocomplete="off"
            aria-describedby="order-error"
            aria-invalid={orderWrong}
            data-test="order"
            placeholder={say('ask.orderPlaceholder')}
            onInput={(e) => setOrder(e.currentTarget.value)}
          />
        </label>
        <p id="order-error" class="error" role="alert">
          {orderWrong ? say('ask.orderWrong') : ''}
        </p>
        <button ref={sendButton} class="button primary" type="submit" disabled={!canSend} data-test="ask">
          {say('ask.send')}
        </button>
      </form>
      <Pending takeBack={takeBack} />
      <TicketList />
    </div>
  )
}

/** What was asked and is no ticket yet. */
function Pending({ takeBack }: { takeBack: (question: OutboxEntry<Written>) => void }): JSX.Element | null {
  const { care, say, language } = useDesk()
  if (care.questions.length === 0) return null
  return (
    <ul class="pending" aria-label={say('ask.busy')}>
      {care.questions.map((question) => (
        <li key={question.id} class="card" data-test="pending">
          <p class="pending-text">{question.payload.text}</p>
          {question.state === 'failed' ? (
            <>
              <p class="error">
                {say('ask.failed', {
                  reason: problemIn(language, question.problem ?? { code: '' }),
                })}
              </p>
              <div class="row">
                <button class="button quiet" type="button" onClick={() => care.retry(question.id)}>
                  {say('message.retry')}
                </button>
                <button class="button quiet" type="button" onClick={() => takeBack(question)}>
                  {say('ask.edit')}
                </button>
              </div>
            </>
          ) : (
            <p class="muted" role="status">
              {say(care.link === 'online' ? 'ask.sending' : 'ask.queued')}
            </p>
          )}
        </li>
      ))}
    </ul>
  )
}
