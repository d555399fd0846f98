import { describe, expect, it } from 'vitest'
import { waitsForCallBack } from '../src/agent/callBack'
import { clockFaces } from '../src/agent/clocks'
import { inMinutes, nextAt } from '../src/agent/promiseTime'
import { relationOf } from '../src/agent/relation'
import type { Clock, ClockKind } from '@campuscare/client'
import { at, event, now, ticket } from './tickets'

const clock = (kind: ClockKind, due: number, state: Clock['state'] = 'active'): Clock => ({
  kind,
  dueAt: at(due),
  state,
})
const word = (seconds: number) => event('message', seconds, { author: 'agent' })

describe('clockFaces', () => {
  it('puts the most pressing first and says how pressing it is', () => {
    const clocks = [clock('resolution', 1800), clock('nextResponse', 20), clock('promise', -5)]
    const faces = clockFaces(ticket({ clocks }), [], now(0))
    expect(faces.map((f) => [f.kind, f.left, f.tone])).toEqual([
      ['promise', -5, 'late'],
      ['nextResponse', 20, 'soon'],
      ['resolution', 1800, 'calm'],
    ])
  })

  it('keeps what was missed until the word that was owed', () => {
    const clocks = [clock('firstResponse', 60, 'missed'), clock('resolution', 70, 'missed')]
    const kinds = (words: number[]): string[] =>
      clockFaces(ticket({ clocks }), words.map(word), now(100)).map((f) => f.kind)
    expect(kinds([])).toEqual(['firstResponse', 'resolution'])
    expect(kinds([30])).toEqual(['firstResponse', 'resolution'])
    expect(kinds([90])).toEqual(['resolution'])
  })

  it('leaves out what was kept, what is over, and what others watch', () => {
    const clocks = [clock('firstResponse', 60, 'hit'), clock('tier', 900), clock('product', 2)]
    expect(clockFaces(ticket({ clocks }), [], now(0))).toEqual([])
    const running = [clock('resolution', 60)]
    expect(clockFaces(ticket({ clocks: running, phase: 'resolved' }), [], now(0))).toEqual([])
  })
})

describe('waitsForCallBack', () => {
  const kept = event('placeKept', 1, { detail: 'phone' })

  it('holds from keeping the place to the next word', () => {
    expect(waitsForCallBack(ticket(), [])).toBe(false)
    expect(waitsForCallBack(ticket(), [kept, event('accepted', 2)])).toBe(true)
    expect(waitsForCallBack(ticket(), [kept, event('accepted', 2), word(3)])).toBe(false)
    expect(waitsForCallBack(ticket({ phase: 'resolved' }), [kept])).toBe(false)
  })
})

describe('relationOf', () => {
  const mine = ticket()
  const question = ticket({ ticketId: 'q', consultationOf: 'original', customer: asker('a2') })

  function asker(id: string) {
    return { id: `agent:${id}`, name: id, role: 'student' as const, phone: null }
  }

  it('tells whose ticket it is to whoever looks at it', () => {
    expect(relationOf(mine, [mine], (id) => id === 'a1')).toBe('mine')
    expect(relationOf(question, [question], (id) => id === 'a1')).toBe('mine')
    expect(relationOf(question, [mine], (id) => id === 'a2')).toBe('asked')
    expect(relationOf(ticket({ ticketId: 'original' }), [question], (id) => id === 'a1')).toBe('subject')
    expect(relationOf(mine, [], (id) => id === 'a1')).toBe('left')
  })
})

describe('a promised time', () => {
  const noon = new Date(2026, 0, 1, 12, 0, 30).getTime()

  it('is a full minute, never earlier than was said', () => {
    const due = inMinutes(10, noon)
    expect([due.getHours(), due.getMinutes(), due.getSeconds()]).toEqual([12, 11, 0])
    expect(due.getTime() - noon).toBeGreaterThanOrEqual(600_000)
  })

  it('is today, or tomorrow when that time has passed', () => {
    expect(nextAt('18:40', noon)).toEqual(new Date(2026, 0, 1, 18, 40))
    expect(nextAt('9:05', noon)).toEqual(new Date(2026, 0, 2, 9, 5))
    expect(nextAt('12:00', noon)).toEqual(new Date(2026, 0, 2, 12, 0))
  })

  it('is none when it is no time of day', () => {
    for (const text of ['', '24:00', '7', '12:60', 'noon']) expect(nextAt(text, noon)).toBeNull()
  })
})
