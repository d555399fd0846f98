import type { CallSignal } from '@campuscare/client'

/** How long an offer may stay without an answer. */
export const PATIENCE_MS = 4_000

/** How long both may try to reach each other once they know how. */
export const CONNECT_MS = 8_000

/** How often a page that has no sound says so. */
export const READY_EVERY_MS = 2_000

/** Offers to one page without an answer, until any other page may answer. */
const MAX_UNANSWERED = 2

/** What a page has to do: say that it is there, connect, take what was said, or leave the call to another page of the same person. */
export type Turn = 'nothing' | 'ready' | 'offer' | 'answer' | 'candidate' | 'leave'

/**
 * The side that offers: the customer's page. Only one side ever does, so no two offers cross. Each offer has a higher
 * generation than all before it, over reloads too, and what belongs to an earlier one is dropped.
 */
export class Offering {
  generation: number
  /** The page of the other side. */
  partner: string | null = null
  private quietUntil = 0
  private unanswered = 0

  constructor(
    readonly page: string,
    now: number,
  ) {
    this.generation = now
  }

  hear({ kind, page, toPage, generation }: CallSignal, isConnected: boolean, now: number): Turn {
    if (kind === 'answer' && toPage !== this.page && generation > this.generation) return 'leave'
    if (kind === 'ready') {
      const isOld = page === this.partner && generation < this.generation
      if (isOld && (isConnected || now < this.quietUntil)) return 'nothing'
      if (page !== this.partner) this.unanswered = 0
      this.partner = page
      return 'offer'
    }
    if (toPage !== this.page || generation !== this.generation) return 'nothing'
    if (kind === 'candidate') return 'candidate'
    if (kind !== 'answer') return 'nothing'
    this.unanswered = 0
    this.quietUntil = now + CONNECT_MS
    return 'answer'
  }

  /** What to do while nothing comes. */
  look(isConnected: boolean, now: number): Turn {
    if (isConnected || now < this.quietUntil) return 'nothing'
    if (this.partner && this.unanswered < MAX_UNANSWERED) return 'offer'
    this.partner = null
    this.quietUntil = now + READY_EVERY_MS
    return 'ready'
  }

  /** The sound is gone: what comes next need not wait. */
  lost(): void {
    this.quietUntil = 0
  }

  /** Begins an offer. */
  begin(now: number): number {
    this.quietUntil = now + PATIENCE_MS
    this.unanswered++
    this.generation = Math.max(this.generation + 1, now)
    return this.generation
  }
}

/** The side that answers: the agent's page. It says that it is there for as long as it hears nobody. */
export class Answering {
  generation = 0
  partner: string | null = null
  private quietUntil = 0

  constructor(readonly page: string) {}

  hear({ kind, page, toPage, generation }: CallSignal, isConnected: boolean, now: number): Turn {
    if (kind === 'ready') {
      const isOld = page === this.partner && generation < this.generation
      return isOld && (isConnected || now < this.quietUntil) ? 'nothing' : 'ready'
    }
    if (kind === 'offer') {
      if (generation <= this.generation) return 'nothing'
      // Who is connected and sees the other side turn to another page has the call no more.
      if (toPage !== this.page) return isConnected ? 'leave' : 'nothing'
      this.generation = generation
      this.partner = page
      this.quietUntil = now + CONNECT_MS
      return 'answer'
    }
    return kind === 'candidate' && toPage === this.page && generation === this.generation
      ? 'candidate'
      : 'nothing'
  }

  look(isConnected: boolean, now: number): Turn {
    if (isConnected || now < this.quietUntil) return 'nothing'
    this.quietUntil = now + READY_EVERY_MS
    return 'ready'
  }

  lost(): void {
    this.quietUntil = 0
  }
}
