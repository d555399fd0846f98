import type { Ticket, TicketEvent, TicketNews } from './contracts.js'

/** Far more than a page ever misses at once; what does not fit is fetched again with the gap. */
const MAX_AHEAD = 500

/**
 * What a client knows of one ticket: each event exactly once, in order, whatever way it came (pushed, fetched, twice,
 * too early). Events that came too early wait until the gap before them is filled.
 */
export class TicketLog {
  readonly events: TicketEvent[] = []
  ticket: Ticket | null = null
  private readonly ahead = new Map<number, TicketEvent>()
  private newestHeard = 0

  /** The seq up to which nothing is missing. */
  get last(): number {
    return this.events.length
  }

  /** Something is known to have happened that is not in `events`. */
  get hasGap(): boolean {
    return this.newestHeard > this.last
  }

  /** Takes news in; answers the events that joined, in order. */
  take(news: TicketNews): TicketEvent[] {
    this.see(news.ticket)
    const before = this.last
    for (const event of news.events) {
      this.newestHeard = Math.max(this.newestHeard, event.seq)
      const isNext = event.seq === this.last + 1
      if (isNext || (event.seq > this.last && this.ahead.size < MAX_AHEAD)) this.ahead.set(event.seq, event)
      this.drain()
    }
    return this.events.slice(before)
  }

  /** Notes a view of the ticket that came without events: an older one changes nothing. */
  see(ticket: Ticket): void {
    if (!this.ticket || ticket.seq >= this.ticket.seq) this.ticket = ticket
    this.newestHeard = Math.max(this.newestHeard, ticket.seq)
  }

  private drain(): void {
    for (let next = this.ahead.get(this.last + 1); next; next = this.ahead.get(this.last + 1)) {
      this.ahead.delete(next.seq)
      this.events.push(next)
    }
  }
}
