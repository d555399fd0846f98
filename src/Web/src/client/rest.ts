import type { Campus, Colleague, Ticket } from '@campuscare/client'

export interface CampusAnswer {
  campus: Campus
  /** The server's clock, as the Date header says it. */
  date: string | null
}

export async function fetchCampus(campus: string): Promise<CampusAnswer | null> {
  try {
    const response = await fetch(`/api/v1/campuses/${encodeURIComponent(campus)}`)
    if (!response.ok) return null
    return { campus: (await response.json()) as Campus, date: response.headers.get('date') }
  } catch {
    return null
  }
}

/** A ticket as it stands; null when it can't be read now. */
export function fetchTicket(campus: string, ticketId: string, token: string): Promise<Ticket | null> {
  return fetchOf(campus, `tickets/${encodeURIComponent(ticketId)}`, token)
}

/** Everybody who answers at a campus; null when it can't be read now. */
export function fetchColleagues(campus: string, token: string): Promise<Colleague[] | null> {
  return fetchOf(campus, 'agents', token)
}

async function fetchOf<T>(campus: string, what: string, token: string): Promise<T | null> {
  try {
    const response = await fetch(`/api/v1/campuses/${encodeURIComponent(campus)}/${what}`, {
      headers: { Authorization: `Bearer ${token}` },
    })
    return response.ok ? ((await response.json()) as T) : null
  } catch {
    return null
  }
}

export interface DemoIdentity {
  campus: string
  role: string
  sub: string
  name: string
  kind?: string
}

/** Somebody to be in the demo, and what to call the button. */
export interface DemoPerson {
  label: string
  identity: DemoIdentity
}

/** Asks the demo's issuer for a token; null where there is no such issuer. */
export async function demoToken(identity: DemoIdentity): Promise<string | null> {
  try {
    const response = await fetch('/demo/tokens', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(identity),
    })
    return response.ok ? ((await response.json()) as { token: string }).token : null
  } catch {
    return null
  }
}
