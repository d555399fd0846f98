import type { Campus, CampusForecast, Colleague, Ticket } from '@campuscare/client'

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

/** What came today and what is told; null when it can't be read now. */
export function fetchForecast(campus: string, token: string): Promise<CampusForecast | null> {
  return fetchOf(campus, 'forecast', token)
}

/** Pages of colleagues that are read at most: many times what a campus has. */
const MAX_PAGES = 20

/** Everybody who answers at a campus, by name; null when it can't be read now. */
export async function fetchColleagues(campus: string, token: string): Promise<Colleague[] | null> {
  const all: Colleague[] = []
  let next: string | null = `${addressOf(campus, 'agents')}?limit=200`
  for (let pages = 0; next && pages < MAX_PAGES; pages++) {
    const response = await fetchWith(next, token)
    if (!response) return null
    all.push(...((await response.json()) as Colleague[]))
    next = /<([^>]+)>; rel="next"/.exec(response.headers.get('link') ?? '')?.[1] ?? null
  }
  return all.sort((a, b) => a.name.localeCompare(b.name))
}

async function fetchOf<T>(campus: string, what: string, token: string): Promise<T | null> {
  const response = await fetchWith(addressOf(campus, what), token)
  return response ? ((await response.json()) as T) : null
}

function addressOf(campus: string, what: string): string {
  return `/api/v1/campuses/${encodeURIComponent(campus)}/${what}`
}

async function fetchWith(address: string, token: string): Promise<Response | null> {
  try {
    const response = await fetch(address, { headers: { Authorization: `Bearer ${token}` } })
    return response.ok ? response : null
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

/** The servers through which browsers reach each other in a call, with credentials for a while; none when they can't be had now. */
export async function fetchIce(campus: string, token: string): Promise<RTCIceServer[]> {
  const setup = await fetchOf<{
    iceServers: { urls: string[]; username: string | null; credential: string | null }[]
  }>(campus, 'voice', token)
  return (setup?.iceServers ?? []).map(({ urls, username, credential }) =>
    username && credential ? { urls, username, credential } : { urls },
  )
}
