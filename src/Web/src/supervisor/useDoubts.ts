import { shallowRef, type ShallowRef } from 'vue'
import type { DoubtCase, Problem, SupervisorHub } from '@campuscare/client'
import type { Identity } from '../client/identity'

export interface DoubtDesk {
  /** Those that nobody has looked at, newest first. */
  open: ShallowRef<DoubtCase[]>
  load: () => Promise<void>
  /** Looked at, and fine. */
  clear: (ticketId: string) => Promise<Problem | null>
}

/** What a supervisor looks at before something is given. */
export function useDoubts(identity: Identity, hub: SupervisorHub): DoubtDesk {
  const open = shallowRef<DoubtCase[]>([])
  const address = `/api/v1/campuses/${encodeURIComponent(identity.campus)}`
  const headers = { Authorization: `Bearer ${identity.token}` }

  async function load(): Promise<void> {
    try {
      const response = await fetch(`${address}/remedies/doubts`, { headers })
      if (response.ok)
        open.value = ((await response.json()) as DoubtCase[]).filter((it) => it.clearedBy === null)
    } catch {
      // The next connection asks again.
    }
  }

  async function clear(ticketId: string): Promise<Problem | null> {
    try {
      const path = `${address}/tickets/${encodeURIComponent(ticketId)}/remedies/doubts/clear`
      const response = await fetch(path, { method: 'POST', headers })
      const problem = response.ok ? null : ((await response.json()) as Problem)
      await load()
      return problem
    } catch {
      return { code: 'offline' }
    }
  }

  hub.link.whenOnline(() => void load())
  return { open, load, clear }
}
