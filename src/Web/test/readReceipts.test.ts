import { describe, expect, it } from 'vitest'
import type { TicketEvent } from '@campuscare/client'
import { readLines } from '../src/widget/readReceipts'

function events(...said: [TicketEvent['type'], TicketEvent['author'], string?][]): TicketEvent[] {
  return said.map(([type, author, messageId], i) => ({
    seq: i + 1,
    at: '2026-03-01T10:00:00Z',
    type,
    author: author ?? null,
    messageId: messageId ?? null,
  }))
}

const read = (...said: Parameters<typeof events>): string[] => [...readLines(events(...said))]

describe("a customer's words", () => {
  it('are read once an agent took the ticket, or wrote after them', () => {
    expect(read(['opened', 'customer'], ['queued', 'system'], ['offered', 'system'])).toEqual([])
    expect(read(['opened', 'customer'], ['accepted', 'agent'], ['message', 'customer', 'm1'])).toEqual(['e1'])
    expect(
      read(
        ['opened', 'customer'],
        ['accepted', 'agent'],
        ['message', 'customer', 'm1'],
        ['message', 'agent', 'm2'],
      ),
    ).toEqual(['e1', 'm1'])
  })

  it('are not read by what answers by itself', () => {
    expect(read(['opened', 'customer'], ['message', 'bot', 'b'], ['message', 'system', 's'])).toEqual([])
    expect(read(['opened', 'customer'], ['closed', 'customer'])).toEqual([])
  })
})
