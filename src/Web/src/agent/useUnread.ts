import { shallowRef, watchEffect, type ShallowRef } from 'vue'
import type { TicketEvent } from '@campuscare/client'
import type { Desk, DeskEntry } from './useDesk'

export interface Unread {
  /** The customer's messages that the agent has not had in view. */
  count: (entry: DeskEntry) => number
  /** Since when the customer waits for a word, ISO-8601; null when the agent spoke last. */
  waitingSince: (entry: DeskEntry) => string | null
}

/** Many times what one agent has at once; older ones are forgotten. */
const MAX_REMEMBERED = 200

const fromCustomer = (event: TicketEvent): boolean =>
  event.author === 'customer' && (event.type === 'message' || event.type === 'evidence')

/** Counts what was not seen. What was seen, per ticket, is kept in this browser. */
export function useUnread(desk: Desk, inView: () => readonly string[]): Unread {
  const key = `campuscare.read.${desk.identity.campus}.${desk.identity.sub}`
  const read: ShallowRef<Record<string, number>> = shallowRef(
    JSON.parse(localStorage.getItem(key) ?? '{}') as Record<string, number>,
  )
  const visible = shallowRef(!document.hidden)
  document.addEventListener('visibilitychange', () => (visible.value = !document.hidden))

  watchEffect(() => {
    if (!visible.value) return
    const seen = desk.entries.value.filter((e) => inView().includes(e.ticketId))
    const news = seen.filter((e) => lastSeq(e) > (read.value[e.ticketId] ?? 0))
    if (news.length === 0) return
    const fresh = news.map((e) => [e.ticketId, lastSeq(e)] as const)
    const others = Object.entries(read.value).filter(([id]) => !fresh.some(([ticketId]) => ticketId === id))
    read.value = Object.fromEntries([...others, ...fresh].slice(-MAX_REMEMBERED))
    localStorage.setItem(key, JSON.stringify(read.value))
  })

  return {
    count: (entry) => {
      const after = read.value[entry.ticketId] ?? 0
      return entry.conversation?.events.filter((e) => e.seq > after && fromCustomer(e)).length ?? 0
    },
    waitingSince: (entry) => {
      const words =
        entry.conversation?.events.filter(
          (e) => (e.type === 'message' && e.author !== 'system') || e.type === 'opened',
        ) ?? []
      const answered = words.findLastIndex((e) => e.author === 'agent' || e.author === 'supervisor')
      return words[answered + 1]?.at ?? null
    },
  }
}

function lastSeq(entry: DeskEntry): number {
  return entry.conversation?.events.at(-1)?.seq ?? 0
}
