import { shallowRef, type ShallowRef } from 'vue'
import { newId, type Category, type Incident, type Problem, type SupervisorHub } from '@campuscare/client'
import type { Identity } from '../client/identity'

/** What is said of an incident. */
export interface IncidentWish {
  category: Category
  titleZh: string
  titleEn: string
  adviceZh: string
  adviceEn: string
  since: string | null
  expectedEnd: string | null
}

export interface IncidentDesk {
  /** Those that go on, oldest first; then those that ended, newest first. */
  incidents: ShallowRef<Incident[]>
  declare: (wish: IncidentWish) => Promise<Problem | null>
  /** Refused when somebody else changed it meanwhile. */
  change: (incident: Incident, wish: IncidentWish) => Promise<Problem | null>
  end: (incident: Incident) => Promise<Problem | null>
}

/** The campus's incidents, and what a supervisor says of them. */
export function useIncidentDesk(identity: Identity, hub: SupervisorHub): IncidentDesk {
  const incidents = shallowRef<Incident[]>([])
  const address = `/api/v1/campuses/${encodeURIComponent(identity.campus)}/incidents`

  async function send(method: string, path: string, body?: object, headers = {}): Promise<Response> {
    return fetch(address + path, {
      method,
      headers: {
        Authorization: `Bearer ${identity.token}`,
        ...(body && { 'Content-Type': 'application/json' }),
        ...headers,
      },
      ...(body && { body: JSON.stringify(body) }),
    })
  }

  async function load(): Promise<void> {
    try {
      const response = await send('GET', '?limit=200')
      if (response.ok) incidents.value = (await response.json()) as Incident[]
    } catch {
      // The next connection asks again.
    }
  }

  async function done(asked: Promise<Response>): Promise<Problem | null> {
    try {
      const response = await asked
      const problem = response.ok ? null : ((await response.json()) as Problem)
      await load()
      return problem
    } catch {
      return { code: 'offline' }
    }
  }

  hub.onIncidentsChanged(() => void load())
  hub.link.whenOnline(() => void load())
  return {
    incidents,
    declare: (wish) => done(send('POST', '', wish, { 'Idempotency-Key': newId() })),
    change: (incident, wish) =>
      done(send('PUT', `/${incident.incidentId}`, wish, { 'If-Match': `"${incident.version}"` })),
    end: (incident) => done(send('POST', `/${incident.incidentId}/end`)),
  }
}
