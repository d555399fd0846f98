import type { ComponentChildren, JSX } from 'preact'
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks'
import type { TicketEvent } from '@campuscare/client'
import { clockTime } from '../shared/format'
import type { Bubble, ThreadLine } from '../shared/thread'
import { useDesk } from './context'
import { PictureBubble } from './PictureBubble'
import { problemIn } from './words'

/** So near to the end counts as at the end, in CSS pixels. */
const NEAR_END = 48

interface ThreadProps {
  lines: readonly ThreadLine[]
  /** The keys of the lines that an agent has read. */
  read: ReadonlySet<string>
  sayEvent: (event: TicketEvent) => string
  children: ComponentChildren
}

/** A conversation; it stays at its end unless the reader looks further up. */
export function Thread({ lines, read, sayEvent, children }: ThreadProps): JSX.Element {
  const { say, language } = useDesk()
  const box = useRef<HTMLDivElement>(null)
  const content = useRef<HTMLDivElement>(null)
  const follows = useRef(true)
  const [hasNewer, setHasNewer] = useState(false)
  const last = lines.at(-1)

  function toEnd(): void {
    box.current?.scrollTo({ top: box.current.scrollHeight })
    setHasNewer(false)
  }

  function scrolled(): void {
    const { scrollTop, scrollHeight, clientHeight } = box.current!
    follows.current = scrollHeight - scrollTop - clientHeight < NEAR_END
    if (follows.current) setHasNewer(false)
  }

  useEffect(() => {
    const sizes = new ResizeObserver(() => follows.current && toEnd())
    sizes.observe(box.current!)
    sizes.observe(content.current!)
    return () => sizes.disconnect()
  }, [])
  useLayoutEffect(() => {
    if (follows.current || (last && last.kind !== 'note' && last.mine)) toEnd()
    else setHasNewer(true)
  }, [last?.key])

  return (
    <div class="thread-frame">
      <div
        ref={box}
        class="thread"
        tabIndex={0}
        role="log"
        aria-label={say('message.thread')}
        onScroll={scrolled}
      >
        <div ref={content} class="content">
          {lines.map((line, i) =>
            line.kind === 'note' ? (
              <p key={line.key} class="note" data-event={line.event.type}>
                {sayEvent(line.event)} ·{' '}
                <time dateTime={line.at}>{clockTime(line.at, language, new Date())}</time>
              </p>
            ) : line.kind === 'picture' ? (
              <PictureBubble key={line.key} line={line} isRead={read.has(line.key)} />
            ) : (
              <Words key={line.key} line={line} before={lines[i - 1]} isRead={read.has(line.key)} />
            ),
          )}
          {children}
        </div>
      </div>
      {hasNewer && (
        <button class="newer" type="button" onClick={toEnd}>
          ↓ {say('message.newer')}
        </button>
      )}
    </div>
  )
}

interface WordsProps {
  line: Bubble
  before: ThreadLine | undefined
  isRead: boolean
}

function Words({ line, before, isRead }: WordsProps): JSX.Element {
  const { care, say, language } = useDesk()
  const startsTurn = before?.kind !== 'bubble' || before.author !== line.author
  const author = line.automatic ? say('message.automatic') : line.author
  return (
    <article
      class={`bubble ${line.mine ? 'mine ours' : ''} ${line.state === 'failed' ? 'failed' : ''}`}
      data-test="bubble"
    >
      <h3 class="visually-hidden">{line.mine ? say('message.you') : author}</h3>
      {!line.mine && author && startsTurn && (
        <p class="author" aria-hidden="true">
          {author}
        </p>
      )}
      <p class="text">{line.text}</p>
      <p class="meta">
        <time dateTime={line.at}>{clockTime(line.at, language, new Date())}</time>
        {line.mine && <Receipt state={line.state} isRead={isRead} />}
      </p>
      {line.state === 'failed' && (
        <p class="refusal">
          {problemIn(language, { code: line.problem ?? '' })}{' '}
          <button type="button" onClick={() => care.retry(line.key)}>
            {say('message.retry')}
          </button>
          <button type="button" onClick={() => care.discard(line.key)}>
            {say('message.discard')}
          </button>
        </p>
      )}
    </article>
  )
}

/** Waiting, on its way, delivered (in the ticket for good), or read. */
export function Receipt({ state, isRead }: { state: Bubble['state']; isRead: boolean }): JSX.Element {
  const { say } = useDesk()
  if (state !== 'sent') return <span data-state={state}>{say(`message.${state}`)}</span>
  return (
    <span data-state={isRead ? 'read' : 'delivered'} class={isRead ? 'receipt is-read' : 'receipt'}>
      {say(isRead ? 'read' : 'delivered')}
    </span>
  )
}
