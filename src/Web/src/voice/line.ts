import type { CallSignal } from '@campuscare/client'
import { Peer } from './peer'
import { Answering, Offering, type Turn } from './sides'

/** `connecting` until the first sound, `lost` between sounds, `left` when another page of the same person has the call. */
export type LineState = 'connecting' | 'connected' | 'lost' | 'left'

/** How often a line looks whether something has to be done. */
const LOOK_MS = 500

/** How long a connection may be shaky before another one is made. */
const SHAKY_MS = 2_500

/** How long nothing at all may come: a browser takes much longer to find out by itself. */
const SILENT_MS = 3_000

export interface LineOptions {
  /** The customer's page offers, the agent's answers. */
  side: 'offers' | 'answers'
  /** This page's name: another one after each reload. */
  page: string
  ice: RTCIceServer[]
  /** What the other one hears; null: nothing yet. */
  track: MediaStreamTrack | null
  /** Whether sound always comes, if only silence; not from who may have nothing to send. */
  flows: boolean
  say: (signal: CallSignal) => void
  changed: (state: LineState) => void
  sound: (stream: MediaStream) => void
  makePeer?: typeof newPeer
  now?: () => number
}

const newPeer = (...args: ConstructorParameters<typeof Peer>): Pick<Peer, keyof Peer> => new Peer(...args)

/** The sound between two pages. It comes back by itself, over lost networks, gateways and reloads of the other page, until it is closed. */
export class Line {
  state: LineState = 'connecting'
  private readonly side: Offering | Answering
  private readonly now: () => number
  private peer: ReturnType<typeof newPeer> | null = null
  private isConnected = false
  private shakySince: number | null = null
  private packets = -1
  private flowedAt = 0
  private track: MediaStreamTrack | null
  private timer: ReturnType<typeof setInterval> | undefined

  constructor(private readonly options: LineOptions) {
    this.now = options.now ?? (() => Date.now())
    this.track = options.track
    this.side =
      options.side === 'offers' ? new Offering(options.page, this.now()) : new Answering(options.page)
  }

  open(): void {
    this.timer = setInterval(() => this.look(), LOOK_MS)
    // The other page may be there, and say nothing because it knows no better.
    this.say('ready', null, this.side.generation, null)
    this.look()
  }

  /** Takes what the other side said. */
  hear(signal: CallSignal): void {
    if (this.timer === undefined) return
    this.turn(this.side.hear(signal, this.isConnected, this.now()), signal)
  }

  /** Looks whether the sound is gone, and what to do about it. */
  look(): void {
    const now = this.now()
    if (this.shakySince !== null && now - this.shakySince > SHAKY_MS) this.lose()
    if (this.isConnected && this.options.flows) void this.count()
    this.turn(this.side.look(this.isConnected, now))
  }

  /** Other sound goes out from here on. */
  async send(track: MediaStreamTrack | null): Promise<void> {
    this.track = track
    await this.peer?.send(track)
  }

  press(keys: string): boolean {
    return this.peer?.press(keys) ?? false
  }

  close(): void {
    clearInterval(this.timer)
    this.timer = undefined
    this.peer?.close()
    this.peer = null
    this.isConnected = false
  }

  private turn(turn: Turn, signal?: CallSignal): void {
    if (turn === 'ready') this.say('ready', null, this.side.generation, null)
    else if (turn === 'offer') void this.offer()
    else if (turn === 'answer') void this.answer(signal!)
    else if (turn === 'candidate') void this.peer?.add(signal!.body!).catch(() => {})
    else if (turn === 'leave') this.leave()
  }

  private async offer(): Promise<void> {
    const side = this.side as Offering
    const generation = side.begin(this.now())
    const peer = this.renew(generation)
    const body = await peer.offer().catch(() => null)
    if (body && this.peer === peer) this.say('offer', side.partner, generation, body)
  }

  private async answer(signal: CallSignal): Promise<void> {
    if (this.side instanceof Offering) {
      // What can't be taken is offered anew.
      await this.peer?.take(signal.body!).catch(() => this.lose())
      return
    }
    const peer = this.renew(signal.generation)
    const body = await peer.answer(signal.body!).catch(() => null)
    if (body && this.peer === peer) this.say('answer', signal.page, signal.generation, body)
  }

  /** Counts what came: a connection that brings nothing any more is none. */
  private async count(): Promise<void> {
    const { peer } = this
    const packets = await peer!.received().catch(() => this.packets)
    if (peer !== this.peer || !this.isConnected) return
    if (packets !== this.packets) {
      this.packets = packets
      this.flowedAt = this.now()
    } else if (this.now() - this.flowedAt > SILENT_MS) this.lose()
  }

  private renew(generation: number): ReturnType<typeof newPeer> {
    this.peer?.close()
    if (this.isConnected) this.set('lost')
    this.isConnected = false
    this.shakySince = null
    const make = this.options.makePeer ?? newPeer
    const peer = make(this.options.ice, this.track, {
      sound: (stream) => this.options.sound(stream),
      state: (state) => this.peer === peer && this.take(state),
      candidate: (body) => this.say('candidate', this.side.partner, generation, body),
    })
    this.peer = peer
    return peer
  }

  private take(state: RTCPeerConnectionState): void {
    if (state === 'connected') {
      this.isConnected = true
      this.packets = -1
      this.flowedAt = this.now()
      this.shakySince = null
      this.set('connected')
    } else if (state === 'disconnected') this.shakySince = this.now()
    else if (state === 'failed' || state === 'closed') this.lose()
  }

  private lose(): void {
    this.shakySince = null
    if (this.isConnected) this.set('lost')
    this.isConnected = false
    this.side.lost()
  }

  private leave(): void {
    this.close()
    this.set('left')
  }

  private set(state: LineState): void {
    this.state = state
    this.options.changed(state)
  }

  private say(
    kind: CallSignal['kind'],
    toPage: string | null,
    generation: number,
    body: string | null,
  ): void {
    this.options.say({ kind, page: this.options.page, toPage, generation, body })
  }
}
