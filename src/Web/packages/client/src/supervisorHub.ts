import type { Target } from './agentHub.js'
import type {
  Answer,
  CallSignal,
  CallStep,
  ClockAlert,
  Disposition,
  HeardSignal,
  IncidentNotice,
  LiveRoom,
  Ticket,
  TicketNews,
  Wallboard,
} from './contracts.js'
import { HubLink, type LinkOptions } from './hubLink.js'

/** /hubs/supervisor, typed. */
export class SupervisorHub {
  readonly link: HubLink

  constructor(options: LinkOptions) {
    this.link = new HubLink('/hubs/supervisor', options)
  }

  /** The figures, and from then on those of each second. */
  wallboard = (): Promise<Answer<Wallboard>> => this.link.ask('Watch')
  /** The conversations that agents have in hand, and from then on each change of the list. */
  room = (): Promise<Answer<LiveRoom>> => this.link.ask('Room')
  /** Reads a conversation along; that it is read is on record. */
  watch = (ticketId: string, afterSeq: number): Promise<Answer<TicketNews>> =>
    this.link.ask('Listen', ticketId, afterSeq)
  unwatch = (ticketId: string): Promise<Answer<unknown>> => this.link.call('StopListening', ticketId)
  /** Writes to the agent; the customer never sees it. */
  whisper = (ticketId: string, whisperId: string, text: string): Promise<Answer<Ticket>> =>
    this.link.call('Whisper', ticketId, whisperId, text)
  /** The customer sees it, and may be written to. */
  join = (ticketId: string): Promise<Answer<Ticket>> => this.link.call('Join', ticketId)
  leave = (ticketId: string): Promise<Answer<Ticket>> => this.link.call('Leave', ticketId)
  /** Takes the conversation from its agent: for oneself, or, where one is named, for a queue or an agent. */
  takeOver = (ticketId: string, to: Target | null, note: string | null): Promise<Answer<Ticket>> =>
    this.link.call('TakeOver', ticketId, to?.queue ?? null, to?.agent ?? null, note)
  /** Writes to the customer, after joining or taking over. */
  post = (ticketId: string, messageId: string, text: string): Promise<Answer<Ticket>> =>
    this.link.call('Post', ticketId, messageId, text)
  /** Approves, as second person, what somebody else granted. */
  approveRemedy = (ticketId: string, remedyId: string): Promise<Answer<Ticket>> =>
    this.link.call('ApproveRemedy', ticketId, remedyId)
  /** Takes back what waits for approval. */
  takeRemedyBack = (ticketId: string, remedyId: string): Promise<Answer<Ticket>> =>
    this.link.call('TakeRemedyBack', ticketId, remedyId)
  /** Of a conversation that was taken over. */
  resolve = (ticketId: string, disposition: Disposition, note: string | null): Promise<Answer<Ticket>> =>
    this.link.call('Resolve', ticketId, disposition, note)

  /** All that is broken at the campus now; read it by REST after connecting. */
  onIncidentsChanged = (action: (open: IncidentNotice[]) => void): void =>
    this.link.on('IncidentsChanged', action)
  /** Says something to the agent's browser, in a call that is listened to. */
  signal = (ticketId: string, signal: CallSignal): Promise<Answer<unknown>> =>
    this.link.call('Signal', ticketId, signal)
  /** `whispered`, before speaking to the agent alone; of a call that was taken over, what agents say. */
  moveCall = (ticketId: string, step: CallStep): Promise<Answer<Ticket>> =>
    this.link.call('MoveCall', ticketId, step)

  onSignaled = (action: (signal: HeardSignal) => void): void => this.link.on('Signaled', action)
  onWallboardChanged = (action: (wallboard: Wallboard) => void): void =>
    this.link.on('WallboardChanged', action)
  onClockMissed = (action: (alert: ClockAlert) => void): void => this.link.on('ClockMissed', action)
  onRoomChanged = (action: (room: LiveRoom) => void): void => this.link.on('RoomChanged', action)
  onTicketChanged = (action: (news: TicketNews) => void): void => this.link.on('TicketChanged', action)
}
