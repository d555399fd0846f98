import type { CustomerRole } from './contracts'

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
 * Signs in by link: a token in the address's fragment replaces the one of this tab and leaves the address. Null when
 * there is none, it is over, or it is for another kind of page.
 */
export function signIn(page: string, roles: readonly Role[]): Identity | null {
  const key = `campuscare.token.${page}`
  const offered = new URLSearchParams(location.hash.slice(1)).get('token')
  if (offered) {
    sessionStorage.setItem(key, offered)
    history.replaceState(null, '', location.pathname + location.search)
  }
  const token = sessionStorage.getItem(key)
  const identity = token ? readToken(token, Date.now()) : null
  return identity && roles.includes(identity.role) ? identity : null
}

/** A sign-in link opened in a tab that has the page already changes only the fragment: take the new token. */
export function reloadOnNewLink(): void {
  addEventListener('hashchange', () => {
    if (location.hash.startsWith('#token=')) location.reload()
  })
}

export function signOut(page: string): void {
  sessionStorage.removeItem(`campuscare.token.${page}`)
}
