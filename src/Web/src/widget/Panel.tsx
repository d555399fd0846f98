import type { JSX, RefObject } from 'preact'
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks'
import type { AppLocale } from '../shared/locales'
import { AskView } from './AskView'
import type { Care } from './care'
import { DeskContext } from './context'
import { IncidentBanner } from './IncidentBanner'
import type { Memory } from './memory'
import type { WidgetSettings } from './settings'
import { TicketView } from './TicketView'
import type { Door } from './Widget'
import { problemIn, sayIn, type Say } from './words'

/** On a screen this narrow the panel takes all of it, and the page behind it waits. */
const NARROW = '(max-width: 640px)'

interface PanelProps {
  care: Care | null
  door: Door
  memory: Memory
  settings: WidgetSettings
  language: AppLocale
  orderNumber: string
  speak: (language: AppLocale) => void
  /** Asks the host page again who is there. */
  enter: () => void
  close: () => void
}

/** Everything that the launcher opens: a dialog, so that keyboards and screen readers know where they are. */
export function Panel(props: PanelProps): JSX.Element {
  const { care, memory, settings, language, close } = props
  const dialog = useRef<HTMLDialogElement>(null)
  const body = useRef<HTMLElement>(null)
  const say = sayIn(language)
  const ticketId = care?.ticketId ?? null
  const isIn = care !== null && props.door === 'in'

  useOpened(dialog)
  // Who reads with ears hears the new page, not the button that led to it.
  useEffect(() => body.current?.focus({ preventScroll: true }), [ticketId, isIn])

  return (
    <dialog
      ref={dialog}
      class={`panel ${settings.launcher ?? 'right'}`}
      aria-label={say('launcher.panel')}
      data-test="panel"
      onCancel={(e) => {
        e.preventDefault()
        close()
      }}
      onKeyDown={(e) => {
        if (e.key !== 'Escape' || e.isComposing) return
        e.preventDefault()
        keepReleaseOf(e.key)
        close()
      }}
    >
      <Top {...props} say={say} ticketId={ticketId} />
      <div role="status">
        {isIn && care.link === 'offline' && (
          <p class="link-banner" data-test="offline">
            {say('link.offline')}
          </p>
        )}
      </div>
      {isIn && <IncidentBanner incidents={care.incidents} language={language} say={say} />}
      <main ref={body} class="body" tabIndex={-1}>
        {isIn ? (
          <DeskContext.Provider value={{ care, memory, language, say }}>
            <Inside care={care} say={say} orderNumber={props.orderNumber} />
          </DeskContext.Provider>
        ) : (
          <Outside {...props} say={say} />
        )}
      </main>
    </dialog>
  )
}

interface InsideProps {
  care: Care
  say: Say
  orderNumber: string
}

function Inside({ care, say, orderNumber }: InsideProps): JSX.Element {
  if (care.link === 'refused' && !care.renewing)
    return (
      <div class="notice" role="alert" data-test="expired">
        <h2>{say('expired.title')}</h2>
        <p>{say('expired.body')}</p>
        <button class="button primary" type="button" onClick={() => void care.reconnect()}>
          {say('expired.again')}
        </button>
      </div>
    )
  if (care.ticketId === null) return <AskView orderNumber={orderNumber} />
  if (care.conversation) return <TicketView key={care.ticketId} conversation={care.conversation} />
  return (
    <p class="notice muted" role="status">
      {say('link.connecting')}
    </p>
  )
}

/** Before the host page has said who is there. */
function Outside({ door, language, enter, say }: PanelProps & { say: Say }): JSX.Element {
  if (door === 'asking' || door === 'in')
    return (
      <p class="notice muted" role="status">
        {say('link.connecting')}
      </p>
    )
  return (
    <div class="notice" role="alert" data-test="nobody">
      <p>{door === 'nobody' ? say('nobody') : problemIn(language, { code: 'offline' })}</p>
      <button class="button primary" type="button" onClick={enter}>
        {say('expired.again')}
      </button>
    </div>
  )
}

function Top(props: PanelProps & { say: Say; ticketId: string | null }): JSX.Element {
  const { care, settings, language, speak, close, say, ticketId } = props
  const other = language === 'en' ? 'zh-CN' : 'en'
  return (
    <header class="top">
      {ticketId !== null && (
        <button
          class="icon back"
          type="button"
          aria-label={say('home')}
          title={say('home')}
          onClick={() => care?.show(null)}
        >
          <Icon path="M15 5l-7 7 7 7" />
        </button>
      )}
      <p class="where">{say('header')}</p>
      {settings.phone && (
        <a
          class="icon"
          href={`tel:${settings.phone}`}
          aria-label={say('call')}
          title={say('call')}
          data-test="call"
        >
          <Icon path="M5 4h4l2 5-2.500 1.500a11 11 0 0 0 5 5L15 13l5 2v4a1 1 0 0 1-1 1A16 16 0 0 1 4 5a1 1 0 0 1 1-1" />
        </a>
      )}
      <button class="language" type="button" lang={other} data-test="language" onClick={() => speak(other)}>
        {say('switchLanguage')}
      </button>
      <button
        class="icon"
        type="button"
        aria-label={say('launcher.close')}
        title={say('launcher.close')}
        data-test="close"
        onClick={close}
      >
        <Icon path="M6 6l12 12M18 6L6 18" />
      </button>
    </header>
  )
}

function Icon({ path }: { path: string }): JSX.Element {
  return (
    <svg viewBox="0 0 24 24" width="22" height="22" aria-hidden="true">
      <path
        d={path}
        fill="none"
        stroke="currentColor"
        stroke-width="2"
        stroke-linecap="round"
        stroke-linejoin="round"
      />
    </svg>
  )
}

/** Shows the dialog: over everything on a narrow screen, beside the page on a wide one. */
function useOpened(dialog: RefObject<HTMLDialogElement | null>): void {
  useLayoutEffect(() => {
    const shown = dialog.current!
    if (!matchMedia(NARROW).matches) {
      shown.show()
      return
    }
    shown.showModal()
    // A phone's keyboard lies over the page; only the visual viewport says where.
    const viewport = window.visualViewport
    const fit = (): void => {
      shown.style.height = `${viewport!.height}px`
      shown.style.top = `${viewport!.offsetTop}px`
    }
    viewport?.addEventListener('resize', fit)
    viewport?.addEventListener('scroll', fit)
    return () => {
      viewport?.removeEventListener('resize', fit)
      viewport?.removeEventListener('scroll', fit)
    }
  }, [])
}

/** The panel is gone before its key is let go; the page, which never heard it go down, shall not hear it come up. */
function keepReleaseOf(key: string): void {
  const stop = new AbortController()
  const release = (e: KeyboardEvent): void => {
    stop.abort()
    if (e.key === key) e.stopImmediatePropagation()
  }
  window.addEventListener('keyup', release, { capture: true, signal: stop.signal })
}
