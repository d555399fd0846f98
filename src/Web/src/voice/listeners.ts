import type { CallSignal } from '@campuscare/client'
import { Line } from './line'
import { Mixer } from './mixer'

/** More supervisors than ever listen to one call. */
const MAX_LISTENERS = 4

/** How long one who is gone is waited for. */
const GONE_MS = 15_000

export interface ListenersOptions {
  page: string
  ice: RTCIceServer[]
  microphone: MediaStream
  say: (signal: CallSignal) => void
  /** The customer hears this from here on. */
  send: (track: MediaStreamTrack) => void
}

/** The supervisors on an agent's line, each with a connection of their own that the agent's page answers. */
export class Listeners {
  private readonly mixer: Mixer
  private readonly lines = new Map<string, { line: Line; goes?: ReturnType<typeof setTimeout> }>()
  private joined: readonly string[] = []

  constructor(private readonly options: ListenersOptions) {
    this.mixer = new Mixer(options.microphone)
  }

  hear(signal: CallSignal): void {
    const id = signal.supervisor
    if (!id) return
    if (!this.lines.has(id) && this.lines.size < MAX_LISTENERS) this.open(id)
    this.lines.get(id)?.line.hear(signal)
  }

  hearCustomer(stream: MediaStream | null): void {
    this.mixer.hearCustomer(stream)
  }

  /** Supervisors whom the customer sees are heard by the customer too. */
  join(ids: readonly string[]): void {
    if (ids.join() === this.joined.join()) return
    const isFirst = this.joined.length === 0
    this.joined = ids
    this.mixer.join(ids)
    if (ids.length === 0) this.options.send(this.options.microphone.getAudioTracks()[0]!)
    else if (isFirst) this.options.send(this.mixer.forCustomer)
  }

  close(): void {
    for (const id of [...this.lines.keys()]) this.forget(id)
    this.mixer.close()
  }

  private open(id: string): void {
    const line = new Line({
      side: 'answers',
      page: this.options.page,
      ice: this.options.ice,
      track: this.mixer.forSupervisors,
      flows: false,
      say: (signal) => this.options.say({ ...signal, supervisor: id }),
      sound: (stream) => this.mixer.hearSupervisor(id, stream),
      changed: (state) => {
        clearTimeout(this.lines.get(id)?.goes)
        if (state === 'lost') this.expire(id)
        else if (state === 'left') this.forget(id)
      },
    })
    this.lines.set(id, { line })
    line.open()
    this.expire(id)
  }

  /** Who isn't there by then doesn't listen any more. */
  private expire(id: string): void {
    const entry = this.lines.get(id)
    if (!entry) return
    clearTimeout(entry.goes)
    entry.goes = setTimeout(() => this.forget(id), GONE_MS)
  }

  private forget(id: string): void {
    const entry = this.lines.get(id)
    clearTimeout(entry?.goes)
    entry?.line.close()
    this.lines.delete(id)
    this.mixer.forget(id)
  }
}
