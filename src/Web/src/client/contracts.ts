// The shapes that the Gateway serves (src/Contracts in camelCase, enums as camelCase words, times ISO-8601 UTC).

export type CustomerRole = 'student' | 'rider' | 'merchant'
export type Author = 'customer' | 'agent' | 'system'
export type AgentStatus = 'offline' | 'available' | 'busy' | 'break' | 'training'
export type RoutingState = 'idle' | 'reserved' | 'working' | 'wrappingUp'
export type TicketPhase = 'new' | 'waiting' | 'offered' | 'assigned' | 'resolved' | 'closed'
export type Urgency = 'low' | 'normal' | 'high' | 'critical'
export type Sentiment = 'negative' | 'neutral' | 'positive'

export const categories = [
  'lateDelivery',
  'missingItem',
  'wrongItem',
  'foodQuality',
  'foodSafety',
  'packaging',
  'refundAndPayment',
  'orderCanceled',
  'riderConduct',
  'merchantConduct',
  'addressAndContact',
  'appFault',
  'praise',
  'other',
] as const
export type Category = (typeof categories)[number]

export const dispositions = [
  'solved',
  'answered',
  'refunded',
  'compensated',
  'redelivered',
  'escalated',
  'notReachable',
  'duplicate',
  'noAction',
] as const
export type Disposition = (typeof dispositions)[number]

export type TicketEventType =
  | 'opened'
  | 'queued'
  | 'offered'
  | 'offerRejected'
  | 'offerTimedOut'
  | 'offerRescinded'
  | 'accepted'
  | 'message'
  | 'resolved'
  | 'wrappedUp'
  | 'reopened'
  | 'rated'
  | 'closed'

export interface Customer {
  id: string
  name: string
  role: CustomerRole
  phone: string | null
}

export interface Ticket {
  ticketId: string
  campus: string
  phase: TicketPhase
  queue: string
  category: Category
  urgency: Urgency
  sentiment: Sentiment
  customer: Customer
  channel: string
  subject: string
  orderNumber: string | null
  agentId: string | null
  agentName: string | null
  openedAt: string
  waitingSince: string
  disposition: Disposition | null
  stars: number | null
  wrapUpOpen: boolean
  /** The seq of the last event that this view includes. */
  seq: number
}

/** One event of a ticket. Seqs count 1, 2, 3… without gaps, for every reader. */
export interface TicketEvent {
  seq: number
  at: string
  type: TicketEventType
  author?: Author | null
  authorId?: string | null
  authorName?: string | null
  text?: string | null
  messageId?: string | null
  detail?: string | null
}

/** A ticket, and events of it, oldest first. */
export interface TicketNews {
  ticket: Ticket
  events: TicketEvent[]
}

export interface TicketSummary {
  ticketId: string
  phase: TicketPhase
  category: Category
  subject: string
  orderNumber: string | null
  openedAt: string
  stars: number | null
}

export interface QueuePlace {
  ticketId: string
  /** 1 for the next one; 0 while it is offered to an agent. */
  position: number
  waiting: number
  /** Null when no agent is at work. */
  expectedWaitSeconds: number | null
}

export interface Opened {
  ticket: Ticket
  place: QueuePlace | null
}

export interface Reservation {
  reservationId: string
  ticketId: string
  queue: string
  agentId: string
  agentName: string
  expiresAt: string
  why: string
}

export interface Offer {
  reservation: Reservation
  ticket: Ticket
}

export interface AgentDesk {
  agentId: string
  name: string
  status: AgentStatus
  statusReason: string | null
  routingState: RoutingState
  capacity: number
  offers: Offer[]
  tickets: Ticket[]
}

export interface QueueFigures {
  queue: string
  waiting: number
  offered: number
  longestWaitSeconds: number
  agentsAvailable: number
  freeSlots: number
  assignedSinceStart: number
  expectedWaitSeconds: number | null
}

export interface Wallboard {
  campus: string
  at: string
  queues: QueueFigures[]
  waiting: number
  offered: number
  longestWaitSeconds: number
  agentsAvailable: number
  freeSlots: number
}

export interface Campus {
  campus: string
  nameZh: string
  nameEn: string
  queues: { queue: string; nameZh: string; nameEn: string }[]
}

/** A named "no" (RFC 9457 problem details). */
export interface Problem {
  code: string
  detail?: string
  field?: string | null
}

/** What a hub method answers: a value, or a problem. */
export interface Answer<T> {
  value: T | null
  problem: Problem | null
}
