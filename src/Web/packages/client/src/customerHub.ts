import type {
  Answer,
  CallSignal,
  CallStep,
  Channel,
  HeardSignal,
  IncidentNotice,
  Opened,
  QueuePlace,
  Ticket,
  TicketNews,
  TicketSummary,
  Verdict,
} from './contracts.js'
import { HubLink, type LinkOptions } from './hubLink.js'

export interface NewContact {
  contactId: string
  text: string
  orderNumber: string | null
  /** How it is asked: in the chat unless said. */
  channel?: Channel
}

/** /hubs/customer, typed. */
export class CustomerHub {
  readonly link: HubLink

  constructor(options: LinkOptions) {
    this.link = new HubLink('/hubs/customer', options)
  }

  open = (contact: NewContact): Promise<Answer<Opened>> => this.link.call('Open', contact)
  watch = (ticketId: string, afterSeq: number): Promise<Answer<TicketNews>> =>
    this.link.ask('Watch', ticketId, afterSeq)
  unwatch = (ticketId: string): Promise<Answer<unknown>> => this.link.call('Unwatch', ticketId)
  post = (ticketId: string, messageId: string, text: string): Promise<Answer<Ticket>> =>
    this.link.call('Post', ticketId, messageId, text)
  rate = (ticketId: string, stars: number, comment: string | null): Promise<Answer<Ticket>> =>
    this.link.call('Rate', ticketId, stars, comment)
  close = (ticketId: string): Promise<Answer<Ticket>> => this.link.call('Close', ticketId)
  /** Goes, keeps the place and is called back; without a number the one of the campus app is called. */
  keepPlace = (ticketId: string, byPhone: boolean, phone: string | null): Promise<Answer<Ticket>> =>
    this.link.call('KeepPlace', ticketId, byPhone, phone)
  /** Whether the bot's answer helped, or that a person shall come. */
  judge = (ticketId: string, verdict: Verdict): Promise<Answer<Ticket>> =>
    this.link.call('Judge', ticketId, verdict)
  myTickets = (): Promise<Answer<TicketSummary[]>> => this.link.ask('MyTickets')
  place = (ticketId: string): Promise<Answer<QueuePlace>> => this.link.ask('Place', ticketId)

  /** All that is broken at the campus now; read it by REST after connecting. */
  onIncidentsChanged = (action: (open: IncidentNotice[]) => void): void =>
    this.link.on('IncidentsChanged', action)
  /** Says something to the other browser of a call. */
  signal = (ticketId: string, signal: CallSignal): Promise<Answer<unknown>> =>
    this.link.call('Signal', ticketId, signal)
  /** Puts on record what happened to the sound; `ended` hangs up. */
  moveCall = (ticketId: string, step: CallStep): Promise<Answer<Ticket>> =>
    this.link.call('MoveCall', ticketId, step)

  onSignaled = (action: (signal: HeardSignal) => void): void => this.link.on('Signaled', action)
  onTicketChanged = (action: (news: TicketNews) => void): void => this.link.on('TicketChanged', action)
  onPlaceChanged = (action: (place: QueuePlace) => void): void => this.link.on('PlaceChanged', action)
}
