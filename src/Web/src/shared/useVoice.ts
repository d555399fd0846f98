import { computed, ref, shallowRef, type ComputedRef, type Ref, type ShallowRef } from 'vue'
import {
  newId,
  type Answer,
  type CallSignal,
  type CallStep,
  type HeardSignal,
  type Problem,
  type Ticket,
} from '@campuscare/client'
import type { Line, LineState, Listeners, NoMicrophone } from '../voice'

type VoiceCode = typeof import('../voice')

/**
 * How the call of this page stands. `asking`: the browser asks for the microphone. `waiting`: nobody has the ticket yet.
 * `elsewhere`: another page of the same person has it.
 */
export type VoiceState =
  'asking' | NoMicrophone | 'waiting' | 'connecting' | 'connected' | 'held' | 'lost' | 'elsewhere'

/** What a hub offers for calls. */
export interface CallHub {
  signal: (ticketId: string, signal: CallSignal) => Promise<Answer<unknown>>
  moveCall: (ticketId: string, step: CallStep) => Promise<Answer<Ticket>>
  onSignaled: (action: (heard: HeardSignal) => void) => void
}

export interface VoiceOptions {
  hub: CallHub
  side: 'offers' | 'answers'
  /** Where the tab keeps that the call is here: it survives a reload. */
  storageKey: string
  fetchIce: () => Promise<RTCIceServer[]>
  /** Whether this person speaks in the ticket now. */
  speaksIn: (ticket: Ticket) => boolean
  /** A view of the ticket that came of a command. */
  saw: (ticket: Ticket) => void
}

export interface Voice {
  /** The call that this page has. */
  ticketId: Ref<string | null>
  state: ComputedRef<VoiceState | null>
  muted: Ref<boolean>
  /** What the other side says. */
  sound: ShallowRef<MediaStream | null>
  /** Asks for the microphone, before there is a ticket; false when there is none. */
  prepare: () => Promise<boolean>
  /** Has the call of a ticket here. */
  take: (ticket: Ticket) => Promise<void>
  /** A ticket changed; only that of the call matters. */
  see: (ticket: Ticket) => void
  mute: (on: boolean) => void
  press: (key: string) => boolean
  move: (step: CallStep) => Promise<Problem | null>
  /** No call here any more; it goes on, where there is one. */
  leave: () => void
}

/** How long a call may be without sound before that is put on record. */
const DROPPED_MS = 4_000

