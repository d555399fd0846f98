import type { Answer, Ticket, TicketEvent, TicketNews } from './contracts.js'
import { CustomerHub } from './customerHub.js'
import { isPassing, type HubLink, type LinkOptions } from './hubLink.js'
import { newId } from './newId.js'
import { Outbox } from './outbox.js'
import { TicketFeed } from './ticketFeed.js'

/** Where an outbox survives: `localStorage` in a browser. */
export type OutboxStorage = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>

export interface ClientOptions extends LinkOptions {
  /** Where what was written survives a reload; in memory without it. */
  storage?: OutboxStorage
  /** The outbox's name in the storage: one for each person. */
  storageKey?: string
}

/** What was written: a question, or words in a ticket. */
interface Written {
  text: string
  orderNumber?: string | null
}

/** The ticket as it stands, with events that were not told before: each once, in order. */
export type TicketListener = (ticket: Ticket, events: TicketEvent[]) => void

const CONTACTS = ''

/** A student, rider or merchant: asks, follows and writes, through lost connections and reloads. */
export class CustomerClient {
  readonly hub: CustomerHub
  readonly outbox: Outbox<Written>
  private readonly feeds = new Map<string, TicketFeed>()
  private readonly opened = new Map<string, (ticket: Ticket) => void>()

  constructor(options: ClientOptions) {
    this.hub = new CustomerHub(options)
    this.outbox = new Outbox<Written>({
      storage: options.storage ?? inMemory(),
      key: options.storageKey ?? 'campuscare.outbox',
      changed: () => {},
      after: (milliseconds, action) => setTimeout(action, milliseconds),
      deliver: async ({ id, lane, payload }) => {
        const { value, problem } = await this.send(id, lane, payload)
        if (problem) return isPassing(problem) ? 'later' : problem
        if (lane === CONTACTS && value) this.opened.get(id)?.(value)
        this.opened.delete(id)
        return 'done'
      },
    })
    this.hub.onTicketChanged((news) => this.feeds.get(news.ticket.ticketId)?.push(news))
    this.link.whenOnline(() => {
      for (const feed of this.feeds.values()) void feed.resume()
      this.outbox.flush()
    })
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

  /** Asks for help, now or when the connection is back; resolves when the gateway has it. */
  openContact(text: string, orderNumber: string | null = null): Promise<Ticket> {
    const id = newId()
    const opened = new Promise<Ticket>((resolve) => this.opened.set(id, resolve))
    this.outbox.add(id, CONTACTS, { text, orderNumber }, new Date().toISOString())
    return opened
  }

  /** Writes, now or when the connection is back. The message's id, or null when too much waits already. */
  post(ticketId: string, text: string): string | null {
    const id = newId()
    return this.outbox.add(id, ticketId, { text }, new Date().toISOString()) ? id : null
  }

  /** Follows a ticket through lost connections; the result ends it. */
  watch(ticketId: string, onChange: TicketListener): () => void {
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

  private async send(id: string, lane: string, written: Written): Promise<Answer<Ticket>> {
    if (lane !== CONTACTS) return this.hub.post(lane, id, written.text)
    const { text, orderNumber = null } = written
    const { value, problem } = await this.hub.open({ contactId: id, text, orderNumber })
    return { value: value?.ticket ?? null, problem }
  }
}

function inMemory(): OutboxStorage {
  const kept = new Map<string, string>()
  return {
    getItem: (key) => kept.get(key) ?? null,
    setItem: (key, value) => void kept.set(key, value),
    removeItem: (key) => void kept.delete(key),
  }
}
