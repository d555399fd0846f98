import { describe, expect, it } from 'vitest'
import type { QueuePlace } from '@campuscare/client'
import { masked, phoneNumber, waitOf } from '../src/student/waitWords'
import { random } from './random'

const place = (own: Partial<QueuePlace>): QueuePlace => ({
  ticketId: 't1',
  position: 3,
  waiting: 5,
  expectedWaitSeconds: null,
  lowSeconds: null,
  highSeconds: null,
  opensAt: null,
  isFull: false,
  version: 1,
  ...own,
})

describe('waitOf', () => {
  it('tells the wait with its band', () => {
    const about = place({ expectedWaitSeconds: 370, lowSeconds: 245, highSeconds: 530 })
    expect(waitOf(about)).toEqual({ kind: 'between', n: 6, low: 4, high: 9 })
  })

  it('says what there is to say when there is no band', () => {
    expect(waitOf(place({ opensAt: '2026-01-01T02:00:00Z', expectedWaitSeconds: 60 })).kind).toBe('closed')
    expect(waitOf(place({})).kind).toBe('nobody')
    expect(waitOf(place({ expectedWaitSeconds: 20, lowSeconds: 5, highSeconds: 58 })).kind).toBe('soon')
    expect(waitOf(place({ expectedWaitSeconds: 300 }))).toEqual({ kind: 'about', n: 5 })
  })

  it('never promises a narrower band than is known', () => {
    const next = random(3)
    for (let i = 0; i < 1000; i++) {
      const [lowSeconds, expectedWaitSeconds, highSeconds] = [next(), next(), next()]
        .map((n) => n * 3600)
        .toSorted((a, b) => a - b) as [number, number, number]
      const wait = waitOf(place({ lowSeconds, expectedWaitSeconds, highSeconds }))
      if (wait.kind === 'soon') expect(highSeconds).toBeLessThanOrEqual(60)
      if (wait.kind !== 'between') continue
      expect(wait.low * 60).toBeLessThanOrEqual(lowSeconds)
      expect(wait.high * 60).toBeGreaterThanOrEqual(highSeconds)
      expect(wait.n).toBeGreaterThanOrEqual(wait.low)
      expect(wait.n).toBeLessThanOrEqual(wait.high)
    }
  })
})

describe('a phone number', () => {
  it('is taken as people write it', () => {
    expect(phoneNumber('138 0000 5678')).toBe('13800005678')
    expect(phoneNumber('+86-138-0000-5678')).toBe('+8613800005678')
    for (const text of ['', 'abc', '12', '138x', '+']) expect(phoneNumber(text)).toBeNull()
  })

  it('hides its middle', () => {
    expect(masked('13800005678')).toBe('138****5678')
    expect(masked('12345')).toBe('*****')
  })
})
