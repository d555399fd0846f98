import { HubConnectionBuilder, HubConnectionState, LogLevel, type HubConnection } from '@microsoft/signalr'
import type { Answer, Problem } from './contracts'

export type LinkState = 'connecting' | 'online' | 'offline' | 'refused'

/** Waits between tries to connect; the last one repeats. A browser that says "back online" ends a wait at once. */
const RECONNECT_MS = [500, 1_000, 2_000, 4_000, 8_000]

/** Of a wait, this part at most is random: a thousand clients that lost one gateway must not come back in one instant. */
const JITTER = 0.4

/** A question is asked so often again, so long apart, while the server is too busy to answer. */
const ASK_AGAIN = 10
const ASK_AGAIN_MS = 2_000

/** No connection: the call was not made, or its answer was lost. */
export const offline: Problem = { code: 'offline' }

/** The server broke while it answered; it may have done what was asked. */
const serverError: Problem = { code: 'serverError' }

/** How the negotiation says that the token is not (or no longer) good for this hub. */
const refusedStatus = /Status code '40[13]'/

/** Codes that say "not now": the same command with the same id may be repeated. */
const passing = new Set([
  'offline',
  'storageUnavailable',
  'overloaded',
  'outcomeUnknown',
  'rateLimited',
  'failed',
])

export function isPassing(problem: Problem): boolean {
  return passing.has(problem.code)
}

/**
 * A connection to one hub that comes back by itself, for as long as the page lives: the first start and every
 * reconnection are the same loop. Whoever uses it resumes in `onOnline`.
 */
export class HubLink {
  state: LinkState = 'connecting'
  private readonly connection: HubConnection
  private readonly onOnline: (() => void)[] = []
  private readonly onState: ((state: LinkState) => void)[] = []
  private wake: () => void = () => {}

  constructor(path: string, token: string) {
    this.connection = new HubConnectionBuilder()
      .withUrl(path, { accessTokenFactory: () => token })
      .configureLogging(LogLevel.None)
      .build()
    addEventListener('online', () => this.wake())
    addEventListener('offline', () => void this.connection.stop())
    document.addEventListener('visibilitychange', () => this.wake())
  }

  /** Calls back after every (re)connection. */
  whenOnline(action: () => void): void {
    this.onOnline.push(action)
  }

  whenStateChanges(action: (state: LinkState) => void): void {
    this.onState.push(action)
  }

  on<T>(message: string, action: (argument: T) => void): void {
    this.connection.on(message, action)
  }

  start(): void {
    this.connection.onclose(() => {
      this.set('offline')
      void this.connect()
    })
    void this.connect()
  }

  /** Calls a method of the hub. Never throws: without a connection the problem is `offline`. */
  async call<T>(method: string, ...args: unknown[]): Promise<Answer<T>> {
    if (this.connection.state !== HubConnectionState.Connected) return { value: null, problem: offline }
    try {
      return await this.connection.invoke<Answer<T>>(method, ...args)
    } catch {
      const connected = this.connection.state === HubConnectionState.Connected
      return { value: null, problem: connected ? serverError : offline }
    }
  }

  /** As `call`, for a method that only reads: asked again, some times, while the server says "not now". */
  async ask<T>(method: string, ...args: unknown[]): Promise<Answer<T>> {
    for (let tries = 0; ; tries++) {
      const answer = await this.call<T>(method, ...args)
      const { problem } = answer
      if (!problem || problem.code === 'offline' || !isPassing(problem) || tries === ASK_AGAIN) return answer
      await new Promise((resolve) => setTimeout(resolve, ASK_AGAIN_MS * (1 + JITTER * Math.random())))
    }
  }

  private async connect(): Promise<void> {
    for (let tries = 0; !(await this.tryStart()); tries++) {
      if (this.state === 'refused') return
      await this.pause(RECONNECT_MS[Math.min(tries, RECONNECT_MS.length - 1)]!)
    }
    for (const action of this.onOnline) action()
  }

  private async tryStart(): Promise<boolean> {
    try {
      await this.connection.start()
      this.set('online')
      return true
    } catch (error) {
      this.set(refusedStatus.test(String(error)) ? 'refused' : 'offline')
      return false
    }
  }

  private pause(milliseconds: number): Promise<void> {
    const wait = milliseconds * (1 - JITTER * Math.random())
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, wait)
      this.wake = () => {
        clearTimeout(timer)
        resolve()
      }
    })
  }

  private set(state: LinkState): void {
    if (this.state === state) return
    this.state = state
    for (const action of this.onState) action(state)
  }
}
