import type { Answer, Ticket, TicketEvent, TicketNews } from './contracts.js'
import { isPassing, type HubLink, type LinkOptions } from './hubLink.js'
import { newId } from './newId.js'
import { Outbox, type OutboxEntry } from './outbox.js'
import { TicketFeed } from './ticketFeed.js'

/** Where an outbox survives: `localStorage` in a browser. */
export type OutboxStorage = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>

export interface ClientOptions extends LinkOptions {
  /** Where what was written survives a reload; in memory without it. */
  storage?: OutboxStorage
  /** The outbox's name in the storage: one for each person. */
  storageKey?: string
}

/** What was written: words in a ticket, or (an order may be named) a new question. */
export interface Written {
  text: string
  orderNumber?: string | null
  /** For colleagues only. */
  internal?: boolean
}

/** The ticket as it stands, with events that were not told before: each once, in order. */
export type TicketListener = (ticket: Ticket, events: TicketEvent[]) => void

/** What both hubs of a conversation have. */
export interface TicketHub {
  link: HubLink
  watch: (ticketId: string, afterSeq: number) => Promise<Answer<TicketNews>>
  unwatch: (ticketId: string) => Promise<Answer<unknown>>
  post: (ticketId: string, messageId: string, text: string) => Promise<Answer<Ticket>>
  onTicketChanged: (action: (news: TicketNews) => void) => void
}

/** What both sides of a conversation have: a connection that comes back, tickets to follow, and an outbox. */
export abstract class TalkingClient<V = Ticket> {
  /** What was written and not yet acknowledged. */
  readonly outbox: Outbox<Written>
  private readonly feeds = new Map<string, TicketFeed>()
  private readonly onOutbox: (() => void)[] = []
  private readonly onSent: ((entry: OutboxEntry<Written>, value: V) => void)[] = []

  protected constructor(
    private readonly tickets: TicketHub,
    options: ClientOptions,
  ) {
    this.outbox = new Outbox<Written>({
      storage: options.storage ?? inMemory(),
      key: options.storageKey ?? 'campuscare.outbox',
      changed: () => this.onOutbox.forEach((action) => action()),
      after: (milliseconds, action) => setTimeout(action, milliseconds),
      deliver: async (entry) => {
        const { value, problem } = await this.send(entry)
        if (problem) return isPassing(problem) ? 'later' : problem
        for (const action of this.onSent) action(entry, value!)
        return 'done'
      },
    })
    tickets.onTicketChanged((news) => this.feeds.get(news.ticket.ticketId)?.push(news))
    this.link.whenOnline(() => {
      for (const feed of this.feeds.values()) void feed.resume()
      this.outbox.flush()
    })
  }

  get link(): HubLink {
    return this.tickets.link
  }

  /** Connects, stays connected, and sends what waits in the outbox. */
  start(): void {
    this.link.start()
  }

  /** Leaves for good. */
  stop(): Promise<void> {
    return this.link.stop()
  }

  /** Writes to the other side, now or when the connection is back. The message's id, or null when too much waits already. */
  post(ticketId: string, text: string): string | null {
    return this.write(ticketId, { text })
  }

  /** Calls back when something was written, sent, refused or removed. */
  whenOutboxChanges(action: () => void): void {
    this.onOutbox.push(action)
  }

  /** Calls back when the gateway has something, with its answer. */
  whenSent(action: (entry: OutboxEntry<Written>, value: V) => void): void {
    this.onSent.push(action)
  }

  /** Follows a ticket through lost connections; the result ends it. */
  watch(ticketId: string, onChange: TicketListener): () => void {
    const ask = async (id: string, after: number): Promise<TicketNews | null> =>
      (await this.tickets.watch(id, after)).value
    const feed = new TicketFeed(ticketId, ask, (events) => {
      if (feed.log.ticket) onChange(feed.log.ticket, events)
    })
    this.feeds.set(ticketId, feed)
    void feed.resume()
    return () => {
      if (this.feeds.delete(ticketId)) void this.tickets.unwatch(ticketId)
    }
  }

  protected write(lane: string, written: Written, id = newId()): string | null {
    return this.outbox.add(id, lane, written, new Date().toISOString()) ? id : null
  }

  protected abstract send(entry: OutboxEntry<Written>): Promise<Answer<V>>
}

function inMemory(): OutboxStorage {
  const kept = new Map<string, string>()
  return {
    getItem: (key) => kept.get(key) ?? null,
    setItem: (key, value) => void kept.set(key, value),
    removeItem: (key) => void kept.delete(key),
  }
}
