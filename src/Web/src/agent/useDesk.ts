import { computed, ref, shallowRef, watch, type ComputedRef, type Ref, type ShallowRef } from 'vue'
import { AgentHub, type Target } from '@campuscare/client'
import type {
  AgentDesk,
  AgentStatus,
  Answer,
  Colleague,
  Disposition,
  IncidentNotice,
  Offer,
  Problem,
  Ticket,
  TicketSummary,
} from '@campuscare/client'
import type { LinkState } from '@campuscare/client'
import type { Identity } from '../client/identity'
import { fetchColleagues, fetchIce } from '../client/rest'
import { useConversations, type Conversation, type Conversations } from '../shared/useConversations'
import { useIncidents } from '../shared/useIncidents'
import { useLink } from '../shared/useLink'
import { useOutbox, type PageOutbox } from '../shared/useOutbox'
import { usePictures, type Pictures } from '../shared/usePictures'
import { useVoice, type Voice } from '../shared/useVoice'
import { closePane, openPane, type Panes } from './panes'
import { relationOf, type Relation } from './relation'

/** A line of the list: a ticket of the desk, or one that left it while its pane is open. */
export interface DeskEntry {
  ticketId: string
  ticket: Ticket
  conversation: Conversation | undefined
  onDesk: boolean
  relation: Relation
}

/** What an agent writes: to the customer, or for colleagues only. */
type Written = { text: string; internal?: boolean }

export interface Desk {
  identity: Identity
  link: Ref<LinkState>
  desk: ShallowRef<AgentDesk | null>
  /** Why there is no desk. */
  problem: ShallowRef<Problem | null>
  entries: ComputedRef<DeskEntry[]>
  /** What is broken at the campus now. */
  incidents: ShallowRef<IncidentNotice[]>
  conversations: Conversations
  messages: PageOutbox<Written>
  pictures: Pictures
  voice: Voice
  /** Who may be asked, or take a ticket over; null until somebody wanted to know. */
  colleagues: ShallowRef<Colleague[] | null>
  loadColleagues: () => Promise<void>
  /** An agent's name as far as it is known; else the id. */
  nameOf: (agentId: string) => string
  isMe: (agentId: string) => boolean
  panes: ShallowRef<Panes>
  /** How many panes fit; the page measures it. */
  room: Ref<number>
  open: (ticketId: string) => void
  close: (ticketId: string) => void
  setStatus: (status: AgentStatus, reason: string | null) => Promise<Problem | null>
  accept: (offer: Offer) => Promise<Problem | null>
  decline: (offer: Offer, reason: string) => Promise<Problem | null>
  resolve: (ticketId: string, disposition: Disposition | null, note: string | null) => Promise<Problem | null>
  wrapUp: (ticketId: string, disposition: Disposition, note: string | null) => Promise<Problem | null>
  handOver: (ticketId: string, to: Target, note: string | null) => Promise<Problem | null>
  ask: (ticketId: string, consultId: string, question: string, to: Target) => Promise<Problem | null>
  promise: (ticketId: string, dueAt: string, words: string | null) => Promise<Problem | null>
  grantRemedy: (ticketId: string, rule: string) => Promise<Problem | null>
  takeRemedyBack: (ticketId: string, remedyId: string) => Promise<Problem | null>
  customerTickets: (ticketId: string) => Promise<Answer<TicketSummary[]>>
  showPhone: (ticketId: string) => Promise<Answer<{ number: string }>>
}

