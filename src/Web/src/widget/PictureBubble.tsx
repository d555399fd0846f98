import type { JSX } from 'preact'
import { useEffect, useRef, useState } from 'preact/hooks'
import { clockTime } from '../shared/format'
import { MAX_PICTURE_MEGABYTES, type SendingPicture } from '../shared/pictureBox'
import type { PictureLine } from '../shared/thread'
import { useDesk } from './context'
import { Receipt } from './Thread'
import { pictureProblemIn } from './words'

/** A picture in a conversation: small, until somebody wants to see it large. */
export function PictureBubble({ line, isRead }: { line: PictureLine; isRead: boolean }): JSX.Element {
  const { care, say, language } = useDesk()
  const [loaded, setLoaded] = useState<string | null>(null)
  const [failed, setFailed] = useState(false)
  const large = useRef<HTMLDialogElement>(null)
  const { evidence, sending, ticketId } = line
  const url = sending?.url ?? loaded
  const time = clockTime(line.at, language, new Date())
  const alt = line.mine || !line.author ? say('picture.mine') : say('picture.by', { name: line.author, time })
  /** Room for it before it is here, so that nothing jumps. */
  const room = evidence ? { aspectRatio: `${evidence.width} / ${evidence.height}` } : {}

  async function load(): Promise<void> {
    if (!evidence) return
    setFailed(false)
    const address = await care.pictures.load(ticketId, evidence)
    setLoaded(address)
    setFailed(address === null)
  }
  useEffect(() => void load(), [evidence?.hash])

  return (
    <article
      class={`bubble picture ${line.mine ? 'mine ours' : ''} ${sending?.state === 'failed' ? 'failed' : ''}`}
      data-kept={evidence !== null || undefined}
      data-test="picture-bubble"
    >
      <h3 class="visually-hidden">{line.mine ? say('message.you') : line.author}</h3>
      {url ? (
        <button
          type="button"
          class="open"
          aria-label={say('picture.open', { alt })}
          onClick={() => large.current?.showModal()}
        >
          <img src={url} alt={alt} style={room} decoding="async" data-test="picture-shown" />
        </button>
      ) : failed ? (
        <p class="broken">
          {say('picture.broken')}{' '}
          <button type="button" class="link" onClick={() => void load()}>
            {say('picture.again')}
          </button>
        </p>
      ) : (
        <p class="placeholder" style={room} role="status">
          {say('picture.loading')}
        </p>
      )}
      {sending && <Sending picture={sending} />}
      {sending?.state !== 'failed' && (
        <p class="meta">
          <time dateTime={line.at}>{time}</time>
          {line.mine && <Receipt state={sending?.state === 'sending' ? 'sending' : 'sent'} isRead={isRead} />}
        </p>
      )}
      <dialog
        ref={large}
        class="large"
        aria-label={alt}
        data-test="picture-large"
        onClick={() => large.current?.close()}
        onKeyDown={(e) => e.key === 'Escape' && e.stopPropagation()}
      >
        {url && <img src={url} alt={alt} />}
        <button type="button" class="close" onClick={() => large.current?.close()}>
          {say('picture.close')}
        </button>
      </dialog>
    </article>
  )
}

/** How far an upload is, or why it did not work. */
function Sending({ picture }: { picture: SendingPicture }): JSX.Element | null {
  const { care, say, language } = useDesk()
  if (picture.state === 'sending')
    return (
      <progress
        max={100}
        value={picture.percent}
        aria-label={say('picture.sending', { percent: picture.percent })}
        data-test="picture-progress"
      />
    )
  if (picture.state !== 'failed') return null
  return (
    <p class="refusal" role="alert">
      {pictureProblemIn(language, picture.problem ?? '', MAX_PICTURE_MEGABYTES)}{' '}
      {picture.mayRetry && (
        <button type="button" data-test="picture-retry" onClick={() => care.pictures.retry(picture.id)}>
          {say('message.retry')}
        </button>
      )}
      <button type="button" data-test="picture-discard" onClick={() => care.pictures.discard(picture.id)}>
        {say('message.discard')}
      </button>
    </p>
  )
}
