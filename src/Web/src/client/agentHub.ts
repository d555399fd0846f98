import type {
  AgentDesk,
  AgentStatus,
  Answer,
  Disposition,
  Offer,
  Ticket,
  TicketNews,
  TicketSummary,
} from './contracts'
import { HubLink } from './hubLink'

/** A queue or an agent: exactly one of them is set. */
export interface Target {
  queue: string | null
  agent: string | null
}

/** /hubs/agent, typed. */
export class AgentHub {
  readonly link: HubLink

  constructor(token: string) {
    this.link = new HubLink('/hubs/agent', token)
  }

  desk = (): Promise<Answer<AgentDesk>> => this.link.ask('Desk')
  setStatus = (status: AgentStatus, reason: string | null): Promise<Answer<AgentDesk>> =>
    this.link.call('SetStatus', status, reason)
  accept = (ticketId: string, reservationId: string): Promise<Answer<Ticket>> =>
    this.link.call('Accept', ticketId, reservationId)
  reject = (ticketId: string, reservationId: string, reason: string | null): Promise<Answer<Ticket>> =>
    this.link.call('Reject', ticketId, reservationId, reason)
  watch = (ticketId: string, afterSeq: number): Promise<Answer<TicketNews>> =>
    this.link.ask('Watch', ticketId, afterSeq)
  unwatch = (ticketId: string): Promise<Answer<unknown>> => this.link.call('Unwatch', ticketId)
  post = (ticketId: string, messageId: string, text: string): Promise<Answer<Ticket>> =>
    this.link.call('Post', ticketId, messageId, text)
  resolve = (
    ticketId: string,
    disposition: Disposition | null,
    note: string | null,
  ): Promise<Answer<Ticket>> => this.link.call('Resolve', ticketId, disposition, note)
  wrapUp = (ticketId: string, disposition: Disposition, note: string | null): Promise<Answer<Ticket>> =>
    this.link.call('WrapUp', ticketId, disposition, note)
  /** Hands the ticket to a queue, or to an agent. */
  transfer = (ticketId: string, to: Target, note: string | null): Promise<Answer<Ticket>> =>
    this.link.call('Transfer', ticketId, to.queue, to.agent, note)
  /** Asks a queue, or an agent; the same consultId asks once. */
  consult = (ticketId: string, consultId: string, question: string, to: Target): Promise<Answer<Ticket>> =>
    this.link.call('Consult', ticketId, consultId, question, to.queue, to.agent)
  promise = (ticketId: string, dueAt: string, words: string | null): Promise<Answer<Ticket>> =>
    this.link.call('Promise', ticketId, dueAt, words)
  note = (ticketId: string, noteId: string, text: string): Promise<Answer<Ticket>> =>
    this.link.call('Note', ticketId, noteId, text)
  customerTickets = (ticketId: string): Promise<Answer<TicketSummary[]>> =>
    this.link.ask('CustomerTickets', ticketId)

  onDeskChanged = (action: (desk: AgentDesk) => void): void => this.link.on('DeskChanged', action)
  onOffered = (action: (offer: Offer) => void): void => this.link.on('Offered', action)
  onOfferWithdrawn = (action: (reservationId: string) => void): void => this.link.on('OfferWithdrawn', action)
  onTicketChanged = (action: (news: TicketNews) => void): void => this.link.on('TicketChanged', action)
}
