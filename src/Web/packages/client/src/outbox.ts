import type { Problem } from './contracts.js'

/** What a try to deliver led to: done; refused for good; or not now (no connection, server busy). */
export type Delivery = 'done' | 'later' | Problem

export interface OutboxEntry<P> {
  /** Chosen here, sent with every try: the server stores it once, however often it hears it. */
  id: string
  /** Entries of one lane are delivered one after the other, in order. */
  lane: string
  payload: P
  /** When it was written, ISO-8601. */
  at: string
  state: 'waiting' | 'sending' | 'failed'
  problem: Problem | null
}

export interface OutboxOptions<P> {
  deliver: (entry: OutboxEntry<P>) => Promise<Delivery>
  changed: () => void
  /** Where entries survive a reload. */
  storage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>
  key: string
  /** Calls back after some milliseconds; a seam for tests. */
  after: (milliseconds: number, action: () => void) => void
}

/** Waits between tries while the server says "not now"; the last one repeats. */
const RETRY_MS = [1_000, 2_000, 5_000, 10_000, 30_000]

/** More than a person writes before the network is back. */
const MAX_ENTRIES = 100

/**
 * What was written and not yet acknowledged. It survives reloads, delivers in order per lane, repeats with the same id
 * while the network or the server is away, and keeps what was refused, with the reason, until the writer decides.
 */
export class Outbox<P> {
  private list: OutboxEntry<P>[]
  private readonly busy = new Set<string>()
  private readonly tries = new Map<string, number>()
  /** Entries that are this tab's to keep or to remove; others in the storage belong to other tabs. */
  private readonly known: Set<string>

  constructor(private readonly options: OutboxOptions<P>) {
    // A reload in the middle of sending: nobody knows whether it arrived, so it is sent again with its id.
    this.list = this.stored().map((e) => (e.state === 'sending' ? { ...e, state: 'waiting' } : e))
    this.known = new Set(this.list.map((e) => e.id))
  }

  get entries(): readonly OutboxEntry<P>[] {
    return this.list
  }

  /** False when too much waits already: the writer keeps the text. */
  add(id: string, lane: string, payload: P, at: string): boolean {
    if (this.list.length >= MAX_ENTRIES) return false
    this.list.push({ id, lane, payload, at, state: 'waiting', problem: null })
    this.known.add(id)
    this.save()
    void this.drain(lane)
    return true
  }

  /** The writer wants a refused entry to be tried again. */
  retry(id: string): void {
    this.set(id, 'waiting', null)
    const entry = this.list.find((e) => e.id === id)
    if (entry) void this.drain(entry.lane)
  }

  /** The writer gives an entry up, or its effect was seen otherwise. */
  remove(id: string): void {
    this.tries.delete(id)
    this.list = this.list.filter((e) => e.id !== id)
    this.save()
  }

  /** Tries every lane: call it whenever the connection is (again) there. */
  flush(): void {
    for (const lane of new Set(this.list.map((e) => e.lane))) void this.drain(lane)
  }

  private async drain(lane: string): Promise<void> {
    if (this.busy.has(lane)) return
    this.busy.add(lane)
    try {
      for (let entry = this.next(lane); entry; entry = this.next(lane)) {
        this.set(entry.id, 'sending', null)
        const outcome = await this.options.deliver(entry)
        if (outcome === 'done') this.remove(entry.id)
        else if (outcome === 'later') return this.postpone(entry)
        else this.set(entry.id, 'failed', outcome)
      }
    } finally {
      this.busy.delete(lane)
    }
  }

  private next(lane: string): OutboxEntry<P> | undefined {
    return this.list.find((e) => e.lane === lane && e.state === 'waiting')
  }

  private postpone(entry: OutboxEntry<P>): void {
    const tries = this.tries.get(entry.id) ?? 0
    this.tries.set(entry.id, tries + 1)
    this.set(entry.id, 'waiting', null)
    this.options.after(RETRY_MS[Math.min(tries, RETRY_MS.length - 1)]!, () => void this.drain(entry.lane))
  }

  private set(id: string, state: OutboxEntry<P>['state'], problem: Problem | null): void {
    this.list = this.list.map((e) => (e.id === id ? { ...e, state, problem } : e))
    this.save()
  }

  private save(): void {
    const { storage, key, changed } = this.options
    const all = [...this.stored().filter((e) => !this.known.has(e.id)), ...this.list]
    if (all.length === 0) storage.removeItem(key)
    else storage.setItem(key, JSON.stringify(all))
    changed()
  }

  private stored(): OutboxEntry<P>[] {
    const stored = this.options.storage.getItem(this.options.key)
    return stored ? (JSON.parse(stored) as OutboxEntry<P>[]) : []
  }
}
