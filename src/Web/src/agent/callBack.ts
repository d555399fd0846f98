import type { Ticket, TicketEvent } from '@campuscare/client'

/** Whether the customer left and waits to be called back: kept the place, and nobody spoke since. */
export function waitsForCallBack(ticket: Ticket, events: readonly TicketEvent[]): boolean {
  if (ticket.phase === 'resolved' || ticket.phase === 'closed') return false
  const last = events.findLast((e) => e.type === 'placeKept' || e.type === 'message' || e.type === 'reopened')
  return last?.type === 'placeKept'
}
