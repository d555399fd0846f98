import { computed, shallowRef, type ComputedRef, type ShallowRef } from 'vue'
import type { LiveConversation, LiveRoom, SupervisorHub, Ticket } from '@campuscare/client'
import type { Identity } from '../client/identity'
import { fetchIce } from '../client/rest'
import { useConversations, type Conversations } from '../shared/useConversations'
import { useOutbox, type PageOutbox } from '../shared/useOutbox'
import { useVoice, type Voice } from '../shared/useVoice'

export interface Room {
  /** The campus's conversations as last seen; null before the first answer. */
  room: ShallowRef<LiveRoom | null>
  /** Who waits longest for an answer comes first. */
  lines: ComputedRef<LiveConversation[]>
  conversations: Conversations
  /** What was written: whispers are internal. */
  messages: PageOutbox<{ text: string; internal?: boolean }>
  /** The call that the supervisor took over. */
  voice: Voice
  call: ComputedRef<Ticket | null>
}

/** Who waits for an answer before who doesn't; of each, who began first. */
export function inOrder(conversations: readonly LiveConversation[]): LiveConversation[] {
  const waits = (c: LiveConversation): number => (c.unansweredSince ? 0 : 1)
  const since = (c: LiveConversation): number => Date.parse(c.unansweredSince ?? c.agentSince ?? c.openedAt)
  return [...conversations].sort(
    (a, b) => waits(a) - waits(b) || since(a) - since(b) || a.ticketId.localeCompare(b.ticketId),
  )
}

/** The campus's conversations, those that are read along, and what was written into them. */
export function useRoom(hub: SupervisorHub, identity: Identity): Room {
  const room = shallowRef<LiveRoom | null>(null)

  function take(next: LiveRoom): void {
    if (!room.value || Date.parse(next.at) > Date.parse(room.value.at)) room.value = next
  }

  hub.onRoomChanged(take)
  hub.link.whenOnline(() => void hub.room().then(({ value }) => value && take(value)))
  const conversations = useConversations(hub, (id) => {
    const ticket = conversations.all.get(id)?.ticket
    if (ticket) voice.see(ticket)
  })
  const voice = useVoice({
    hub,
    side: 'answers',
    storageKey: `campuscare.call.supervisor.${identity.campus}.${identity.sub}`,
    fetchIce: () => fetchIce(identity.campus, identity.token),
    speaksIn: (ticket) =>
      ticket.channel === 'voice' && ticket.phase === 'assigned' && ticket.agentId === identity.sub,
    saw: (ticket) => conversations.see(ticket),
  })
  if (voice.ticketId.value !== null) conversations.follow(voice.ticketId.value)
  const messages = useOutbox<{ text: string; internal?: boolean }, Ticket>(
    `campuscare.outbox.supervisor.${identity.campus}.${identity.sub}`,
    hub.link,
    ({ id, lane, payload }) => (payload.internal ? hub.whisper : hub.post)(lane, id, payload.text),
    (_, ticket) => conversations.see(ticket),
  )
  return {
    room,
    lines: computed(() => inOrder(room.value?.conversations ?? [])),
    conversations,
    messages,
    voice,
    call: computed(() => conversations.all.get(voice.ticketId.value ?? '')?.ticket ?? null),
  }
}
