import { describe, expect, it } from 'vitest'
import type { LiveConversation } from '@campuscare/client'
import { queryOf } from '../src/client/history'
import { inOrder } from '../src/supervisor/useRoom'
import { at } from './tickets'

const talk = (ticketId: string, unanswered: number | null, since: number): LiveConversation => ({
  ticketId,
  queue: 'delivery',
  category: 'lateDelivery',
  urgency: 'normal',
  sentiment: 'neutral',
  role: 'student',
  customerName: '小夏',
  agentId: 'a1',
  agentName: '小林',
  channel: 'web',
  subject: '外卖超时了',
  openedAt: at(0),
  agentSince: at(since),
  unansweredSince: unanswered === null ? null : at(unanswered),
  takenOver: false,
})

describe('the listening room', () => {
  it('shows who waits longest for an answer first, then who talks longest', () => {
    const order = inOrder([talk('a', null, 5), talk('b', 30, 9), talk('c', null, 1), talk('d', 20, 9)])
    expect(order.map((c) => c.ticketId)).toEqual(['d', 'b', 'c', 'a'])
  })
})

describe('a search of the history', () => {
  const nothing = {
    from: '',
    to: '',
    category: '',
    agent: '',
    role: '',
    phase: '',
    leastStars: '',
    mostStars: '',
    number: '',
  }

  it('asks for nothing that is not said', () => expect(queryOf(nothing)).toBe(''))

  it('means the whole of the last day', () => {
    const query = new URLSearchParams(
      queryOf({ ...nothing, from: '2026-03-01', to: '2026-03-01', number: ' A-17 ' }),
    )
    const hours = (Date.parse(query.get('to')!) - Date.parse(query.get('from')!)) / 3_600_000
    expect(hours).toBe(24)
    expect(query.get('number')).toBe('A-17')
  })
})
