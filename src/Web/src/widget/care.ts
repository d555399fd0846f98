import {
  CustomerClient,
  type Answer,
  type IncidentNotice,
  type LinkState,
  type OutboxEntry,
  type Problem,
  type QueuePlace,
  type Ticket,
  type TicketEvent,
  type TicketPhase,
  type TicketSummary,
  type Verdict,
  type Written,
} from '@campuscare/client'
import type { Identity } from '../client/identity'
import { fetchOpenIncidents, IncidentFeed } from '../shared/incidents'
import { PictureBox } from '../shared/pictureBox'
import type { Echo } from '../shared/thread'
import type { Memory } from './memory'
import type { WidgetSettings } from './settings'
import type { TokenSource } from './tokenSource'

/** In these phases the customer still stands in line. */
export const waitingPhases: ReadonlySet<TicketPhase> = new Set<TicketPhase>(['new', 'waiting', 'offered'])

/** The lane of new questions in the client's outbox. */
const QUESTIONS = ''

/** Acknowledged messages whose event is awaited; the feed brings it within moments, so few are ever kept. */
const MAX_ECHOES = 50

/** A ticket as it is followed. */
export interface Conversation {
  ticket: Ticket
  events: readonly TicketEvent[]
}

/** Everything that the widget knows of one person and does for that one. Who shows it is told of every change. */
export class Care {
  link: LinkState = 'connecting'
  /** What is broken at the campus now. */
  incidents: readonly IncidentNotice[] = []
  /** Newest first; null until they are known. */
  tickets: readonly TicketSummary[] | null = null
  /** The ticket in view; null on the first page. */
  ticketId: string | null = null
  conversation: Conversation | null = null
  /** What others wrote while nobody looked. */
  unread = 0
  echoes: readonly Echo[] = []
  readonly pictures: PictureBox
  private readonly client: CustomerClient
  private readonly listeners = new Set<() => void>()
  private readonly places = new Map<string, QueuePlace>()
  private unwatch: (() => void) | null = null
  private looking = false
  /** The host page is asked for another token, as the gateway refused the last one. */
  renewing = false
  private refused = false

  constructor(
    readonly identity: Identity,
    readonly settings: WidgetSettings,
    private readonly tokens: TokenSource,
    private readonly memory: Memory,
  ) {
    const token = (): Promise<string> => tokens.token()
    const { gateway, campus } = settings
    this.client = new CustomerClient({
      gateway,
      campus,
      token,
      storage: memory,
      storageKey: this.keyOf('outbox'),
    })
    this.pictures = new PictureBox({ gateway, campus, token, changed: () => this.tell() })
    this.listen()
    this.client.start()
  }

  /** Whether an earlier visit to a page of this campus's app left something open: then there is news to wait for. */
  static isExpected(memory: Memory, campus: string): boolean {
    return memory.getItem(expectedKey(campus)) !== null
  }

  /** What was written and not yet acknowledged. */
  get unsent(): readonly OutboxEntry<Written>[] {
    return this.client.outbox.entries
  }

  /** Questions that are not tickets yet. */
  get questions(): readonly OutboxEntry<Written>[] {
    return this.unsent.filter((e) => e.lane === QUESTIONS)
  }

  get place(): QueuePlace | null {
    return this.ticketId === null ? null : (this.places.get(this.ticketId) ?? null)
  }

  keyOf(what: string): string {
    const { campus, sub } = this.identity
    return `campuscare.widget.${campus}.${sub}.${what}`
  }

  onChange(action: () => void): () => void {
    this.listeners.add(action)
    return () => this.listeners.delete(action)
  }

  /** The person looks at the conversation, or no longer does. */
  look(looking: boolean): void {
    this.looking = looking
    if (looking) this.unread = 0
    this.tell()
  }

  show(ticketId: string | null): void {
    if (ticketId === this.ticketId) return
    this.unwatch?.()
    this.unwatch = null
    this.ticketId = ticketId
    this.conversation = null
    if (ticketId === null) void this.loadTickets()
    else this.unwatch = this.client.watch(ticketId, (ticket, events) => this.take(ticket, events))
    this.tell()
  }

  /** False when too much waits already. */
  ask(text: string, orderNumber: string | null): boolean {
    const before = this.questions.length
    this.client.openContact(text, orderNumber).catch(() => {})
    return this.questions.length > before
  }

  /** False when too much waits already. */
  post(ticketId: string, text: string): boolean {
    return this.client.post(ticketId, text) !== null
  }

  retry(id: string): void {
    this.client.outbox.retry(id)
  }

  discard(id: string): void {
    this.client.outbox.remove(id)
  }

  rate(id: string, stars: number, comment: string | null): Promise<Problem | null> {
    return this.told(this.client.hub.rate(id, stars, comment))
  }

  close(id: string): Promise<Problem | null> {
    return this.told(this.client.hub.close(id))
  }

  judge(id: string, verdict: Verdict): Promise<Problem | null> {
    return this.told(this.client.hub.judge(id, verdict))
  }

