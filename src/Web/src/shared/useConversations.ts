import { shallowReactive } from 'vue'
import type { Answer, Problem, Ticket, TicketEvent, TicketNews } from '@campuscare/client'
import type { HubLink } from '@campuscare/client'
import { TicketFeed } from '@campuscare/client'

export interface Conversation {
  ticket: Ticket | null
  events: readonly TicketEvent[]
  /** Why nothing can be shown. */
  problem: Problem | null
}

/** What a hub offers to follow tickets: both the customer's and the agent's do. */
export interface TicketSource {
  link: HubLink
  watch: (ticketId: string, afterSeq: number) => Promise<Answer<TicketNews>>
  unwatch: (ticketId: string) => Promise<Answer<unknown>>
  onTicketChanged: (action: (news: TicketNews) => void) => void
}

export interface Conversations {
  /** What is followed, as the page shows it. */
  all: ReadonlyMap<string, Conversation>
  follow: (ticketId: string) => void
  unfollow: (ticketId: string) => void
  /** Takes a view of a ticket that came by another way than its own feed. */
  see: (ticket: Ticket) => void
}

/** Follows tickets over one hub, through lost connections, and keeps what the page shows of them. */
export function useConversations(
  source: TicketSource,
  joined: (ticketId: string, events: TicketEvent[]) => void = () => {},
): Conversations {
  const feeds = new Map<string, TicketFeed>()
  const all = shallowReactive(new Map<string, Conversation>())

  async function watch(ticketId: string, afterSeq: number): Promise<TicketNews | null> {
    const { value, problem } = await source.watch(ticketId, afterSeq)
    if (problem && problem.code !== 'offline' && feeds.has(ticketId) && !all.get(ticketId)?.ticket)
      all.set(ticketId, { ticket: null, events: [], problem })
    return value
  }

  function follow(ticketId: string): void {
    if (feeds.has(ticketId)) return
    const feed = new TicketFeed(ticketId, watch, (events) => {
      if (!feeds.has(ticketId)) return
      all.set(ticketId, { ticket: feed.log.ticket, events: [...feed.log.events], problem: null })
      if (events.length > 0) joined(ticketId, events)
    })
    feeds.set(ticketId, feed)
    all.set(ticketId, { ticket: null, events: [], problem: null })
    void feed.resume()
  }

  function unfollow(ticketId: string): void {
    if (!feeds.delete(ticketId)) return
    all.delete(ticketId)
    void source.unwatch(ticketId)
  }

  source.onTicketChanged((news) => feeds.get(news.ticket.ticketId)?.push(news))
  source.link.whenOnline(() => feeds.forEach((feed) => void feed.resume()))
  return { all, follow, unfollow, see: (ticket) => feeds.get(ticket.ticketId)?.see(ticket) }
}
