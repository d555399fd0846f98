import { describe, expect, it } from 'vitest'
import type { TicketEvent } from '@campuscare/client'
import { threadLines, type Unsent } from '../src/shared/thread'
import type { SendingPicture } from '../src/shared/pictureBox'

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
        { ticketId: 't', side: 'customer' },
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
    const lines = threadLines(events, [], [], { ticketId: 't', side: 'agent' }, new Set(['accepted']))
    expect(lines.map((line) => line.kind === 'bubble' && line.mine)).toEqual([false, true])
  })

  it('shows a supervisor as one of ours to the staff, as the other side to the customer, and a whisper as internal', () => {
    const events: TicketEvent[] = [
      { seq: 1, at, type: 'whispered', author: 'supervisor', authorId: 'boss', text: 'w', messageId: 'w1' },
      { ...message(2, 'm', 'agent'), author: 'supervisor', authorId: 'boss' },
    ]
    const seenBy = (me: string): unknown[] =>
      threadLines(
        events,
        [],
        [{ ...unsent('w2'), payload: { text: 'w2', internal: true } }],
        { ticketId: 't', side: 'agent', isMe: (id) => id === me, whispers: me === 'boss' },
        new Set(),
      ).map((line) => line.kind === 'bubble' && [line.mine, line.ours, line.internal])
    expect(seenBy('boss')).toEqual([
      [true, true, 'whispered'],
      [true, true, null],
      [true, true, 'whispered'],
    ])
    expect(seenBy('a1')).toEqual([
      [false, true, 'whispered'],
      [false, true, null],
      [true, true, 'note'],
    ])
    const [line] = threadLines([events[1]!], [], [], { ticketId: 't', side: 'customer' }, new Set())
    expect(line).toMatchObject({ mine: false, ours: false, supervisor: true })
  })

  it('marks what only colleagues see, on its way too', () => {
    const events: TicketEvent[] = [
      message(1, 'a', 'customer'),
      { seq: 2, at, type: 'note', author: 'agent', text: 'b', messageId: 'n1' },
      { seq: 3, at, type: 'consultAnswered', author: 'agent', text: 'c' },
    ]
    const waiting: Unsent = { ...unsent('n2'), payload: { text: 'n2', internal: true } }
    const lines = threadLines(
      events,
      [],
      [waiting, { ...waiting, id: 'n1' }],
      { ticketId: 't', side: 'agent' },
      new Set(),
    )
    expect(lines.map((line) => line.kind === 'bubble' && line.internal)).toEqual([
      null,
      'note',
      'consultAnswered',
      'note',
    ])
  })

  it('tells the reader’s own words from a colleague’s', () => {
    const events: TicketEvent[] = [
      { ...message(1, 'a', 'agent'), authorId: 'a1' },
      { ...message(2, 'b', 'agent'), authorId: 'a2' },
      message(3, 'c', 'customer'),
    ]
    const reader = { ticketId: 't', side: 'agent' as const, isMe: (id: string) => id === 'a2' }
    const lines = threadLines(events, [], [], reader, new Set())
    expect(lines.map((line) => line.kind === 'bubble' && [line.mine, line.ours])).toEqual([
      [false, true],
      [true, true],
      [false, false],
    ])
  })

  it('shows a picture on its way until the conversation has it, and only in its own conversation', () => {
    const file = new File([], 'a.png', { type: 'image/png' })
    const sending = (state: SendingPicture['state'], ticketId = 't', seq = 0): SendingPicture => ({
      id: 'p1',
      ticketId,
      file,
      url: 'blob:1',
      at,
      percent: 0,
      state,
      problem: null,
      mayRetry: true,
      seq,
    })
    const evidence = { hash: 'h', type: 'image/png', bytes: 1, width: 2, height: 3 }
    const events: TicketEvent[] = [
      message(1, 'a', 'customer'),
      { seq: 2, at, type: 'evidence', author: 'customer', authorName: 'Lin', evidence },
    ]
    const pictures = (e: TicketEvent[], p: SendingPicture): string[] =>
      threadLines(e, [], [], { ticketId: 't', side: 'customer' }, new Set(), [p])
        .filter((line) => line.kind === 'picture')
        .map((line) => line.key)
    expect(pictures(events.slice(0, 1), sending('sending'))).toEqual(['p1'])
    expect(pictures(events.slice(0, 1), sending('sent', 't', 2))).toEqual(['p1'])
    expect(pictures(events, sending('sent', 't', 2))).toEqual(['e2'])
    expect(pictures(events, sending('failed'))).toEqual(['e2', 'p1'])
    expect(pictures(events, sending('failed', 'other'))).toEqual(['e2'])
  })

  it('shows what the system said on the side of those who answer', () => {
    const said: TicketEvent = {
      seq: 2,
      at,
      type: 'message',
      author: 'system',
      text: 'solved',
      messageId: 's1',
    }
    const line = (side: 'customer' | 'agent'): unknown =>
      threadLines([said], [], [], { ticketId: 't', side }, new Set()).map(
        (l) => l.kind === 'bubble' && [l.mine, l.ours, l.automatic],
      )
    expect(line('agent')).toEqual([[false, true, true]])
    expect(line('customer')).toEqual([[false, false, true]])
  })
})
