import type { Ticket } from '@campuscare/client'

/**
 * What a ticket is to the agent who looks at it: on the desk (`mine`); a question that the agent asked a colleague
 * (`asked`); the ticket that a question on the desk is about (`subject`); or one that has left.
 */
export type Relation = 'mine' | 'asked' | 'subject' | 'left'

export function relationOf(
  ticket: Ticket,
  desk: readonly Ticket[],
  isMe: (agentId: string) => boolean,
): Relation {
  if (desk.some((t) => t.ticketId === ticket.ticketId)) return 'mine'
  const [kind, asker] = ticket.customer.id.split(':', 2)
  if (ticket.consultationOf !== null && kind === 'agent' && asker && isMe(asker)) return 'asked'
  if (desk.some((t) => t.consultationOf === ticket.ticketId)) return 'subject'
  return 'left'
}
