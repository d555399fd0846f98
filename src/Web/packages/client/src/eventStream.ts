import type { IHttpConnectionOptions } from '@microsoft/signalr'

/** Ends each message of SignalR's text protocol. */
const RECORD_SEPARATOR = '\x1e'

interface Init {
  withCredentials?: boolean
  headers?: Record<string, string>
}

/**
 * Server-Sent Events for SignalR, over fetch, the same in browsers and in Node. An EventSource would connect again by
 * itself, to a connection that the server no longer has; and it tells two things in a moment in which SignalR breaks in a
 * way that nobody can catch:
 * - the end of the stream in the same turn as its opening: SignalR still connects, throws inside of the event, and its
 *   start never ends;
 * - a handshake that is refused while the request that carried it is under way: SignalR rejects a promise that it awaits
 *   only later, and Node ends the process.
 * Here the end comes a turn after the opening, and a bad handshake is an end.
 */
export class EventStream {
  onopen: (() => void) | null = null
  onmessage: ((event: { data: string }) => void) | null = null
  onerror: ((event: unknown) => void) | null = null
  private readonly gone = new AbortController()
  private closed = false
  private unread = ''
  private isShaken = false

  constructor(url: string, init: Init, patience: number) {
    void this.run(url, init, patience)
  }

  close(): void {
    this.closed = true
    this.gone.abort()
  }

  private async run(url: string, init: Init, patience: number): Promise<void> {
    try {
      await this.read(await this.open(url, init, patience))
    } catch {
      // Lost, or closed: what follows is the same.
    }
    if (!this.closed) this.onerror?.({ type: 'error' })
    this.close()
  }

  private async open(url: string, init: Init, patience: number): Promise<ReadableStream<Uint8Array>> {
    const timer = setTimeout(() => this.gone.abort(), patience)
    try {
      const response = await fetch(url, {
        headers: { ...init.headers, Accept: 'text/event-stream' },
        cache: 'no-store',
        credentials: init.withCredentials ? 'include' : 'same-origin',
        signal: this.gone.signal,
      })
      if (!response.ok || !response.body) throw new Error(`The event stream answered ${response.status}.`)
      return response.body
    } finally {
      clearTimeout(timer)
    }
  }

  private async read(body: ReadableStream<Uint8Array>): Promise<void> {
    this.onopen?.()
    await new Promise((resolve) => setTimeout(resolve))
    const reader = body
      .pipeThrough(new TextDecoderStream() as TransformStream<Uint8Array, string>)
      .getReader()
    for (let part = await reader.read(); !part.done; part = await reader.read()) this.take(part.value)
  }

  /** Messages end with an empty line; what the stream breaks off with was none. */
  private take(text: string): void {
    const messages = (this.unread + text).replaceAll('\r\n', '\n').split('\n\n')
    this.unread = messages.pop()!
    for (const message of messages) {
      const data = message
        .split('\n')
        .flatMap((line) => (line.startsWith('data:') ? [line.slice(5).replace(/^ /, '')] : []))
      if (data.length > 0) this.tell(data.join('\n'))
    }
  }

  private tell(data: string): void {
    if (this.closed) return
    if (!this.isShaken && !isGoodHandshake(data)) throw new Error('The handshake was refused.')
    this.isShaken = true
    this.onmessage?.({ data })
  }
}

/** The option that has SignalR take it, with so many milliseconds to open. It is not among SignalR's public types. */
export function overEventStream(patience: number): IHttpConnectionOptions {
  class Patient extends EventStream {
    constructor(url: string, init: Init = {}) {
      super(url, init, patience)
    }
  }
  return { EventSource: Patient } as IHttpConnectionOptions
}

function isGoodHandshake(data: string): boolean {
  const end = data.indexOf(RECORD_SEPARATOR)
  if (end < 0) return false
  try {
    return !(JSON.parse(data.slice(0, end)) as { error?: string }).error
  } catch {
    return false
  }
}
