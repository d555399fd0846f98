import type { Identity, Role } from './identity'

/** Where staff sign in, as the gateway says it. */
export interface SignInPlace {
  authority: string
  clientId: string
  scope: string
  /** The demo's issuer: it lets in whom the hint names. */
  asAnybody: boolean
}

interface Begun {
  state: string
  verifier: string
  page: string
  search: string
}

interface Me {
  campus: string
  id: string
  name: string
  roles: string[]
  expiresAt: string
}

const begunKey = 'campuscare.signIn'

export async function signInPlace(): Promise<SignInPlace | null> {
  return fetchJson<SignInPlace>('/api/v1/sign-in')
}

/** Sends the visitor to the provider (code flow with PKCE); it sends them back to this very page. */
export async function beginSignIn(place: SignInPlace, hint?: unknown): Promise<boolean> {
  const provider = await discover(place)
  if (!provider) return false
  const begun: Begun = {
    state: random(),
    verifier: random(),
    page: location.pathname,
    search: location.search + location.hash,
  }
  sessionStorage.setItem(begunKey, JSON.stringify(begun))
  const query = new URLSearchParams({
    response_type: 'code',
    client_id: place.clientId,
    redirect_uri: location.origin + location.pathname,
    scope: place.scope,
    state: begun.state,
    code_challenge: await challengeOf(begun.verifier),
    code_challenge_method: 'S256',
  })
  if (hint) query.set('login_hint', JSON.stringify(hint))
  location.assign(`${provider.authorization_endpoint}?${query}`)
  return true
}

/** Ends a sign-in that this tab began: takes the code out of the address, and exchanges it. Null when there is none. */
export async function finishSignIn(roles: readonly Role[]): Promise<Identity | null> {
  const answer = new URLSearchParams(location.search)
  const code = answer.get('code')
  const begun = JSON.parse(sessionStorage.getItem(begunKey) ?? 'null') as Begun | null
  if (!begun || begun.page !== location.pathname || answer.get('state') !== begun.state) return null
  sessionStorage.removeItem(begunKey)
  history.replaceState(null, '', location.pathname + begun.search)
  const place = code ? await signInPlace() : null
  const provider = place && (await discover(place))
  if (!code || !place || !provider) return null
  const tokens = await fetchJson<{ access_token: string }>(provider.token_endpoint, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'authorization_code',
      code,
      code_verifier: begun.verifier,
      client_id: place.clientId,
      redirect_uri: location.origin + location.pathname,
    }),
  })
  return tokens && identityOf(tokens.access_token, roles)
}

/** The names of roles and claims are the provider's own: the gateway says what they mean. */
async function identityOf(token: string, roles: readonly Role[]): Promise<Identity | null> {
  const me = await fetchJson<Me>('/api/v1/me', { headers: { Authorization: `Bearer ${token}` } })
  const role = roles.find((r) => me?.roles.some((mine) => mine.toLowerCase() === r.toLowerCase()))
  return me && role
    ? {
        token,
        sub: me.id,
        campus: me.campus,
        role,
        name: me.name,
        kind: 'student',
        expiresAt: Date.parse(me.expiresAt),
      }
    : null
}

/** What the provider says of itself; it must be the one that we asked for. */
async function discover(
  place: SignInPlace,
): Promise<{ authorization_endpoint: string; token_endpoint: string } | null> {
  const found = await fetchJson<{ issuer: string; authorization_endpoint: string; token_endpoint: string }>(
    `${place.authority}/.well-known/openid-configuration`,
  )
  return found && found.issuer.replace(/\/$/, '') === place.authority ? found : null
}

async function fetchJson<T>(address: string, init?: RequestInit): Promise<T | null> {
  try {
    const response = await fetch(address, init)
    return response.ok ? ((await response.json()) as T) : null
  } catch {
    return null
  }
}

/** 256 bits, as a verifier and a state need them. */
function random(): string {
  return base64Url(crypto.getRandomValues(new Uint8Array(32)))
}

async function challengeOf(verifier: string): Promise<string> {
  return base64Url(new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(verifier))))
}

function base64Url(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '')
}
