import { render, type JSX } from 'preact'
import { act } from 'preact/test-utils'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Problem, QueuePlace, Ticket } from '@campuscare/client'
import { AskView } from '../src/widget/AskView'
import { BotCard, isWithBot } from '../src/widget/BotCard'
import type { Care } from '../src/widget/care'
import { DeskContext } from '../src/widget/context'
import { Memory } from '../src/widget/memory'
import { SolvedCard } from '../src/widget/SolvedCard'
import { TicketView } from '../src/widget/TicketView'
import { WaitCard } from '../src/widget/WaitCard'
import { sayIn } from '../src/widget/words'
import { at, event, ticket } from './tickets'

const place = (own: Partial<QueuePlace> = {}): QueuePlace => ({
  ticketId: 't1',
  position: 3,
  waiting: 5,
  expectedWaitSeconds: 370,
  lowSeconds: 245,
  highSeconds: 530,
  opensAt: null,
  isFull: false,
  version: 1,
  ...own,
})

/** What the views ask of a person's affairs, and remember of what they did. */
function careOf(own: object = {}) {
  const fine = (): Promise<Problem | null> => Promise.resolve(null)
  return {
    identity: { name: '小夏', kind: 'student' },
    link: 'online',
    tickets: [],
    questions: [],
    unsent: [],
    echoes: [],
    place: place(),
    pictures: { sending: [] },
    keyOf: (what: string) => `test.${what}`,
    ask: vi.fn(() => true),
    post: vi.fn(() => true),
    show: vi.fn(),
    judge: vi.fn(fine),
    rate: vi.fn(fine),
    close: vi.fn(fine),
    keepPlace: vi.fn(fine),
    ...own,
  }
}

let root: HTMLElement

function show(view: JSX.Element, care = careOf()): typeof care {
  const desk = {
    care: care as unknown as Care,
    memory: new Memory(),
    language: 'en',
    say: sayIn('en'),
  } as const
  void act(() => render(<DeskContext.Provider value={desk}>{view}</DeskContext.Provider>, root))
  return care
}

const get = <T extends HTMLElement = HTMLButtonElement>(mark: string): T =>
  root.querySelector<T>(mark.startsWith('#') ? mark : `[data-test=${mark}]`)!

const tap = (mark: string): Promise<void> =>
  act(async () => {
    get(mark).click()
    await Promise.resolve()
  })

function type(mark: string, words: string): void {
  const field = get<HTMLTextAreaElement>(mark)
  field.value = words
  void act(() => void field.dispatchEvent(new Event('input', { bubbles: true })))
}

beforeEach(() => {
  localStorage.clear()
  root = document.body.appendChild(document.createElement('div'))
  vi.stubGlobal(
    'ResizeObserver',
    class {
      observe(): void {}
      disconnect(): void {}
    },
  )
})
afterEach(() => {
  void act(() => render(null, root))
  root.remove()
  vi.unstubAllGlobals()
})

describe('asking', () => {
  it('takes a typed question with the order of the page', async () => {
    const care = show(<AskView orderNumber="CF 12" />)
    expect(get('ask').disabled).toBe(true)
    type('#question', '  where is it? ')
    await tap('ask')
    expect(care.ask).toHaveBeenCalledWith('where is it?', 'CF12')
    expect(get<HTMLTextAreaElement>('#question').value).toBe('')
  })

  it('takes a frequent reason with two taps', async () => {
    const care = show(<AskView orderNumber="" />)
    void act(() => root.querySelector<HTMLButtonElement>('[data-reason=late]')!.click())
    await tap('ask')
    expect(care.ask).toHaveBeenCalledWith(sayIn('en')('reason.student.late.text'), null)
  })

  it('says what can not be sent, and keeps it', async () => {
    const care = show(<AskView orderNumber="" />, careOf({ ask: vi.fn(() => false) }))
    type('order', '订单')
    type('#question', 'late')
    expect(get('ask').disabled).toBe(true)
    type('order', '')
    await tap('ask')
    expect(care.ask).toHaveBeenCalledTimes(1)
    expect(root.querySelector('#question-error')!.textContent).toBe(sayIn('en')('message.full'))
    expect(get<HTMLTextAreaElement>('#question').value).toBe('late')
    type('#question', 'a'.repeat(4_001))
    expect(root.querySelector('#question-error')!.textContent).toContain('1 too many')
  })

  it('keeps a draft over a reload', () => {
    show(<AskView orderNumber="" />)
    type('#question', 'half a')
    void act(() => render(null, root))
    show(<AskView orderNumber="" />)
    expect(get<HTMLTextAreaElement>('#question').value).toBe('half a')
  })

  it('shows what is not sent yet', () => {
    const question = {
      id: 'q',
      lane: '',
      payload: { text: 'late' },
      at: at(0),
      state: 'waiting',
      problem: null,
    }
    show(<AskView orderNumber="" />, careOf({ questions: [question], link: 'offline' }))
    expect(get('pending').textContent).toContain(sayIn('en')('ask.queued'))
  })
})

