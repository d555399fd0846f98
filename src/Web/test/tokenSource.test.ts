import { afterEach, describe, expect, it, vi } from 'vitest'
import { giverOf, TokenSource } from '../src/widget/tokenSource'

/** A token as the campus app signs it; nobody here checks the signature. */
function tokenOf(sub: string, exp: number): string {
  const claims = { sub, exp, campus: 'north', role: 'Customer' }
  return `e30.${btoa(JSON.stringify(claims))}.e30`
}

describe('a token', () => {
  it('is asked for once while it is good, by however many', async () => {
    const give = vi.fn(() => tokenOf('s1', 1_000))
    const tokens = new TokenSource(give, () => 0)
    const all = await Promise.all([tokens.token(), tokens.token(), tokens.who()])
    expect(all[2]?.sub).toBe('s1')
    expect(await tokens.token()).toBe(tokenOf('s1', 1_000))
    expect(give).toHaveBeenCalledTimes(1)
  })

  it('is replaced shortly before it ends', async () => {
    let now = 0
    const given = [tokenOf('s1', 1_000), tokenOf('s1', 2_000)]
    const tokens = new TokenSource(
      () => given.shift() ?? null,
      () => now,
    )
    expect(await tokens.token()).toBe(tokenOf('s1', 1_000))
    now = 969_000
    expect(await tokens.token()).toBe(tokenOf('s1', 1_000))
    now = 970_000
    expect(await tokens.token()).toBe(tokenOf('s1', 2_000))
  })

  it('stays what it was while the host page can not give another', async () => {
    const give = vi.fn(() => Promise.resolve<string | null>(tokenOf('s1', 1_000)))
    const tokens = new TokenSource(give, () => 2_000_000)
    await tokens.token()
    give.mockRejectedValueOnce(new Error('away'))
    expect(await tokens.token()).toBe(tokenOf('s1', 1_000))
    expect(tokens.unreachable).toBe(true)
    give.mockResolvedValueOnce(null)
    expect(await tokens.who()).toBeNull()
    expect(tokens.unreachable).toBe(false)
    give.mockResolvedValueOnce('no token at all')
    expect(await tokens.token()).toBe('')
  })
})

describe('where tokens come from', () => {
  function withData(data: Record<string, string>): HTMLElement {
    const script = document.createElement('script')
    Object.assign(script.dataset, data)
    return script
  }
  afterEach(() => vi.unstubAllGlobals())

  it('is an attribute, as it stands when it is asked', () => {
    const script = withData({ token: 'a' })
    const give = giverOf(script)
    expect(give()).toBe('a')
    script.dataset.token = 'b'
    expect(give()).toBe('b')
    delete script.dataset.token
    expect(give()).toBeNull()
  })

  it('is a function of the page, called on its owner', async () => {
    vi.stubGlobal('shop', {
      name: 'a',
      care: {
        name: 'b',
        token: function (this: { name: string }) {
          return { token: this.name }
        },
      },
      none: () => null,
    })
    expect(await giverOf(withData({ tokenFunction: 'shop.care.token' }))()).toBe('b')
    expect(await giverOf(withData({ tokenFunction: 'shop.none' }))()).toBeNull()
    await expect(giverOf(withData({ tokenFunction: 'shop.gone.token' }))()).rejects.toThrow('shop.gone.token')
  })

  it('is an address of the page, which says 401 when nobody is signed in', async () => {
    const answers = [
      new Response('{"token":"a"}'),
      new Response('"b"'),
      new Response('', { status: 401 }),
      new Response('', { status: 503 }),
    ]
    vi.stubGlobal('fetch', () => Promise.resolve(answers.shift()))
    const give = giverOf(withData({ tokenUrl: '/care-token' }))
    expect(await give()).toBe('a')
    expect(await give()).toBe('b')
    expect(await give()).toBeNull()
    await expect(give()).rejects.toThrow('503')
  })
})
