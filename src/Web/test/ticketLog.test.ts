import { describe, expect, it } from 'vitest'
import type { Ticket, TicketEvent, TicketNews } from '@campuscare/client'
import { TicketFeed } from '@campuscare/client'
import { TicketLog } from '@campuscare/client'
import { random } from './random'

const event = (seq: number): TicketEvent => ({
  seq,
  at: '2026-01-01T00:00:00Z',
  type: 'message',
  text: `m${seq}`,
})
const view = (seq: number): Ticket => ({ ticketId: 't', seq }) as Ticket
const news = (seq: number, ...seqs: number[]): TicketNews => ({ ticket: view(seq), events: seqs.map(event) })
const upTo = (n: number): number[] => Array.from({ length: n }, (_, i) => i + 1)

describe('TicketLog', () => {
  it('takes each event once, in order, and says what joined', () => {
    const log = new TicketLog()
    expect(log.take(news(2, 1, 2)).map((e) => e.seq)).toEqual([1, 2])
    expect(log.take(news(2, 2, 1))).toEqual([])
    expect(log.take(news(4, 4))).toEqual([])
    expect(log.hasGap).toBe(true)
    expect(log.take(news(4, 3)).map((e) => e.seq)).toEqual([3, 4])
    expect(log.hasGap).toBe(false)
  })

  it('keeps room for what comes too early, however long the past that is repeated', () => {
    const log = new TicketLog()
    log.take(news(600, ...upTo(600)))
    log.take(news(600, ...upTo(600)))
    log.take(news(602, 602))
    expect(log.take(news(602, 601)).map((e) => e.seq)).toEqual([601, 602])
  })

  it('fills a gap even when more came too early than it keeps', () => {
    const log = new TicketLog()
    log.take(news(700, ...upTo(700).slice(1)))
    expect(log.take(news(700, 1)).length).toBeGreaterThan(1)
    expect(log.hasGap).toBe(true)
    log.take(news(700, ...upTo(700).slice(log.last)))
    expect(log.last).toBe(700)
  })

  it('never lets an older view of the ticket replace a newer one', () => {
    const log = new TicketLog()
    log.take(news(3, 1, 2, 3))
    log.take(news(2, 2))
    expect(log.ticket?.seq).toBe(3)
  })

  it('sees from a bare view that events are missing', () => {
    const log = new TicketLog()
    log.take(news(1, 1))
    log.see(view(3))
    expect(log.hasGap).toBe(true)
  })
})

/** A server and a line that drops, repeats, swaps and cuts. */
class Line {
  seq = 0
  online = true
  followed = false
  private readonly inFlight: (() => void)[] = []
  feed!: TicketFeed

  constructor(private readonly chance: () => number) {}

  happen(): void {
    this.seq++
    if (!this.online || !this.followed) return
    const fate = this.chance()
    if (fate < 0.2) return
    const from = fate < 0.5 ? Math.max(1, this.seq - 2) : this.seq
    const pushed = news(this.seq, ...upTo(this.seq).slice(from - 1))
    this.inFlight.push(() => this.feed.push(pushed))
    if (fate > 0.9) this.inFlight.push(() => this.feed.push(pushed))
  }

  watch = (_: string, after: number): Promise<TicketNews | null> => {
    if (!this.online) return Promise.resolve(null)
    this.followed = true
    const answer = news(this.seq, ...upTo(this.seq).slice(after))
    const lost = this.chance() < 0.2
    return new Promise((resolve) => this.inFlight.push(() => resolve(lost ? null : answer)))
  }

  cut(): void {
    this.online = false
    this.followed = false
  }

  async deliverOne(): Promise<void> {
    const next = this.inFlight.splice(Math.floor(this.chance() * this.inFlight.length), 1)[0]
    next?.()
    for (let i = 0; i < 5; i++) await Promise.resolve()
  }

  async deliverAll(): Promise<void> {
    while (this.inFlight.length > 0) await this.deliverOne()
  }
}

describe('TicketFeed', () => {
  it.each(upTo(300))('gives each event exactly once, in order, over a bad line (seed %i)', async (seed) => {
    const chance = random(seed)
    const line = new Line(chance)
    const shown: number[] = []
    const feed = new TicketFeed('t', line.watch, (joined) => shown.push(...joined.map((e) => e.seq)))
    line.feed = feed
    void feed.resume()
    for (let step = 0; step < 60; step++) {
      const dice = chance()
      if (dice < 0.5) line.happen()
      else if (dice < 0.85) await line.deliverOne()
      else if (dice < 0.93) line.cut()
      else if (!line.online) {
        line.online = true
        void feed.resume()
      }
      expect(shown).toEqual(upTo(shown.length))
    }
    // The line is good again: one resumption (repeated while its answer gets lost) brings everything.
    line.online = true
    for (let tries = 0; tries < 100 && shown.length < line.seq; tries++) {
      void feed.resume()
      await line.deliverAll()
    }
    await line.deliverAll()
    expect(shown).toEqual(upTo(line.seq))
    expect(feed.log.events.map((e) => e.seq)).toEqual(upTo(line.seq))
  })

  it('asks for the rest as soon as a push shows a gap', async () => {
    const asked: number[] = []
    const feed = new TicketFeed(
      't',
      (_, after) => {
        asked.push(after)
        return Promise.resolve(news(5, ...upTo(5).slice(after)))
      },
      () => {},
    )
    feed.push(news(1, 1))
    expect(asked).toEqual([])
    feed.push(news(4, 4))
    expect(asked).toEqual([1])
    await Promise.resolve()
    await Promise.resolve()
    expect(feed.log.last).toBe(5)
  })

  it('asks again when a push passed the answer on its way', async () => {
    const answers: ((news: TicketNews) => void)[] = []
    const asked: number[] = []
    const feed = new TicketFeed(
      't',
      (_, after) => {
        asked.push(after)
        return new Promise((resolve) => answers.push(resolve))
      },
      () => {},
    )
    feed.push(news(2, 1, 2))
    void feed.resume()
    feed.push(news(4, 4))
    answers[0]!(news(2))
    for (let i = 0; i < 5; i++) await Promise.resolve()
    expect(asked).toEqual([2, 2])
    answers[1]!(news(4, 3, 4))
    for (let i = 0; i < 5; i++) await Promise.resolve()
    expect(feed.log.last).toBe(4)
  })
})
