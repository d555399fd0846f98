import { shallowRef, type ShallowRef } from 'vue'
import type { ClockAlert } from '@campuscare/client'
import type { Identity } from '../client/identity'
import { fetchTicket } from '../client/rest'
import { withAlert, withTicket, type AlertLine } from './alertList'

export interface Alerts {
  lines: ShallowRef<readonly AlertLine[]>
  take: (alert: ClockAlert) => void
  dismiss: (key: string) => void
}

/** Keeps the alerts that came, and asks, one after the other, what their tickets are about. */
export function useAlerts(identity: Identity): Alerts {
  const lines = shallowRef<readonly AlertLine[]>([])
  /** Tickets that were asked about, whether there was an answer or not. */
  let asked: ReadonlySet<string> = new Set()
  let asking = false

  /** In a storm of alerts those that have left the list again are never asked about. */
  async function describe(): Promise<void> {
    if (asking) return
    asking = true
    for (let next = nextUnknown(); next; next = nextUnknown()) {
      const shown = lines.value.map((line) => line.key)
      asked = new Set([...asked].filter((key) => shown.includes(key)).concat(next.key))
      const ticket = await fetchTicket(identity.campus, next.ticketId, identity.token)
      if (ticket) lines.value = withTicket(lines.value, ticket)
    }
    asking = false
  }

  function nextUnknown(): AlertLine | undefined {
    return lines.value.find((line) => line.ticket === null && !asked.has(line.key))
  }

  return {
    lines,
    take: (alert) => {
      lines.value = withAlert(lines.value, alert)
      void describe()
    },
    dismiss: (key) => (lines.value = lines.value.filter((line) => line.key !== key)),
  }
}
