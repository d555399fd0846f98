import type { JSX } from 'preact'
import { useEffect, useReducer, useRef, useState } from 'preact/hooks'
import { locales, type AppLocale } from '../shared/locales'
import { Care } from './care'
import type { Memory } from './memory'
import { Panel } from './Panel'
import type { WidgetSettings } from './settings'
import type { TokenSource } from './tokenSource'
import { sayIn } from './words'

/** What the host page wants of the widget while it is there. */
export interface HostWish {
  /** Open it, with the order's number that the page shows, if it shows one. */
  open: (orderNumber: string) => void
  /** Somebody else may be signed in now. */
  signInChanged: () => void
}

interface WidgetProps {
  settings: WidgetSettings
  tokens: TokenSource
  memory: Memory
  /** Takes where the host page's wishes go to. */
  listen: (wishes: HostWish) => void
}

/** Whether somebody is let in: it is found out; yes; nobody is signed in at the host page; or it can't be said now. */
export type Door = 'asking' | 'in' | 'nobody' | 'offline'

const LANGUAGE = 'campuscare.widget.language'

/** The round button, and the panel that it opens. */
export function Widget({ settings, tokens, memory, listen }: WidgetProps): JSX.Element {
  const [language, setLanguage] = useState<AppLocale>(() => firstLanguage(settings, memory))
  const [isOpen, setOpen] = useState(false)
  const [orderNumber, setOrderNumber] = useState('')
  const { care, door, enter } = useCare(settings, tokens, memory)
  const launcher = useRef<HTMLButtonElement>(null)
  const before = useRef<Element | null>(null)
  const say = sayIn(language)
  const unread = care?.unread ?? 0

  function open(order: string): void {
    before.current = document.activeElement
    setOrderNumber(order)
    setOpen(true)
    void enter()
  }

  function close(): void {
    setOpen(false)
    care?.look(false)
    const opener = before.current
    requestAnimationFrame(() => (launcher.current ?? (opener as HTMLElement | null))?.focus())
  }

  function speak(chosen: AppLocale): void {
    setLanguage(chosen)
    memory.setItem(LANGUAGE, chosen)
  }

  useEffect(() => {
    listen({ open, signInChanged: () => care && void enter(true) })
  })
  useEffect(() => {
    if (Care.isExpected(memory, settings.campus)) void enter()
  }, [])
  useEffect(() => care?.look(isOpen), [care, isOpen])

  return (
    <div class="care" lang={language} data-theme={settings.theme ?? undefined}>
      {settings.launcher && !isOpen && (
        <button
          ref={launcher}
          type="button"
          class={`launcher ${settings.launcher}`}
          style={{ bottom: `${settings.bottom}px` }}
          aria-label={unread > 0 ? say('launcher.unread', { n: unread }) : say('launcher.open')}
          data-test="launcher"
          onClick={() => open('')}
        >
          <svg viewBox="0 0 24 24" width="26" height="26" aria-hidden="true">
            <path
              d="M4 5h16v11H10l-4 4v-4H4zM8.500 10.500h.01M12 10.500h.01M15.500 10.500h.01"
              fill="none"
              stroke="currentColor"
              stroke-width="2"
              stroke-linejoin="round"
              stroke-linecap="round"
            />
          </svg>
          {unread > 0 && (
            <span class="badge" aria-hidden="true">
              {unread}
            </span>
          )}
        </button>
      )}
      {isOpen && (
        <Panel
          care={care}
          door={door}
          memory={memory}
          settings={settings}
          language={language}
          orderNumber={orderNumber}
          speak={speak}
          enter={() => void enter(true)}
          close={close}
        />
      )}
    </div>
  )
}

/** The signed-in person's affairs, from when they are first needed; those of another person when another signs in. */
function useCare(
  settings: WidgetSettings,
  tokens: TokenSource,
  memory: Memory,
): { care: Care | null; door: Door; enter: (anew?: boolean) => Promise<void> } {
  const [care, setCare] = useState<Care | null>(null)
  const [door, setDoor] = useState<Door>('asking')
  const current = useRef<Care | null>(null)
  const [, redraw] = useReducer((n: number) => n + 1, 0)

  async function enter(anew = false): Promise<void> {
    const identity = await (anew ? tokens.renew() : tokens.who())
    const had = current.current
    if (!identity && tokens.unreachable && had) return
    if (had && (had.identity.sub !== identity?.sub || had.identity.campus !== identity.campus)) {
      had.stop()
      current.current = null
    }
    if (identity) current.current ??= new Care(identity, settings, tokens, memory)
    setCare(current.current)
    setDoor(identity ? 'in' : tokens.unreachable ? 'offline' : 'nobody')
  }

  useEffect(() => care?.onChange(() => redraw(0)), [care])
  return { care, door, enter }
}

function firstLanguage({ language }: WidgetSettings, memory: Memory): AppLocale {
  const chosen = memory.getItem(LANGUAGE)
  return locales.find((l) => l === chosen) ?? language ?? 'zh-CN'
}