/** Everything that the workspace knows and does. After a reload or a lost connection, Desk and Watch bring it back. */
export function useDesk(identity: Identity): Desk {
  const hub = new AgentHub({ token: identity.token }, identity.campus)
  const owner = `${identity.campus}.${identity.sub}`
  const panesKey = `campuscare.panes.${owner}`
  const desk = shallowRef<AgentDesk | null>(null)
  const problem = shallowRef<Problem | null>(null)
  const panes = shallowRef<Panes>(loadPanes(panesKey))
  const room = ref(1)
  const conversations = useConversations(hub, (id) => {
    const ticket = conversations.all.get(id)?.ticket
    if (ticket) voice.see(ticket)
  })
  const incidents = useIncidents(hub, identity.campus)
  const voice = useVoice({
    hub,
    side: 'answers',
    storageKey: `campuscare.call.${owner}`,
    fetchIce: () => fetchIce(identity.campus, identity.token),
    speaksIn: isMyCall,
    saw: (ticket) => conversations.see(ticket),
  })
  const messages = useOutbox<Written, Ticket>(`campuscare.messages.${owner}`, hub.link, (entry) =>
    (entry.payload.internal ? hub.note : hub.post)(entry.lane, entry.id, entry.payload.text),
  )
  const colleagues = shallowRef<Colleague[] | null>(null)

  const entries = computed<DeskEntry[]>(() => {
    const onDesk = desk.value?.tickets.map((t) => t.ticketId) ?? []
    const lingering = panes.value.open.filter((id) => !onDesk.includes(id))
    return [...onDesk, ...lingering].flatMap((ticketId) => {
      const conversation = conversations.all.get(ticketId)
      const ticket = conversation?.ticket ?? desk.value?.tickets.find((t) => t.ticketId === ticketId)
      if (!ticket) return []
      const relation = relationOf(ticket, desk.value?.tickets ?? [], isMe)
      return [{ ticketId, ticket, conversation, onDesk: relation === 'mine', relation }]
    })
  })

  function take(next: AgentDesk): void {
    if (desk.value && desk.value.version > next.version) return
    hub.learn(next)
    const known = desk.value?.tickets.map((t) => t.ticketId)
    desk.value = { ...next, offers: byDeadline(next.offers), tickets: inKnownOrder(next.tickets) }
    for (const ticket of next.tickets) {
      conversations.follow(ticket.ticketId)
      conversations.see(ticket)
    }
    // A queue may accept in the agent's name: the call is where the agent looks.
    const call = known && next.tickets.find((t) => isMyCall(t) && !known.includes(t.ticketId))
    if (call && document.hasFocus() && voice.ticketId.value === null) void voice.take(call)
    forget()
  }

  /** A conversation keeps its place in the list, and so its number, while others come and go. */
  function inKnownOrder(tickets: Ticket[]): Ticket[] {
    const known = desk.value?.tickets.map((t) => t.ticketId) ?? []
    const place = (t: Ticket): number =>
      known.includes(t.ticketId) ? known.indexOf(t.ticketId) : known.length
    return tickets.toSorted((a, b) => place(a) - place(b) || a.openedAt.localeCompare(b.openedAt))
  }

  /** Stops following what is neither on the desk nor in an open pane. */
  function forget(): void {
    const needed = new Set([...(desk.value?.tickets.map((t) => t.ticketId) ?? []), ...panes.value.open])
    for (const ticketId of [...conversations.all.keys()])
      if (!needed.has(ticketId)) conversations.unfollow(ticketId)
  }

  function setOffers(offers: Offer[]): void {
    if (!desk.value) return
    desk.value = { ...desk.value, offers: byDeadline(offers) }
    hub.learn(desk.value)
  }

  function withdraw(reservationId: string): void {
    setOffers(desk.value?.offers.filter((o) => o.reservation.reservationId !== reservationId) ?? [])
  }

  function add(offer: Offer): void {
    const others = desk.value?.offers.filter(
      (o) => o.reservation.reservationId !== offer.reservation.reservationId,
    )
    setOffers([...(others ?? []), offer])
  }

  /** The desk's own news of an accepted ticket comes a moment later. */
  function keep(ticket: Ticket): void {
    if (!desk.value || desk.value.tickets.some((t) => t.ticketId === ticket.ticketId)) return
    desk.value = { ...desk.value, tickets: [...desk.value.tickets, ticket] }
    hub.learn(desk.value)
  }

  function open(ticketId: string): void {
    conversations.follow(ticketId)
    panes.value = openPane(panes.value, ticketId, room.value)
    forget()
  }

  function close(ticketId: string): void {
    panes.value = closePane(panes.value, ticketId)
    forget()
  }

  async function told(answer: Promise<Answer<Ticket>>): Promise<Problem | null> {
    const { value, problem } = await answer
    if (value) conversations.see(value)
    return problem
  }

  async function accept(offer: Offer): Promise<Problem | null> {
    const { ticketId, reservationId } = offer.reservation
    const { value, problem } = await hub.accept(ticketId, reservationId)
    if (value) {
      keep(value)
      open(ticketId)
      if (isMyCall(value)) void voice.take(value)
    }
    if (value || problem?.code === 'offerGone') withdraw(reservationId)
    return problem
  }

  async function decline(offer: Offer, reason: string): Promise<Problem | null> {
    const { ticketId, reservationId } = offer.reservation
    const { value, problem } = await hub.reject(ticketId, reservationId, reason)
    if (value || problem?.code === 'offerGone') withdraw(reservationId)
    return problem
  }

  async function loadColleagues(): Promise<void> {
    const all = await fetchColleagues(identity.campus, identity.token)
    if (all) colleagues.value = all.filter((c) => c.agentId !== identity.sub).toSorted(atWorkFirst)
  }

  function isMyCall(ticket: Ticket): boolean {
    return ticket.channel === 'voice' && ticket.phase === 'assigned' && isMe(ticket.agentId ?? '')
  }

  /** An agent who is lent goes by the own campus and id. */
  function isMe(agentId: string): boolean {
    return agentId === identity.sub || agentId === `${identity.campus}/${identity.sub}`
  }

  function nameOf(agentId: string): string {
    if (isMe(agentId)) return desk.value?.name ?? identity.name
    const known = colleagues.value?.find((c) => c.agentId === agentId)?.name
    if (known) return known
    for (const { events } of conversations.all.values()) {
      const name = events.findLast((e) => e.authorId === agentId && e.authorName)?.authorName
      if (name) return name
    }
    return agentId
  }

  async function loadDesk(): Promise<void> {
    const answer = await hub.desk()
    problem.value = answer.problem?.code === 'offline' ? null : answer.problem
    if (answer.value) take(answer.value)
  }

  hub.onDeskChanged(take)
  hub.onOffered(add)
  hub.onOfferWithdrawn(withdraw)
  hub.link.whenOnline(() => void loadDesk())
  watch(panes, (value) => localStorage.setItem(panesKey, JSON.stringify(value)))
  panes.value.open.forEach((id) => conversations.follow(id))
  const link = useLink(hub.link)
  hub.link.start()

  return {
    identity,
    link,
    desk,
    problem,
    entries,
    conversations,
    incidents,
    messages,
    pictures: usePictures(identity.campus, identity.token),
    voice,
    colleagues,
    loadColleagues,
    nameOf,
    isMe,
    panes,
    room,
    open,
    close,
    setStatus: async (status, reason) => {
      const { value, problem } = await hub.setStatus(status, reason)
      if (value) take(value)
      return problem
    },
    accept,
    decline,
    resolve: (id, disposition, note) => told(hub.resolve(id, disposition, note)),
    wrapUp: (id, disposition, note) => told(hub.wrapUp(id, disposition, note)),
    handOver: (id, to, note) => told(hub.transfer(id, to, note)),
    ask: (id, consultId, question, to) => told(hub.consult(id, consultId, question, to)),
    promise: (id, dueAt, words) => told(hub.promise(id, dueAt, words)),
    grantRemedy: (id, rule) => told(hub.grantRemedy(id, rule)),
    takeRemedyBack: (id, remedyId) => told(hub.takeRemedyBack(id, remedyId)),
    customerTickets: (id) => hub.customerTickets(id),
    showPhone: (id) => hub.showPhone(id),
  }
}

function atWorkFirst(a: Colleague, b: Colleague): number {
  const away = (c: Colleague): number => (c.status === 'available' ? 0 : 1)
  return away(a) - away(b)
}

/** The offer that ends first stands first, and is the one that a key accepts. */
function byDeadline(offers: Offer[]): Offer[] {
  return offers.toSorted((a, b) => a.reservation.expiresAt.localeCompare(b.reservation.expiresAt))
}

function loadPanes(key: string): Panes {
  const stored = localStorage.getItem(key)
  return stored ? (JSON.parse(stored) as Panes) : { open: [], focused: null }
}
