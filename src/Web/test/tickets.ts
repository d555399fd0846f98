import type { Ticket, TicketEvent, TicketEventType } from '@campuscare/client'

/** A ticket with an agent; what matters to a test is given. */
export function ticket(own: Partial<Ticket> = {}): Ticket {
  return {
    ticketId: 't1',
    campus: 'north',
    phase: 'assigned',
    queue: 'delivery',
    category: 'lateDelivery',
    urgency: 'normal',
    sentiment: 'neutral',
    customer: { id: 's1', name: '小夏', role: 'student', phone: null },
    channel: 'web',
    subject: '外卖超时了',
    orderNumber: null,
    agentId: 'a1',
    agentName: '小林',
    openedAt: at(0),
    waitingSince: at(0),
    disposition: null,
    stars: null,
    wrapUpOpen: false,
    seq: 1,
    responsibleAgent: 'a1',
    placeIsKept: false,
    escalations: 0,
    clocks: [],
    consultationOf: null,
    openConsults: [],
    replyChannel: null,
    repliesUnderWay: 0,
    bot: null,
    joined: [],
    order: null,
    remedies: [],
    incident: null,
    proposedRemedies: [],
    call: null,
    ...own,
  }
}

const start = Date.parse('2026-01-01T10:00:00Z')

/** So many seconds into the test's day, as the server says it. */
export function at(seconds: number): string {
  return new Date(start + 1000 * seconds).toISOString()
}

/** The same in milliseconds. */
export function now(seconds: number): number {
  return start + 1000 * seconds
}

export function event(type: TicketEventType, seconds: number, own: Partial<TicketEvent> = {}): TicketEvent {
  return { seq: 1, at: at(seconds), type, ...own }
}