/** The call of a page: the microphone, the sound of the other side, and all that brings it back. The code for it comes with the first call. */
export function useVoice(options: VoiceOptions): Voice {
  const page = newId()
  const ticketId = ref<string | null>(sessionStorage.getItem(options.storageKey))
  const ticket = shallowRef<Ticket | null>(null)
  const microphone = shallowRef<MediaStream | 'asking' | NoMicrophone | null>(null)
  const lineState = ref<LineState | null>(null)
  const muted = ref(false)
  const sound = shallowRef<MediaStream | null>(null)
  let code: VoiceCode | null = null
  let line: Line | null = null
  /** Supervisors on the line, on the agent's page. */
  let listeners: Listeners | null = null
  let ice: RTCIceServer[] = []
  let opening = false
  let asking: Promise<boolean> | null = null
  let dropped: ReturnType<typeof setTimeout> | undefined

  const state = computed<VoiceState | null>(() => {
    if (typeof microphone.value === 'string') return microphone.value
    if (lineState.value === 'left') return 'elsewhere'
    if (!ticketId.value) return null
    if (!ticket.value || !options.speaksIn(ticket.value)) return 'waiting'
    if (ticket.value.call?.state === 'held' && lineState.value === 'connected') return 'held'
    return lineState.value ?? 'connecting'
  })

  /** Asked once, however many want it: of two microphones, only one would be heard. */
  function prepare(): Promise<boolean> {
    if (microphone.value instanceof MediaStream && microphone.value.active) return Promise.resolve(true)
    return (asking ??= ask().finally(() => (asking = null)))
  }

  async function ask(): Promise<boolean> {
    microphone.value = 'asking'
    code ??= await import('../voice')
    const asked = await code.askForMicrophone()
    microphone.value = asked
    if (!(asked instanceof MediaStream)) return false
    const track = asked.getAudioTracks()[0]!
    // Pulled out, or taken back: the person is told, and may try again.
    track.onended = () => {
      if (microphone.value === asked) microphone.value = 'missing'
    }
    // Whoever listened to the old one listens to this one from here on.
    listeners?.close()
    listeners = null
    void line?.send(track)
    speak()
    return true
  }

  async function take(next: Ticket): Promise<void> {
    if (ticketId.value !== next.ticketId || lineState.value === 'left') hush()
    ticketId.value = next.ticketId
    ticket.value = next
    sessionStorage.setItem(options.storageKey, next.ticketId)
    if (await prepare()) await settle()
  }

  function see(next: Ticket): void {
    if (next.ticketId !== ticketId.value) return
    const isNew = ticket.value === null
    ticket.value = next
    // It is over, or the customer chose to be written to or called on a telephone.
    const isOver = next.phase === 'resolved' || next.phase === 'closed' || next.channel !== 'voice'
    // An agent who handed it on has no part in it any more; the customer waits for the next one.
    if (isOver || (options.side === 'answers' && !options.speaksIn(next))) return leave()
    // After a reload: what the person granted before is asked for again, and is there at once.
    if (isNew && microphone.value === null) void take(next)
    else void settle()
  }

  /** Opens or closes the line, as the ticket says. */
  async function settle(): Promise<void> {
    const speaks = ticket.value !== null && options.speaksIn(ticket.value)
    if (!speaks || lineState.value === 'left') hush()
    else if (!line && !opening && microphone.value instanceof MediaStream) await open()
    listeners?.join(joinedIn(ticket.value))
    speak()
  }

  async function open(): Promise<void> {
    const id = ticketId.value!
    opening = true
    ice = await options.fetchIce()
    opening = false
    if (line || ticketId.value !== id || !ticket.value || !options.speaksIn(ticket.value)) return
    if (!(microphone.value instanceof MediaStream)) return
    line = new code!.Line({
      side: options.side,
      page,
      ice,
      track: microphone.value.getAudioTracks()[0]!,
      flows: true,
      say: (signal) => void options.hub.signal(id, signal),
      changed: (now) => changed(id, now),
      sound: (heard) => {
        sound.value = heard
        listeners?.hearCustomer(heard)
      },
    })
    lineState.value = 'connecting'
    line.open()
  }

  function changed(id: string, now: LineState): void {
    lineState.value = now
    clearTimeout(dropped)
    if (now === 'connected' && options.side === 'answers') void move('connected')
    if (now === 'lost') dropped = setTimeout(() => void move('dropped', id), DROPPED_MS)
    if (now === 'left') {
      listeners?.close()
      listeners = null
      line = null
      sound.value = null
      release()
    }
    speak()
  }

  function letListen(id: string, signal: CallSignal): void {
    if (options.side !== 'answers' || !line || !(microphone.value instanceof MediaStream)) return
    if (!listeners) {
      listeners = new code!.Listeners({
        page,
        ice,
        microphone: microphone.value,
        say: (said) => void options.hub.signal(id, said),
        send: (track) => void line?.send(track),
      })
      listeners.hearCustomer(sound.value)
      listeners.join(joinedIn(ticket.value))
    }
    listeners.hear(signal)
  }

  /** Only who is connected, not muted and not on hold is heard. */
  function speak(): void {
    if (!(microphone.value instanceof MediaStream)) return
    const heard = line !== null && !muted.value && ticket.value?.call?.state !== 'held'
    microphone.value.getAudioTracks().forEach((track) => (track.enabled = heard))
  }

  function hush(): void {
    clearTimeout(dropped)
    listeners?.close()
    listeners = null
    line?.close()
    line = null
    sound.value = null
    if (lineState.value !== null) lineState.value = null
  }

  function release(): void {
    if (microphone.value instanceof MediaStream) code?.letGo(microphone.value)
    microphone.value = null
    sessionStorage.removeItem(options.storageKey)
  }

  function leave(): void {
    hush()
    release()
    ticketId.value = null
    ticket.value = null
    muted.value = false
  }

  async function move(step: CallStep, id = ticketId.value): Promise<Problem | null> {
    if (!id) return null
    const { value, problem } = await options.hub.moveCall(id, step)
    if (value) options.saw(value)
    return problem
  }

  options.hub.onSignaled((heard) => {
    if (heard.ticketId !== ticketId.value) return
    if (heard.signal.supervisor) letListen(heard.ticketId, heard.signal)
    else line?.hear(heard.signal)
  })
  addEventListener('pagehide', () => line?.close())
  // A page that the browser had put aside comes back without its connections.
  addEventListener('pageshow', ({ persisted }) => {
    if (!persisted) return
    hush()
    void settle()
  })

  return {
    ticketId,
    state,
    muted,
    sound,
    prepare,
    take,
    see,
    mute: (on) => {
      muted.value = on
      speak()
    },
    press: (key) => line?.press(key) ?? false,
    move,
    leave,
  }
}

/** The supervisors whom the customer sees, and so may hear. */
function joinedIn(ticket: Ticket | null): string[] {
  return ticket?.joined.flatMap(({ supervisorId }) => supervisorId ?? []) ?? []
}
