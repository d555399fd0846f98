import type {
  AgentDesk,
  AgentStatus,
  Answer,
  CallSignal,
  CallStep,
  Disposition,
  IncidentNotice,
  HeardSignal,
  Offer,
  Ticket,
  TicketNews,
  TicketSummary,
} from './contracts.js'
import { HubLink, type LinkOptions } from './hubLink.js'

/** Tickets of other campuses that are remembered: many times what an agent has at once. */
const MAX_FOREIGN = 200

/** A queue or an agent: exactly one of them is set. */
export interface Target {
  queue: string | null
  agent: string | null
}

/** /hubs/agent, typed. */
export class AgentHub {
  readonly link: HubLink

  /** The campuses of tickets that came from elsewhere: an agent who is lent names these with their campus. */
  private campuses: ReadonlyMap<string, string> = new Map()

  constructor(
    options: LinkOptions,
    private readonly campus: string,
  ) {
    this.link = new HubLink('/hubs/agent', options)
  }

  /** Learns where the tickets on the desk belong. */
  learn(desk: AgentDesk): void {
    const tickets = [...desk.tickets, ...desk.offers.map((o) => o.ticket)]
    const foreign = tickets.filter((t) => t.campus !== this.campus)
    const known = [...this.campuses, ...foreign.map((t) => [t.ticketId, t.campus] as const)]
    this.campuses = new Map(known.slice(-MAX_FOREIGN))
  }

  private address(ticketId: string): string {
    const campus = this.campuses.get(ticketId)
    return campus ? `${campus}/${ticketId}` : ticketId
  }

  desk = (): Promise<Answer<AgentDesk>> => this.link.ask('Desk')
  setStatus = (status: AgentStatus, reason: string | null): Promise<Answer<AgentDesk>> =>
    this.link.call('SetStatus', status, reason)
  accept = (ticketId: string, reservationId: string): Promise<Answer<Ticket>> =>
    this.link.call('Accept', this.address(ticketId), reservationId)
  reject = (ticketId: string, reservationId: string, reason: string | null): Promise<Answer<Ticket>> =>
    this.link.call('Reject', this.address(ticketId), reservationId, reason)
  watch = (ticketId: string, afterSeq: number): Promise<Answer<TicketNews>> =>
    this.link.ask('Watch', this.address(ticketId), afterSeq)
  unwatch = (ticketId: string): Promise<Answer<unknown>> => this.link.call('Unwatch', this.address(ticketId))
  post = (ticketId: string, messageId: string, text: string): Promise<Answer<Ticket>> =>
    this.link.call('Post', this.address(ticketId), messageId, text)
  resolve = (
    ticketId: string,
    disposition: Disposition | null,
    note: string | null,
  ): Promise<Answer<Ticket>> => this.link.call('Resolve', this.address(ticketId), disposition, note)
  wrapUp = (ticketId: string, disposition: Disposition, note: string | null): Promise<Answer<Ticket>> =>
    this.link.call('WrapUp', this.address(ticketId), disposition, note)
  /** Hands the ticket to a queue, or to an agent. */
  transfer = (ticketId: string, to: Target, note: string | null): Promise<Answer<Ticket>> =>
    this.link.call('Transfer', this.address(ticketId), to.queue, to.agent, note)
  /** Asks a queue, or an agent; the same consultId asks once. */
  consult = (ticketId: string, consultId: string, question: string, to: Target): Promise<Answer<Ticket>> =>
    this.link.call('Consult', this.address(ticketId), consultId, question, to.queue, to.agent)
  promise = (ticketId: string, dueAt: string, words: string | null): Promise<Answer<Ticket>> =>
    this.link.call('Promise', this.address(ticketId), dueAt, words)
  note = (ticketId: string, noteId: string, text: string): Promise<Answer<Ticket>> =>
    this.link.call('Note', this.address(ticketId), noteId, text)
  /** Grants what the ticket's proposedRemedies say; the same rule is granted once. */
  grantRemedy = (ticketId: string, rule: string): Promise<Answer<Ticket>> =>
    this.link.call('GrantRemedy', this.address(ticketId), rule)
  takeRemedyBack = (ticketId: string, remedyId: string): Promise<Answer<Ticket>> =>
    this.link.call('TakeRemedyBack', this.address(ticketId), remedyId)
  customerTickets = (ticketId: string): Promise<Answer<TicketSummary[]>> =>
    this.link.ask('CustomerTickets', this.address(ticketId))

  /** The customer's number in full; the journal says who looked. */
  showPhone = (ticketId: string): Promise<Answer<{ number: string }>> =>
    this.link.call('ShowPhone', this.address(ticketId))

  /** All that is broken at the campus now; read it by REST after connecting. */
  onIncidentsChanged = (action: (open: IncidentNotice[]) => void): void =>
    this.link.on('IncidentsChanged', action)
  /** Says something to the other browser of a call. */
  signal = (ticketId: string, signal: CallSignal): Promise<Answer<unknown>> =>
    this.link.call('Signal', this.address(ticketId), signal)
  /** Puts on record what happened to the sound; `ended` hangs up. */
  moveCall = (ticketId: string, step: CallStep): Promise<Answer<Ticket>> =>
    this.link.call('MoveCall', this.address(ticketId), step)

  onSignaled = (action: (signal: HeardSignal) => void): void => this.link.on('Signaled', action)
  onDeskChanged = (action: (desk: AgentDesk) => void): void => this.link.on('DeskChanged', action)
  onOffered = (action: (offer: Offer) => void): void => this.link.on('Offered', action)
  onOfferWithdrawn = (action: (reservationId: string) => void): void => this.link.on('OfferWithdrawn', action)
  onTicketChanged = (action: (news: TicketNews) => void): void => this.link.on('TicketChanged', action)
}