  keepPlace(id: string, byPhone: boolean, phone: string | null): Promise<Problem | null> {
    return this.told(this.client.hub.keepPlace(id, byPhone, phone))
  }

  /** Asks the host page for another token and connects with it. */
  async reconnect(): Promise<void> {
    this.renewing = true
    this.tell()
    const identity = await this.tokens.renew()
    this.renewing = false
    if (identity) this.client.start()
    this.tell()
  }

  /** Leaves for good. */
  stop(): void {
    this.listeners.clear()
    void this.client.stop()
  }

  private listen(): void {
    const { link } = this.client
    link.whenStateChanges((state) => {
      this.link = state
      // A token may have been taken back before its end: once, the host page is asked for another.
      if (state === 'refused' && !this.refused) {
        this.refused = true
        void this.reconnect()
      }
      if (state === 'online') this.refused = false
      this.tell()
    })
    const { campus, gateway } = this.settings
    const feed = new IncidentFeed(
      () => fetchOpenIncidents(campus, gateway),
      (open) => {
        this.incidents = open
        this.tell()
      },
    )
    this.client.hub.onIncidentsChanged((open) => feed.hear(open))
    link.whenOnline(() => {
      void feed.load()
      void this.loadTickets()
      if (this.ticketId !== null) void this.loadPlace(this.ticketId)
      for (const picture of this.pictures.sending)
        if (picture.problem === 'offline') this.pictures.retry(picture.id)
    })
    this.client.onPlace((place) => this.setPlace(place))
    this.client.whenOutboxChanges(() => {
      this.remember()
      this.tell()
    })
    this.client.whenSent((entry, { ticket, place }) => this.sent(entry, ticket, place))
  }

  private sent(entry: OutboxEntry<Written>, ticket: Ticket, place: QueuePlace | null): void {
    if (entry.lane === QUESTIONS) {
      if (place) this.setPlace(place)
      void this.loadTickets()
      if (this.ticketId === null) this.show(ticket.ticketId)
    } else {
      const echo: Echo = { id: entry.id, lane: entry.lane, text: entry.payload.text, at: entry.at }
      this.echoes = [...this.echoes, echo].slice(-MAX_ECHOES)
    }
    this.tell()
  }

  private take(ticket: Ticket, events: readonly TicketEvent[]): void {
    if (ticket.ticketId !== this.ticketId) return
    const isFirst = this.conversation === null
    this.conversation = { ticket, events: [...(this.conversation?.events ?? []), ...events] }
    const byOthers = events.filter((e) => e.type === 'message' && e.author !== 'customer').length
    if (!isFirst && !this.looking) this.unread += byOthers
    if (events.length > 0) this.refreshSummary(ticket)
    this.tell()
  }

  /** Keeps the list in step with the conversation in view, and asks for the place when waiting begins (again). */
  private refreshSummary({ ticketId, phase, stars }: Ticket): void {
    if (this.tickets && !this.tickets.some((t) => t.ticketId === ticketId)) void this.loadTickets()
    this.tickets = this.tickets?.map((t) => (t.ticketId === ticketId ? { ...t, phase, stars } : t)) ?? null
    this.remember()
    if (waitingPhases.has(phase)) void this.loadPlace(ticketId)
  }

  /** So that the next page of the host knows whether there is news to wait for. */
  private remember(): void {
    const isOpen = this.unsent.length > 0 || this.openTickets.length > 0
    if (isOpen) this.memory.setItem(expectedKey(this.identity.campus), '1')
    else if (this.tickets) this.memory.removeItem(expectedKey(this.identity.campus))
  }

  private get openTickets(): readonly TicketSummary[] {
    return this.tickets?.filter((t) => t.phase !== 'closed' && t.phase !== 'resolved') ?? []
  }

  private async loadTickets(): Promise<void> {
    const { value } = await this.client.hub.myTickets()
    if (!value) return
    const isFirst = this.tickets === null
    this.tickets = value
    this.remember()
    if (isFirst) this.resume()
    this.tell()
  }

  /** Whoever comes back to a page is where the talk is. */
  private resume(): void {
    const [open, ...others] = this.openTickets
    if (open && others.length === 0 && this.ticketId === null && !this.looking) this.show(open.ticketId)
  }

  private async loadPlace(id: string): Promise<void> {
    const { value } = await this.client.hub.place(id)
    if (value) this.setPlace(value)
  }

  private setPlace(place: QueuePlace): void {
    if ((this.places.get(place.ticketId)?.version ?? 0) > place.version) return
    this.places.set(place.ticketId, place)
    this.tell()
  }

  private async told(answer: Promise<Answer<Ticket>>): Promise<Problem | null> {
    const { value, problem } = await answer
    const shown = this.conversation
    if (value && shown && value.ticketId === shown.ticket.ticketId && value.seq >= shown.ticket.seq)
      this.conversation = { ...shown, ticket: value }
    this.tell()
    return problem
  }

  private tell(): void {
    for (const action of this.listeners) action()
  }
}

const expectedKey = (campus: string): string => `campuscare.widget.${campus}.expected`
