import type { CustomerRole } from '@campuscare/client'
import { finishSignIn } from './openid'

export type Role =
  'Customer' | 'Agent' | 'Expert' | 'QualityInspector' | 'Supervisor' | 'CampusAdmin' | 'PlatformAdmin'

/** Who a token speaks for. The server checks the token; the page only reads it. */
export interface Identity {
  token: string
  sub: string
  campus: string
  role: Role
  name: string
  kind: CustomerRole
  expiresAt: number
}

/** Reads a token's claims; null when it is none, or its time is over. */
export function readToken(token: string, now: number): Identity | null {
  try {
    const payload = token.split('.')[1]!.replaceAll('-', '+').replaceAll('_', '/')
    const bytes = Uint8Array.from(atob(payload), (c) => c.charCodeAt(0))
    const claims = JSON.parse(new TextDecoder().decode(bytes)) as Record<string, string> & { exp: number }
    if (!claims.sub || !claims.campus || !claims.role || claims.exp * 1000 <= now) return null
    const kind = claims.kind?.toLowerCase()
    return {
      token,
      sub: claims.sub,
      campus: claims.campus,
      role: claims.role as Role,
      name: claims.name ?? claims.sub,
      kind: kind === 'rider' || kind === 'merchant' ? kind : 'student',
      expiresAt: claims.exp * 1000,
    }
  } catch {
    return null
  }
}

/**
 * Who uses this page. A token in the address's fragment (a sign-in link) or the end of a sign-in at the staff's
 * provider replaces what this tab knew, and leaves the address. Null when there is neither, it is over, or it is for
 * another kind of page.
 */
export async function signIn(page: string, roles: readonly Role[]): Promise<Identity | null> {
  const offered = new URLSearchParams(location.hash.slice(1)).get('token')
  if (offered) history.replaceState(null, '', location.pathname + location.search)
  const arrived = offered ? readToken(offered, Date.now()) : await finishSignIn(roles)
  if (arrived) sessionStorage.setItem(keyOf(page), JSON.stringify(arrived))
  const identity = arrived ?? (JSON.parse(sessionStorage.getItem(keyOf(page)) ?? 'null') as Identity | null)
  return identity && identity.expiresAt > Date.now() && roles.includes(identity.role) ? identity : null
}

/** A sign-in link opened in a tab that has the page already changes only the fragment: take the new token. */
export function reloadOnNewLink(): void {
  addEventListener('hashchange', () => {
    if (location.hash.startsWith('#token=')) location.reload()
  })
}

export function signOut(page: string): void {
  sessionStorage.removeItem(keyOf(page))
}

const keyOf = (page: string): string => `campuscare.identity.${page}`
