import type { ClockAlert, LiveRoom, TicketNews, Wallboard } from './contracts.js'
import type { HubLink, LinkOptions } from './hubLink.js'
import { SupervisorHub } from './supervisorHub.js'
import type { TicketListener } from './talkingClient.js'
import { TicketFeed } from './ticketFeed.js'

/** Alerts that are remembered, so that none is told twice. */
const MAX_KNOWN = 1_000

/** Somebody who watches the whole campus, through lost connections. */
export class SupervisorClient {
  readonly hub: SupervisorHub
  /** The figures as last seen. */
  board: Wallboard | null = null
  private readonly boardListeners: ((board: Wallboard) => void)[] = []
  private readonly known = new Set<string>()
  private readonly feeds = new Map<string, TicketFeed>()

  constructor(options: LinkOptions) {
    this.hub = new SupervisorHub(options)
    this.hub.onWallboardChanged((board) => this.take(board))
    this.link.whenOnline(() => void this.hub.wallboard().then(({ value }) => value && this.take(value)))
    this.hub.onTicketChanged((news) => this.feeds.get(news.ticket.ticketId)?.push(news))
    this.link.whenOnline(() => this.feeds.forEach((feed) => void feed.resume()))
  }

  get link(): HubLink {
    return this.hub.link
  }

  /** Connects, and stays connected. */
  start(): void {
    this.link.start()
  }

  /** Leaves for good. */
  stop(): Promise<void> {
    return this.link.stop()
  }

  /** Calls back with the figures of each second, never with older ones after newer ones. */
  onBoard(action: (board: Wallboard) => void): void {
    this.boardListeners.push(action)
  }

  /** Calls back once for each clock that a ticket missed, and each time that one went to the next line. */
  onAlert(action: (alert: ClockAlert) => void): void {
    this.hub.onClockMissed((alert) => {
      const key = `${alert.ticketId} ${alert.kind} ${alert.seq}`
      if (this.known.has(key)) return
      this.known.add(key)
      if (this.known.size > MAX_KNOWN) this.known.delete(this.known.values().next().value!)
      action(alert)
    })
  }

  /** Calls back with the campus's conversations, now and after each change, through lost connections. */
  onRoom(action: (room: LiveRoom) => void): void {
    this.hub.onRoomChanged(action)
    this.link.whenOnline(() => void this.hub.room().then(({ value }) => value && action(value)))
  }

  /** Reads a conversation along, through lost connections; the result ends it. That it is read is on record. */
  listen(ticketId: string, onChange: TicketListener): () => void {
    const ask = async (id: string, after: number): Promise<TicketNews | null> =>
      (await this.hub.watch(id, after)).value
    const feed = new TicketFeed(ticketId, ask, (events) => {
      if (feed.log.ticket) onChange(feed.log.ticket, events)
    })
    this.feeds.set(ticketId, feed)
    void feed.resume()
    return () => {
      if (this.feeds.delete(ticketId)) void this.hub.unwatch(ticketId)
    }
  }

  private take(board: Wallboard): void {
    if (this.board && Date.parse(board.at) <= Date.parse(this.board.at)) return
    this.board = board
    for (const action of this.boardListeners) action(board)
  }
}
