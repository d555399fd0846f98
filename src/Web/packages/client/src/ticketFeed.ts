import type { Ticket, TicketEvent, TicketNews } from './contracts.js'
import { TicketLog } from './ticketLog.js'

/** Fetches a ticket and its events after a seq, and has the server push what follows. Null: not connected, or refused. */
export type Watch = (ticketId: string, afterSeq: number) => Promise<TicketNews | null>

/**
 * Follows one ticket: takes pushes, sees gaps, and asks for what is missing, one question at a time. `resume` after
 * every (re)connection is all that a lost connection needs.
 */
export class TicketFeed {
  readonly log = new TicketLog()
  private asking = false
  private askAgain = false

  constructor(
    readonly ticketId: string,
    private readonly watch: Watch,
    private readonly changed: (news: TicketEvent[]) => void,
  ) {}

  /** Takes what the server pushed. */
  push(news: TicketNews): void {
    this.take(news)
    if (this.log.hasGap) void this.resume()
  }

  /** Takes a view that came by another way (the desk, an answer to a command). */
  see(ticket: Ticket): void {
    this.log.see(ticket)
    this.changed([])
    if (this.log.hasGap) void this.resume()
  }

  /** Asks for everything after the last event known. */
  async resume(): Promise<void> {
    this.askAgain = true
    if (this.asking) return
    this.asking = true
    try {
      while (this.askAgain) {
        this.askAgain = false
        const before = this.log.last
        const news = await this.watch(this.ticketId, before)
        if (!news) return
        this.take(news)
        // An answer older than a push leaves a gap: ask again, but only while asking helps.
        if (this.log.hasGap && this.log.last > before) this.askAgain = true
      }
    } finally {
      this.asking = false
    }
  }

  private take(news: TicketNews): void {
    this.changed(this.log.take(news))
  }
}
