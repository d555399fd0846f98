import { readToken, type Identity } from '../client/identity'

/** Gives a token of the campus app; null when nobody is signed in. */
export type TokenGiver = () => string | null | Promise<string | null>

/** A token that ends within this many milliseconds is replaced before it is used. */
const NEARLY_OVER = 30_000

/**
 * Who is signed in at the host page, and the token that says so: kept while it is good, asked for again when it is about
 * to end or the gateway refused it. Many who ask at once are one question.
 */
export class TokenSource {
  /** The host page could not say who is signed in. */
  unreachable = false
  private identity: Identity | null = null
  private asking: Promise<Identity | null> | null = null

  constructor(
    private readonly give: TokenGiver,
    private readonly now: () => number = Date.now,
  ) {}

  /** Who it is; null when there is no token, or it can't be had now. */
  async who(): Promise<Identity | null> {
    const known = this.identity
    return known && known.expiresAt > this.now() + NEARLY_OVER ? known : this.renew()
  }

  /** The token for a request; empty when there is none, which the gateway refuses. */
  async token(): Promise<string> {
    return (await this.who())?.token ?? ''
  }

  /** Asks the host page, whatever is known. */
  renew(): Promise<Identity | null> {
    this.asking ??= this.ask().finally(() => (this.asking = null))
    return this.asking
  }

  private async ask(): Promise<Identity | null> {
    try {
      const given = await this.give()
      // Whether it is over is the gateway's to say: the clock of a phone may be wrong.
      this.identity = given ? readToken(given, 0) : null
      this.unreachable = false
    } catch {
      // What we have may still do.
      this.unreachable = true
    }
    return this.identity
  }
}

/** How the script tag says where tokens come from: a function of the page, an address of its site, or the token itself. */
export function giverOf(script: HTMLElement): TokenGiver {
  return () => {
    const { token, tokenUrl, tokenFunction } = script.dataset
    if (tokenFunction) return callOf(tokenFunction)
    return tokenUrl ? fetchToken(tokenUrl) : (token ?? null)
  }
}

/** Calls `app.careToken` of the page. */
async function callOf(path: string): Promise<string | null> {
  const names = path.split('.')
  let owner: unknown = globalThis
  let found: unknown = globalThis
  for (const name of names) [owner, found] = [found, (found as Record<string, unknown> | undefined)?.[name]]
  if (typeof found !== 'function') throw new Error(`There is no function ${path}.`)
  return wordOf(await (found as () => unknown).call(owner))
}

/** The page's own site knows who is signed in: by its cookie. */
async function fetchToken(address: string): Promise<string | null> {
  const response = await fetch(address, {
    credentials: 'same-origin',
    cache: 'no-store',
    headers: { Accept: 'application/json' },
  })
  if (response.status === 401 || response.status === 403) return null
  if (!response.ok) throw new Error(`${address} answered ${response.status}.`)
  return wordOf(await response.json())
}

/** A token, or `{"token": "…"}`. */
function wordOf(answer: unknown): string | null {
  const word = answer !== null && typeof answer === 'object' ? (answer as { token?: unknown }).token : answer
  return typeof word === 'string' && word !== '' ? word : null
}
