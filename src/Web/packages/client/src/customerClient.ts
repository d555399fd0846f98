import type { Answer, Opened, QueuePlace, Ticket } from './contracts.js'
import { CustomerHub } from './customerHub.js'
import { newId } from './newId.js'
import type { OutboxEntry } from './outbox.js'
import { TalkingClient, type ClientOptions, type Written } from './talkingClient.js'

/** New questions wait for each other, as the words of one ticket do. */
const QUESTIONS = ''

/** More places than one person waits for; beyond it all are forgotten. */
const MAX_PLACES = 100

/** A student, rider or merchant: asks, follows and writes, through lost connections and reloads. */
export class CustomerClient extends TalkingClient<Opened> {
  readonly hub: CustomerHub
  private readonly asking = new Map<string, (ticket: Ticket) => void>()
  private readonly places = new Map<string, QueuePlace>()

  constructor(options: ClientOptions) {
    const hub = new CustomerHub(options)
    super(hub, options)
    this.hub = hub
    this.whenSent(({ id }, { ticket }) => {
      this.asking.get(id)?.(ticket)
      this.asking.delete(id)
    })
  }

  /** Asks for help, now or when the connection is back; resolves when the gateway has it. */
  openContact(text: string, orderNumber: string | null = null): Promise<Ticket> {
    const id = newId()
    return new Promise((resolve, reject) => {
      this.asking.set(id, resolve)
      if (this.write(QUESTIONS, { text, orderNumber }, id)) return
      this.asking.delete(id)
      reject(new Error('Too much waits to be sent.'))
    })
  }

  /** Where a watched ticket stands in its line; never an older place after a newer one. */
  onPlace(action: (place: QueuePlace) => void): void {
    this.hub.onPlaceChanged((place) => {
      if ((this.places.get(place.ticketId)?.version ?? 0) >= place.version) return
      if (this.places.size >= MAX_PLACES) this.places.clear()
      this.places.set(place.ticketId, place)
      action(place)
    })
  }

  protected async send({ id, lane, payload }: OutboxEntry<Written>): Promise<Answer<Opened>> {
    const { text, orderNumber = null } = payload
    if (lane === QUESTIONS) return this.hub.open({ contactId: id, text, orderNumber })
    const { value, problem } = await this.hub.post(lane, id, text)
    return { value: value && { ticket: value, place: null }, problem }
  }
}
