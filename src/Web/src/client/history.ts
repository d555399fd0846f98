import type { HistoryLine, MatchExplanation, TicketNews } from '@campuscare/client'

/** What is searched for; an empty text doesn't matter. */
export interface HistoryFilter {
  from: string
  to: string
  category: string
  agent: string
  role: string
  phase: string
  leastStars: string
  mostStars: string
  number: string
}

export interface WaitingStretch {
  since: string
  until: string | null
  began: string
  ended: string | null
  why: string
}

export interface RoutingDecision {
  seq: number
  at: string
  agentId: string
  agentName: string | null
  explanation: MatchExplanation | null
  why: string
  outcome: string
  endedAt: string | null
  reason: string | null
}

/** Why a ticket waited, and why it went to whom. */
export interface RoutingStory {
  ticketId: string
  waits: WaitingStretch[]
  decisions: RoutingDecision[]
}

export interface HistoryPage {
  lines: HistoryLine[]
  /** Where the next page is; null after the last one. */
  next: string | null
  /** What is wrong with what was asked for, by field; null when nothing is. */
  problem: { code: string; field?: string | null } | null
}

/** Events of one page of a ticket's history. */
const EVENTS = 200
/** Pages of events that are read at most: a ticket holds 2,000 messages. */
const MAX_PAGES = 30

export interface History {
  search: (filter: HistoryFilter) => Promise<HistoryPage>
  more: (next: string) => Promise<HistoryPage>
  /** A table, to be saved; null when it could not be had whole. */
  table: (filter: HistoryFilter, format: 'csv' | 'xlsx', language: string) => Promise<Blob | null>
  events: (ticketId: string) => Promise<TicketNews | null>
  story: (ticketId: string) => Promise<RoutingStory | null>
}

/** A campus's history, over REST. */
export function useHistory(campus: string, token: string): History {
  const base = `/api/v1/campuses/${encodeURIComponent(campus)}`
  const ask = (address: string): Promise<Response> =>
    fetch(address, { headers: { Authorization: `Bearer ${token}` } })

  async function page(address: string): Promise<HistoryPage> {
    try {
      const response = await ask(address)
      const body: unknown = await response.json()
      if (!response.ok) return { lines: [], next: null, problem: body as HistoryPage['problem'] }
      const next = /<([^>]+)>; rel="next"/.exec(response.headers.get('link') ?? '')?.[1] ?? null
      return { lines: body as HistoryLine[], next, problem: null }
    } catch {
      return { lines: [], next: null, problem: { code: 'offline' } }
    }
  }

  async function json<T>(address: string): Promise<T | null> {
    try {
      const response = await ask(address)
      return response.ok ? ((await response.json()) as T) : null
    } catch {
      return null
    }
  }

  async function events(ticketId: string): Promise<TicketNews | null> {
    const all: TicketNews['events'] = []
    for (let pages = 0; pages < MAX_PAGES; pages++) {
      const after = all.at(-1)?.seq ?? 0
      const news = await json<TicketNews>(`${base}/tickets/${ticketId}/events?after=${after}&limit=${EVENTS}`)
      if (!news) return null
      all.push(...news.events)
      if (news.events.length < EVENTS) return { ticket: news.ticket, events: all }
    }
    return null
  }

  return {
    search: (filter) => page(`${base}/history?${queryOf(filter)}`),
    more: (next) => page(next),
    async table(filter, format, language) {
      const offset = -new Date().getTimezoneOffset()
      try {
        const response = await ask(
          `${base}/history/export?${queryOf(filter)}&format=${format}&language=${language}&offset=${offset}`,
        )
        return response.ok ? await response.blob() : null
      } catch {
        return null
      }
    },
    events,
    story: (ticketId) => json(`${base}/tickets/${ticketId}/decisions`),
  }
}

/** A filter as the server reads it: days of the reader's calendar are instants there; the last day is meant whole. */
export function queryOf(filter: HistoryFilter): string {
  const { from, to, ...words } = filter
  const query = new URLSearchParams(
    Object.entries(words)
      .filter(([, value]) => value.trim() !== '')
      .map(([k, v]) => [k, v.trim()]),
  )
  if (from) query.set('from', new Date(`${from}T00:00:00`).toISOString())
  if (to) {
    const end = new Date(`${to}T00:00:00`)
    end.setDate(end.getDate() + 1)
    query.set('to', end.toISOString())
  }
  return query.toString()
}