describe('waiting', () => {
  const waiting = (own: Partial<Ticket> = {}): Ticket => ticket({ phase: 'waiting', agentName: null, ...own })

  it('shows the position and the wait with its band, as they are now', () => {
    show(<WaitCard ticket={waiting()} />)
    expect(get('position').textContent).toBe('You are number 3 in line')
    expect(get('expected').textContent).toBe('About 6 min to wait, usually between 4 and 9')
    show(<WaitCard ticket={waiting()} />, careOf({ place: place({ position: 1, highSeconds: 50 }) }))
    expect(get('position').textContent).toBe('You are next')
    expect(get('expected').textContent).toBe('Less than a minute to wait')
  })

  it('keeps the place, on the phone too, with a number that can be dialled', async () => {
    const care = show(<WaitCard ticket={waiting()} />)
    await tap('keep-place')
    void act(() => get<HTMLElement>('by-phone').querySelector('input')!.click())
    expect(get('keep-place-now').disabled).toBe(true)
    type('phone', 'abc')
    expect(root.querySelector('#phone-error')!.textContent).toBe(sayIn('en')('hold.wrong'))
    type('phone', '138 0000 5678')
    await tap('keep-place-now')
    expect(care.keepPlace).toHaveBeenCalledWith('t1', true, '13800005678')
    show(<WaitCard ticket={waiting({ placeIsKept: true, channel: 'phone' })} />)
    expect(get('kept').textContent).toBe(sayIn('en')('hold.keptCall'))
  })

  it('is left only by who means it, and says why it can not be', async () => {
    const close = vi.fn(() => Promise.resolve({ code: 'offline' }))
    show(<WaitCard ticket={waiting()} />, careOf({ close }))
    await tap('leave')
    expect(close).not.toHaveBeenCalled()
    await tap('leave-yes')
    expect(root.querySelector('[role=alert]')!.textContent).toBe(sayIn('en')('problem.offline'))
  })
})

describe('an answer from knowledge', () => {
  const answered = (choices: string[], asks: boolean): Ticket =>
    ticket({
      phase: 'resolved',
      bot: { articleId: 'a', version: 1, asks, helped: null, handedOver: null, choices },
    })

  it('asks whether it helped', async () => {
    const care = show(<BotCard ticket={answered([], true)} />)
    await tap('bot-not-helped')
    expect(care.judge).toHaveBeenCalledWith('t1', 'notHelped')
    await tap('bot-helped')
    expect(care.judge).toHaveBeenLastCalledWith('t1', 'helped')
  })

  it('offers the choices of a tree, and always a person', async () => {
    const care = show(<BotCard ticket={answered(['Today', 'Earlier'], false)} />)
    await tap('bot-choice')
    expect(care.post).toHaveBeenCalledWith('t1', 'Today')
    expect(get('bot-helped')).toBeNull()
    await tap('bot-person')
    expect(care.judge).toHaveBeenCalledWith('t1', 'person')
  })

  it('is asked about while the bot has the matter', () => {
    expect(isWithBot(answered([], true))).toBe(true)
    expect(isWithBot(answered([], false))).toBe(false)
    expect(isWithBot(ticket({ phase: 'resolved' }))).toBe(false)
  })
})

describe('the end', () => {
  it('is rated with stars and words', async () => {
    const care = show(<SolvedCard ticket={ticket({ phase: 'closed' })} writeOn={() => {}} />)
    expect(get('rate').disabled).toBe(true)
    void act(() => root.querySelectorAll<HTMLInputElement>('.star-picker input')[3]!.click())
    type('comment', ' fast ')
    await tap('rate')
    expect(care.rate).toHaveBeenCalledWith('t1', 4, 'fast')
  })

  it('asks nobody to rate whom nobody served', () => {
    show(<SolvedCard ticket={ticket({ phase: 'closed', agentName: null })} writeOn={() => {}} />)
    expect(get('rate')).toBeNull()
    expect(get('again')).not.toBeNull()
  })
})

describe('a conversation', () => {
  it('shows how far each of my words got', () => {
    const said = event('message', 2, { seq: 3, author: 'customer', messageId: 'm1', text: 'b' })
    const events = [
      event('opened', 0, { seq: 1, author: 'customer', text: 'a' }),
      event('accepted', 1, { seq: 2, author: 'agent', authorName: '小林' }),
      said,
    ]
    const waiting = {
      id: 'm2',
      lane: 't1',
      payload: { text: 'c' },
      at: at(3),
      state: 'waiting',
      problem: null,
    }
    const refused = { ...waiting, id: 'm3', state: 'failed', problem: { code: 'ticketClosed' } }
    show(<TicketView conversation={{ ticket: ticket(), events }} />, careOf({ unsent: [waiting, refused] }))
    const states = [...root.querySelectorAll('[data-state]')].map((e) => e.getAttribute('data-state'))
    expect(states).toEqual(['read', 'delivered', 'waiting', 'failed'])
    expect(root.querySelector('[data-event=accepted]')!.textContent).toContain('小林 is here to help')
    expect(root.querySelector('.refusal')!.textContent).toContain(sayIn('en')('problem.ticketClosed'))
  })

  it('says that money is on its way, and when it came', () => {
    const remedy = { remedyId: 't1-4', kind: 'refund', fen: 3200 } as const
    const events = [
      event('remedyDecided', 1, { seq: 4, remedy }),
      event('remedyPaid', 2, { seq: 5, remedy }),
      event('internal', 3, { seq: 6 }),
    ]
    show(<TicketView conversation={{ ticket: ticket(), events }} />)
    const notes = [...root.querySelectorAll('.note')].map((note) => note.textContent)
    expect(notes).toEqual([
      expect.stringContaining('a ¥32.00 refund is on its way to you'),
      expect.stringContaining('You have it: a ¥32.00 refund'),
    ])
  })

  it('takes words and no more of them once it is closed', async () => {
    const care = show(<TicketView conversation={{ ticket: ticket(), events: [] }} />)
    type('message', 'here')
    await tap('send')
    expect(care.post).toHaveBeenCalledWith('t1', 'here')
    show(<TicketView conversation={{ ticket: ticket({ phase: 'closed' }), events: [] }} />)
    expect(get('message')).toBeNull()
  })
})
