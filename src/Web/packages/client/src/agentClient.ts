import { AgentHub } from './agentHub.js'
import type { AgentDesk, AgentStatus, Answer, Offer, Problem, Ticket } from './contracts.js'
import type { OutboxEntry } from './outbox.js'
import { TalkingClient, type ClientOptions, type Written } from './talkingClient.js'

export interface AgentOptions extends ClientOptions {
  /** The agent's own campus: tickets of others, who borrow the agent, are named with theirs. */
  campus: string
}

/** Somebody who answers: the desk, offers, and words to customers and colleagues, through lost connections and reloads. */
export class AgentClient extends TalkingClient {
  readonly hub: AgentHub
  /** The desk as last seen; null before the first answer. */
  desk: AgentDesk | null = null
  private readonly deskListeners: ((desk: AgentDesk) => void)[] = []
  private readonly offerListeners: ((offer: Offer) => void)[] = []
  private readonly refusalListeners: ((problem: Problem) => void)[] = []

  constructor(options: AgentOptions) {
    const hub = new AgentHub(options, options.campus)
    super(hub, options)
    this.hub = hub
    hub.onDeskChanged((desk) => this.take(desk))
    this.link.whenOnline(() => void this.attend())
  }

  /** Calls back with each desk, never with an older one after a newer one. */
  onDesk(action: (desk: AgentDesk) => void): void {
    this.deskListeners.push(action)
  }

  /** Calls back once for each offer: answer before it expires. */
  onOffer(action: (offer: Offer) => void): void {
    this.offerListeners.push(action)
  }

  /** Calls back when there is no desk for this agent, with the reason. */
  onNoDesk(action: (problem: Problem) => void): void {
    this.refusalListeners.push(action)
  }

  /** Says what the agent does now. */
  async setStatus(status: AgentStatus, reason: string | null = null): Promise<Answer<AgentDesk>> {
    const answer = await this.hub.setStatus(status, reason)
    if (answer.value) this.take(answer.value)
    return answer
  }

  accept({ reservation }: Offer): Promise<Answer<Ticket>> {
    return this.hub.accept(reservation.ticketId, reservation.reservationId)
  }

  reject({ reservation }: Offer, reason: string): Promise<Answer<Ticket>> {
    return this.hub.reject(reservation.ticketId, reservation.reservationId, reason)
  }

  /** Writes for colleagues only, now or when the connection is back. The note's id, or null when too much waits already. */
  note(ticketId: string, text: string): string | null {
    return this.write(ticketId, { text, internal: true })
  }

  protected send({ id, lane, payload }: OutboxEntry<Written>): Promise<Answer<Ticket>> {
    return (payload.internal ? this.hub.note : this.hub.post)(lane, id, payload.text)
  }

  private async attend(): Promise<void> {
    const { value, problem } = await this.hub.desk()
    if (value) this.take(value)
    else if (problem && problem.code !== 'offline') this.refusalListeners.forEach((action) => action(problem))
  }

  /** What is offered is seen on the desk, so no offer is lost with a connection. */
  private take(desk: AgentDesk): void {
    if (this.desk && desk.version <= this.desk.version) return
    const known = new Set(this.desk?.offers.map((offer) => offer.reservation.reservationId))
    this.desk = desk
    this.hub.learn(desk)
    for (const action of this.deskListeners) action(desk)
    for (const offer of desk.offers)
      if (!known.has(offer.reservation.reservationId)) for (const action of this.offerListeners) action(offer)
  }
}
