import { HubConnectionState } from '@microsoft/signalr'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { HubLink } from '@campuscare/client'

/** A connection that starts at once, and answers as it was told. */
class Fake {
  state = HubConnectionState.Disconnected
  starts = 0
  private closed = (): void => {}

  constructor(readonly invoke: () => Promise<never>) {}

  onclose(action: () => void): void {
    this.closed = action
  }

  start(): Promise<void> {
    this.starts++
    this.state = HubConnectionState.Connected
    return Promise.resolve()
  }

  stop(): Promise<void> {
    this.state = HubConnectionState.Disconnected
    this.closed()
    return Promise.resolve()
  }
}

const hub = vi.hoisted((): { connection: unknown } => ({ connection: null }))

vi.mock('@microsoft/signalr', async (original) => ({
  ...(await original<object>()),
  HubConnectionBuilder: class {
    withUrl = () => this
    configureLogging = () => this
    build = () => hub.connection
  },
}))

async function linkOver(connection: Fake): Promise<HubLink> {
  hub.connection = connection
  const link = new HubLink('/hubs/customer', { token: 'any' })
  link.start()
  await vi.advanceTimersByTimeAsync(0)
  return link
}

beforeEach(() => {
  vi.useFakeTimers()
})

afterEach(() => {
  vi.useRealTimers()
})

it('ends a connection that does not answer, and connects again', async () => {
  const connection = new Fake(() => new Promise(() => {}))
  const link = await linkOver(connection)
  const call = link.call('Post', 'ticket', 'id', 'text')
  await vi.advanceTimersByTimeAsync(34_000)
  expect(connection.starts).toBe(1)
  await vi.advanceTimersByTimeAsync(1_000)
  expect(await call).toEqual({ value: null, problem: { code: 'offline' } })
  expect(connection.starts).toBe(2)
  expect(link.state).toBe('online')
})

it('ends a connection that loses words though its stream goes on', async () => {
  const connection = new Fake(() => Promise.reject(new TypeError('fetch failed')))
  const link = await linkOver(connection)
  expect(await link.call('Post', 'ticket', 'id', 'text')).toEqual({
    value: null,
    problem: { code: 'offline' },
  })
  await vi.advanceTimersByTimeAsync(0)
  expect(connection.starts).toBe(2)
})

it('takes what the hub threw for an answer', async () => {
  const connection = new Fake(() => Promise.reject(new Error('An unexpected error occurred.')))
  const link = await linkOver(connection)
  expect(await link.call('Post', 'ticket', 'id', 'text')).toEqual({
    value: null,
    problem: { code: 'serverError' },
  })
  expect(connection.starts).toBe(1)
})
