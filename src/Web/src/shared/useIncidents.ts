import { shallowRef, type ShallowRef } from 'vue'
import type { HubLink, IncidentNotice } from '@campuscare/client'
import { fetchOpenIncidents, IncidentFeed } from './incidents'

interface IncidentHub {
  link: HubLink
  onIncidentsChanged: (action: (open: IncidentNotice[]) => void) => void
}

/** What is broken at the campus now. */
export function useIncidents(hub: IncidentHub, campus: string): ShallowRef<IncidentNotice[]> {
  const open = shallowRef<IncidentNotice[]>([])
  const feed = new IncidentFeed(
    () => fetchOpenIncidents(campus),
    (now) => (open.value = now),
  )
  hub.onIncidentsChanged((now) => feed.hear(now))
  hub.link.whenOnline(() => void feed.load())
  return open
}
