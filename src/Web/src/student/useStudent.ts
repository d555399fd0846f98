import { computed, ref, shallowRef, type ComputedRef, type Ref, type ShallowRef } from 'vue'
import { CustomerHub } from '@campuscare/client'
import type {
  Answer,
  IncidentNotice,
  Channel,
  Problem,
  QueuePlace,
  Ticket,
  TicketPhase,
  TicketSummary,
  Verdict,
} from '@campuscare/client'
import type { LinkState } from '@campuscare/client'
import type { Identity } from '../client/identity'
import { fetchIce } from '../client/rest'
import { useConversations, type Conversations } from '../shared/useConversations'
import { useIncidents } from '../shared/useIncidents'
import { useLink } from '../shared/useLink'
import { useOutbox, type PageOutbox } from '../shared/useOutbox'
import { usePictures, type Pictures } from '../shared/usePictures'
import { useVoice, type Voice } from '../shared/useVoice'

interface Question {
  text: string
  orderNumber: string | null
  /** Asked by a call; in the chat unless said. */
  channel?: Channel
}

export interface Student {
  identity: Identity
  link: Ref<LinkState>
  /** The customer's tickets, newest first; null until they are known. */
  tickets: ShallowRef<TicketSummary[] | null>
  /** What is broken at the campus now. */
  incidents: ShallowRef<IncidentNotice[]>
  conversations: Conversations
  /** Questions that were asked and are not tickets yet. */
  questions: PageOutbox<Question>
  messages: PageOutbox<{ text: string }>
  pictures: Pictures
  voice: Voice
  /** The ticket of the call that this page has. */
  call: ComputedRef<Ticket | null>
  /** The ticket in view; null on the first page. */
  ticketId: Ref<string | null>
  place: ComputedRef<QueuePlace | null>
  show: (ticketId: string | null) => void
  /** False when too much waits already. */
  ask: (question: Question) => boolean
  rate: (ticketId: string, stars: number, comment: string | null) => Promise<Problem | null>
  close: (ticketId: string) => Promise<Problem | null>
  /** Says whether the bot's answer helped, or asks for a person. */
  judge: (ticketId: string, verdict: Verdict) => Promise<Problem | null>
  /** Goes, keeps the place and is called back. */
  keepPlace: (ticketId: string, byPhone: boolean, phone: string | null) => Promise<Problem | null>
}

const LANE_OF_QUESTIONS = 'questions'

/** In these phases the customer still stands in line. */
export const waitingPhases: ReadonlySet<TicketPhase> = new Set<TicketPhase>(['new', 'waiting', 'offered'])

/** Everything that the student page knows and does. */
export function useStudent(identity: Identity): Student {
  const hub = new CustomerHub({ token: identity.token })
  const link = useLink(hub.link)
  const tickets = shallowRef<TicketSummary[] | null>(null)
  const places = shallowRef<ReadonlyMap<string, QueuePlace>>(new Map())
  const ticketId = ref<string | null>(ticketInAddress())
  const incidents = useIncidents(hub, identity.campus)
  const conversations = useConversations(hub, (id) => refreshSummary(id))

  const owner = `${identity.campus}.${identity.sub}`
  const messages = useOutbox<{ text: string }, Ticket>(`campuscare.messages.${owner}`, hub.link, (entry) =>
    hub.post(entry.lane, entry.id, entry.payload.text),
  )
  const questions = useOutbox(
    `campuscare.questions.${owner}`,
    hub.link,
    (entry: { id: string; payload: Question }) => hub.open({ contactId: entry.id, ...entry.payload }),
    (_, opened) => {
      if (opened.place) setPlace(opened.place)
      void loadTickets()
      if (opened.ticket.channel === 'voice') void voice.take(opened.ticket)
      if (ticketId.value === null || opened.ticket.channel === 'voice') show(opened.ticket.ticketId)
    },
  )

  const voice = useVoice({
    hub,
    side: 'offers',
    storageKey: `campuscare.call.${owner}`,
    fetchIce: () => fetchIce(identity.campus, identity.token),
    speaksIn: (ticket) => ticket.phase === 'assigned' && ticket.channel === 'voice',
    saw: (ticket) => conversations.see(ticket),
  })

  function setPlace(place: QueuePlace): void {
    if ((places.value.get(place.ticketId)?.version ?? 0) > place.version) return
    places.value = new Map(places.value).set(place.ticketId, place)
  }

  async function loadTickets(): Promise<void> {
    const { value } = await hub.myTickets()
    if (value) tickets.value = value
  }

  async function loadPlace(id: string): Promise<void> {
    const { value } = await hub.place(id)
    if (value) setPlace(value)
  }

  /** Keeps the list in step with the conversation in view, and asks for the place when waiting begins (again). */
  function refreshSummary(id: string): void {
    const ticket = conversations.all.get(id)?.ticket
    if (!ticket) return
    voice.see(ticket)
    if (!tickets.value?.some((t) => t.ticketId === id)) void loadTickets()
    tickets.value =
      tickets.value?.map((t) =>
        t.ticketId === id ? { ...t, phase: ticket.phase, stars: ticket.stars } : t,
      ) ?? null
    if (waitingPhases.has(ticket.phase)) void loadPlace(id)
  }

  function enter(id: string | null): void {
    const left = ticketId.value
    if (left !== null && left !== id && left !== voice.ticketId.value) conversations.unfollow(left)
    ticketId.value = id
    if (id !== null) conversations.follow(id)
    else void loadTickets()
  }

  function show(id: string | null): void {
    if (id === ticketId.value) return
    history.pushState(null, '', id === null ? location.pathname + location.search : `#ticket=${id}`)
    enter(id)
  }

  async function told(answer: Promise<Answer<Ticket>>): Promise<Problem | null> {
    const { value, problem } = await answer
    if (value) conversations.see(value)
    return problem
  }

  addEventListener('popstate', () => enter(ticketInAddress()))
  hub.onPlaceChanged(setPlace)
  hub.link.whenOnline(() => {
    void loadTickets()
    if (ticketId.value !== null) void loadPlace(ticketId.value)
  })
  if (ticketId.value !== null) conversations.follow(ticketId.value)
  if (voice.ticketId.value !== null) conversations.follow(voice.ticketId.value)
  hub.link.start()

  return {
    identity,
    link,
    tickets,
    incidents,
    conversations,
    questions,
    messages,
    pictures: usePictures(identity.campus, identity.token),
    voice,
    call: computed(() =>
      voice.ticketId.value === null ? null : (conversations.all.get(voice.ticketId.value)?.ticket ?? null),
    ),
    ticketId,
    place: computed(() => (ticketId.value === null ? null : (places.value.get(ticketId.value) ?? null))),
    show,
    ask: (question) => questions.add(LANE_OF_QUESTIONS, question),
    rate: (id, stars, comment) => told(hub.rate(id, stars, comment)),
    close: (id) => told(hub.close(id)),
    judge: (id, verdict) => told(hub.judge(id, verdict)),
    keepPlace: (id, byPhone, phone) => told(hub.keepPlace(id, byPhone, phone)),
  }
}

function ticketInAddress(): string | null {
  return new URLSearchParams(location.hash.slice(1)).get('ticket')
}
