import type { TicketEvent } from '@campuscare/client'

/** What only somebody does who has the conversation before the eyes. */
const reading = new Set<TicketEvent['type']>(['accepted', 'message', 'promised', 'resolved', 'evidence'])

/**
 * The customer's words that an agent has read, by the keys of their lines. Nobody reports that something was looked at;
 * an agent who took the ticket, or wrote, after these words had them on the screen.
 */
export function readLines(events: readonly TicketEvent[]): ReadonlySet<string> {
  const lastLook = events.findLast(
    (e) => reading.has(e.type) && (e.author === 'agent' || e.type === 'accepted'),
  )
  return new Set(
    events
      .filter((e) => e.author === 'customer' && lastLook !== undefined && e.seq < lastLook.seq)
      .map((e) => e.messageId ?? `e${e.seq}`),
  )
}
