import { describe, expect, it } from 'vitest'
import { readWhy } from '../src/agent/why'
import type { TicketEvent } from '../src/client/contracts'
import { threadLines, type Unsent } from '../src/shared/thread'

const at = '2026-01-01T00:00:00Z'
const message = (seq: number, messageId: string, author: 'customer' | 'agent'): TicketEvent => ({
  seq,
  at,
  type: 'message',
  author,
  authorName: author,
  text: messageId,
  messageId,
})
const unsent = (id: string): Unsent => ({
  id,
  lane: 't',
  payload: { text: id },
  at,
  state: 'sending',
  problem: null,
})

describe('threadLines', () => {
  it('shows a message once on its way from the outbox over the acknowledgement to the event', () => {
    const events = [message(1, 'm1', 'customer')]
    const keys = (e: TicketEvent[], echoes: string[], waiting: string[]): string[] =>
      threadLines(
        e,
        echoes.map((id) => ({ id, lane: 't', text: id, at })),
        waiting.map(unsent),
        'customer',
        new Set(),
      ).map((line) => line.key)
    expect(keys(events, [], ['m2'])).toEqual(['m1', 'm2'])
    expect(keys(events, ['m2'], [])).toEqual(['m1', 'm2'])
    expect(keys([...events, message(2, 'm2', 'customer')], ['m2'], ['m2'])).toEqual(['m1', 'm2'])
  })

  it('knows whose words are whose, and leaves out events that are not asked for', () => {
    const events: TicketEvent[] = [
      message(1, 'a', 'customer'),
      message(2, 'b', 'agent'),
      { seq: 3, at, type: 'queued' },
    ]
    const lines = threadLines(events, [], [], 'agent', new Set(['accepted']))
    expect(lines.map((line) => line.kind === 'bubble' && line.mine)).toEqual([false, true])
  })
})

describe('readWhy', () => {
  it('takes the matcher’s words apart', () => {
    expect(readWhy('BestMatch of 3, ring 1: delivery 4, food-court 5; load 25%')).toEqual({
      strategy: 'bestMatch',
      eligible: 3,
      ring: 1,
      skills: [
        { skill: 'delivery', level: 4 },
        { skill: 'food-court', level: 5 },
      ],
      load: 25,
    })
  })

  it('leaves other words alone', () => {
    expect(readWhy('asked for by name')).toBeNull()
  })
})
