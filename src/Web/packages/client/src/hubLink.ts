import {
  HttpTransportType,
  HubConnectionBuilder,
  HubConnectionState,
  LogLevel,
  type HubConnection,
} from '@microsoft/signalr'
import type { Answer, Problem } from './contracts.js'
import { overEventStream } from './eventStream.js'

export type LinkState = 'connecting' | 'online' | 'offline' | 'refused'

/** Who comes, and how. */
export interface LinkOptions {
  /** The gateway's address; in a browser, without one, where the page came from. */
  gateway?: string
  /** The campus whose trusted origins the page is one of; needed by a page of another origin than the gateway's. */
  campus?: string
  /** The bearer token, or what gives one: asked before each (re)connection, so that one that is over can be replaced. */
  token: string | (() => string | Promise<string>)
  /** One transport; without it the first that works: WebSocket, Server-Sent Events, long polling. */
  transport?: 'webSockets' | 'serverSentEvents' | 'longPolling'
  /** Waits between tries to connect, in milliseconds; the last one repeats. */
  backoff?: readonly number[]
}

const transports = {
  webSockets: HttpTransportType.WebSockets,
  serverSentEvents: HttpTransportType.ServerSentEvents,
  longPolling: HttpTransportType.LongPolling,
}

/** A browser that says "back online" ends a wait at once. */
const RECONNECT_MS = [500, 1_000, 2_000, 4_000, 8_000]

/** Of a wait, this part at most is random: a thousand clients that lost one gateway must not come back in one instant. */
const JITTER = 0.4

/**
 * A request that takes longer is lost. Less than the 15 seconds after which the server gives up a handshake: its refusal
 * then finds nobody who still shakes hands.
 */
const REQUEST_MS = 10_000

/** The server answers sooner: a call without an answer for so long has lost it, and who knows what else. */
const ANSWER_MS = 35_000

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

/** What the hub threw comes as a plain error; what a transport throws is of another kind, or no error at all. */
function isFromServer(error: unknown): boolean {
  return error instanceof Error && error.constructor === Error
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

  private readonly backoff: readonly number[]
  private stopped = false

  constructor(path: string, options: LinkOptions) {
    const { gateway = '', campus, token, transport, backoff = RECONNECT_MS } = options
    this.backoff = backoff
    this.connection = new HubConnectionBuilder()
      .withUrl(gateway.replace(/\/$/, '') + path + (campus ? `?campus=${encodeURIComponent(campus)}` : ''), {
        accessTokenFactory: () => (typeof token === 'string' ? token : token()),
        // No cookies are used; other sites may not send any.
        withCredentials: false,
        timeout: REQUEST_MS,
        ...overEventStream(REQUEST_MS),
        ...(transport ? { transport: transports[transport] } : {}),
      })
      .configureLogging(LogLevel.None)
      .build()
    this.connection.onclose(() => {
      if (this.stopped) return
      this.set('offline')
      void this.connect()
    })
    // Node has no such news.
    if (typeof document === 'undefined') return
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

  /** Connects and stays connected; after a refusal, tries again with the token that there is then. */
  start(): void {
    if (this.state === 'refused') this.set('connecting')
    void this.connect()
  }

  /** Leaves for good. */
  async stop(): Promise<void> {
    this.stopped = true
    this.wake()
    await this.connection.stop()
  }

  /** Calls a method of the hub. Never throws: without a connection the problem is `offline`. */
  async call<T>(method: string, ...args: unknown[]): Promise<Answer<T>> {
    if (this.connection.state !== HubConnectionState.Connected) return { value: null, problem: offline }
    try {
      return await this.inTime(this.connection.invoke<Answer<T>>(method, ...args))
    } catch (error) {
      if (this.connection.state !== HubConnectionState.Connected) return { value: null, problem: offline }
      if (isFromServer(error)) return { value: null, problem: serverError }
      // The words got lost and the stream goes on, as Server-Sent Events can: another connection brings both together.
      void this.connection.stop()
      return { value: null, problem: offline }
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

  /** Another connection brings what this one lost. */
  private async inTime<T>(answer: Promise<Answer<T>>): Promise<Answer<T>> {
    let timer: ReturnType<typeof setTimeout> | undefined
    const tooLate = new Promise<Answer<T>>((resolve) => {
      timer = setTimeout(() => {
        void this.connection.stop()
        resolve({ value: null, problem: offline })
      }, ANSWER_MS)
    })
    try {
      return await Promise.race([answer, tooLate])
    } finally {
      clearTimeout(timer)
    }
  }

  private async connect(): Promise<void> {
    for (let tries = 0; !(await this.tryStart()); tries++) {
      if (this.state === 'refused' || this.stopped) return
      await this.pause(this.backoff[Math.min(tries, this.backoff.length - 1)]!)
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
