import { describe, expect, it } from 'vitest'
import type { ClockAlert } from '@campuscare/client'
import { MAX_ALERTS, withAlert, withTicket, type AlertLine } from '../src/supervisor/alertList'
import { at, ticket } from './tickets'

const alert = (ticketId: string, seq = 1): ClockAlert => ({
  campus: 'north',
  ticketId,
  queue: 'delivery',
  kind: 'firstResponse',
  dueAt: at(0),
  agentId: null,
  seq,
})
const all = (alerts: ClockAlert[]): readonly AlertLine[] =>
  alerts.reduce(withAlert, [] as readonly AlertLine[])

describe('the list of alerts', () => {
  it('has the newest first and each once', () => {
    const lines = all([alert('a'), alert('b'), alert('a'), alert('a', 2)])
    expect(lines.map((line) => [line.ticketId, line.seq])).toEqual([
      ['a', 2],
      ['b', 1],
      ['a', 1],
    ])
  })

  it('never grows beyond what is shown', () => {
    const lines = all(Array.from({ length: 10 * MAX_ALERTS }, (_, i) => alert(`t${i}`)))
    expect(lines).toHaveLength(MAX_ALERTS)
    expect(lines[0]!.ticketId).toBe(`t${10 * MAX_ALERTS - 1}`)
  })

  it('learns what its tickets are about', () => {
    const lines = withTicket(all([alert('t1'), alert('b')]), ticket())
    expect(lines.map((line) => line.ticket?.subject)).toEqual([undefined, '外卖超时了'])
  })
})
