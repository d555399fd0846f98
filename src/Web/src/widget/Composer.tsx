import type { JSX, RefObject } from 'preact'
import { useLayoutEffect, useRef, useState } from 'preact/hooks'
import { MAX_TEXT } from '../shared/limits'
import { PICTURE_TYPES } from '../shared/pictureBox'
import { useDesk } from './context'

/** The box grows with its text up to this height in CSS pixels, then scrolls. */
const MAX_HEIGHT = 140

interface ComposerProps {
  ticketId: string
  placeholder: string
  box: RefObject<HTMLTextAreaElement | null>
}

/** Where words and pictures are added to a conversation. */
export function Composer({ ticketId, placeholder, box }: ComposerProps): JSX.Element {
  const { care, memory, say } = useDesk()
  const draftKey = care.keyOf(`draft.${ticketId}`)
  const [text, setText] = useState(memory.getItem(draftKey) ?? '')
  const [full, setFull] = useState(false)
  const chooser = useRef<HTMLInputElement>(null)
  const over = text.trim().length - MAX_TEXT

  function write(words: string): void {
    setText(words)
    if (words === '') memory.removeItem(draftKey)
    else memory.setItem(draftKey, words)
  }

  function send(): void {
    const written = text.trim()
    if (written === '' || over > 0) return
    const taken = care.post(ticketId, written)
    setFull(!taken)
    if (taken) write('')
    box.current?.focus()
  }

  /** Enter sends, Shift+Enter breaks the line; while an input method composes, Enter belongs to it. */
  function pressed(event: KeyboardEvent): void {
    if (event.key !== 'Enter' || event.isComposing || event.shiftKey || event.altKey) return
    event.preventDefault()
    send()
  }

  /** What is chosen once more is a change again. */
  function choose(input: HTMLInputElement): void {
    if (input.files) care.pictures.add(ticketId, [...input.files])
    input.value = ''
  }

  function paste(event: ClipboardEvent): void {
    const files = event.clipboardData?.files
    if (!files?.length) return
    event.preventDefault()
    care.pictures.add(ticketId, files)
  }

  useLayoutEffect(() => {
    const area = box.current
    if (!area) return
    area.style.height = 'auto'
    area.style.height = `${Math.min(area.scrollHeight + 2, MAX_HEIGHT)}px`
  }, [text])

  return (
    <form
      class="composer"
      onSubmit={(e) => {
        e.preventDefault()
        send()
      }}
    >
      {(over > 0 || full) && (
        <p class="refusal" role="alert">
          {over > 0 ? say('message.tooLong', { max: MAX_TEXT, over }) : say('message.full')}
        </p>
      )}
      <input
        ref={chooser}
        class="visually-hidden"
        type="file"
        multiple
        tabIndex={-1}
        aria-hidden="true"
        accept={PICTURE_TYPES.join()}
        data-test="picture-file"
        onChange={(e) => choose(e.currentTarget)}
      />
      <button
        class="button square"
        type="button"
        aria-label={say('picture.add')}
        title={say('picture.add')}
        data-test="picture"
        onClick={() => chooser.current?.click()}
      >
        <svg viewBox="0 0 24 24" width="22" height="22" aria-hidden="true">
          <path
            d="M4 5h16v14H4zM4 16l5-5 4 4 3-3 4 4M15.500 9h.01"
            fill="none"
            stroke="currentColor"
            stroke-width="2"
            stroke-linejoin="round"
            stroke-linecap="round"
          />
        </svg>
      </button>
      <textarea
        ref={box}
        class="field"
        rows={1}
        enterkeyhint="send"
        value={text}
        data-test="message"
        placeholder={placeholder}
        aria-label={placeholder}
        onInput={(e) => write(e.currentTarget.value)}
        onKeyDown={pressed}
        onPaste={paste}
      />
      <button class="button primary" type="submit" disabled={text.trim() === '' || over > 0} data-test="send">
        {say('send')}
      </button>
    </form>
  )
}
