import type { ClockAlert, Ticket } from '@campuscare/client'

/** What a supervisor sees of an alert: the ticket's own words are fetched after it. */
export interface AlertLine extends ClockAlert {
  key: string
  ticket: Ticket | null
}

/** More than a screen holds; older ones leave. */
export const MAX_ALERTS = 30

/** Newest first, each once, and no more than fit. */
export function withAlert(lines: readonly AlertLine[], alert: ClockAlert): readonly AlertLine[] {
  const key = `${alert.ticketId}.${alert.kind}.${alert.seq}`
  if (lines.some((line) => line.key === key)) return lines
  return [{ ...alert, key, ticket: null }, ...lines].slice(0, MAX_ALERTS)
}

/** The same with what is now known of a ticket. */
export function withTicket(lines: readonly AlertLine[], ticket: Ticket): readonly AlertLine[] {
  return lines.map((line) => (line.ticketId === ticket.ticketId ? { ...line, ticket } : line))
}
