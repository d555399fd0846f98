import type { JSX } from 'preact'
import { useEffect, useRef, useState } from 'preact/hooks'
import type { Ticket } from '@campuscare/client'
import { masked, phoneNumber } from '../student/waitWords'
import { useCommand, useDesk } from './context'

/** "Keep my place and call me back": in the chat, or on the phone. */
export function KeepPlaceForm({ ticket, leave }: { ticket: Ticket; leave: () => void }): JSX.Element {
  const { care, say } = useDesk()
  const [how, setHow] = useState<'chat' | 'phone'>('chat')
  const [written, setWritten] = useState('')
  const { busy, error, run } = useCommand()
  const field = useRef<HTMLInputElement>(null)
  const known = ticket.customer.phone
  const number = phoneNumber(written)
  const wrong = written.trim() !== '' && number === null
  const ready = how === 'chat' || number !== null || (known !== null && !wrong)
  useEffect(() => field.current?.focus(), [how])

  async function submit(): Promise<void> {
    if (!ready) return
    const byPhone = how === 'phone'
    if (await run(care.keepPlace(ticket.ticketId, byPhone, byPhone ? number : null))) leave()
  }

  const choice = (value: 'chat' | 'phone'): JSX.Element => (
    <label class={how === value ? 'chosen' : ''} data-test={`by-${value}`}>
      <input type="radio" name="how" value={value} checked={how === value} onChange={() => setHow(value)} />
      {say(`hold.${value}`)}
    </label>
  )
  return (
    <form
      class="keep-place"
      data-test="keep-place-form"
      onSubmit={(e) => {
        e.preventDefault()
        void submit()
      }}
    >
      <fieldset>
        <legend>{say('hold.how')}</legend>
        {choice('chat')}
        {choice('phone')}
      </fieldset>
      {how === 'phone' && (
        <label class="number">
          <span class="muted">
            {known ? say('hold.other', { phone: masked(known) }) : say('hold.number')}
          </span>
          <input
            ref={field}
            class="field"
            type="tel"
            inputMode="tel"
            autocomplete="tel"
            maxLength={30}
            value={written}
            aria-describedby="phone-error"
            aria-invalid={wrong}
            data-test="phone"
            onInput={(e) => setWritten(e.currentTarget.value)}
          />
        </label>
      )}
      <p id="phone-error" class="error" role="alert">
        {wrong ? say('hold.wrong') : error}
      </p>
      <div class="row">
        <button class="button primary" type="submit" disabled={!ready || busy} data-test="keep-place-now">
          {say('hold.now')}
        </button>
        <button class="button quiet" type="button" onClick={leave}>
          {say('hold.back')}
        </button>
      </div>
    </form>
  )
}
