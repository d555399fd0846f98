import { shallowRef, type ShallowRef } from 'vue'
import type { Answer } from '@campuscare/client'
import { isPassing, type HubLink } from '@campuscare/client'
import { newId } from '@campuscare/client'
import { Outbox, type OutboxEntry } from '@campuscare/client'
import type { Echo } from './thread'

/** Acknowledged messages whose event is awaited; the feed brings it within moments, so few are ever kept. */
const MAX_ECHOES = 50

export interface PageOutbox<P> {
  entries: ShallowRef<readonly OutboxEntry<P>[]>
  echoes: ShallowRef<readonly Echo[]>
  /** False when too much waits already. */
  add: (lane: string, payload: P) => boolean
  retry: (id: string) => void
  remove: (id: string) => void
}

/** The outbox of a page: survives reloads in this browser, sends whenever the link is there. */
export function useOutbox<P extends { text: string; internal?: boolean }, T>(
  key: string,
  link: HubLink,
  send: (entry: OutboxEntry<P>) => Promise<Answer<T>>,
  sent: (entry: OutboxEntry<P>, value: T) => void = () => {},
): PageOutbox<P> {
  const entries = shallowRef<readonly OutboxEntry<P>[]>([])
  const echoes = shallowRef<readonly Echo[]>([])
  const outbox = new Outbox<P>({
    storage: localStorage,
    key,
    after: (milliseconds, action) => setTimeout(action, milliseconds),
    changed: () => (entries.value = [...outbox.entries]),
    deliver: async (entry) => {
      const { value, problem } = await send(entry)
      if (problem) return isPassing(problem) ? 'later' : problem
      const { text, internal } = entry.payload
      const echo = { id: entry.id, lane: entry.lane, text, internal, at: entry.at }
      echoes.value = [...echoes.value, echo].slice(-MAX_ECHOES)
      if (value) sent(entry, value)
      return 'done'
    },
  })
  entries.value = [...outbox.entries]
  link.whenOnline(() => outbox.flush())
  return {
    entries,
    echoes,
    add: (lane, payload) => outbox.add(newId(), lane, payload, new Date().toISOString()),
    retry: (id) => outbox.retry(id),
    remove: (id) => outbox.remove(id),
  }
}
