import { createApp, nextTick, shallowRef, type App, type Component } from 'vue'
import { afterEach, describe, expect, it, vi } from 'vitest'
import type { Doubt, DoubtCase, Problem, ProposedRemedy, Remedy, Ticket } from '@campuscare/client'
import { agentMessages } from '../src/agent/messages'
import RemedyCard from '../src/agent/RemedyCard.vue'
import { createAppI18n } from '../src/shared/i18n'
import { sharedMessages } from '../src/shared/messages'
import AskedRemedies from '../src/supervisor/AskedRemedies.vue'
import DoubtPanel from '../src/supervisor/DoubtPanel.vue'
import { supervisorMessages } from '../src/supervisor/messages'
import { at, ticket } from './tickets'

const proposed: ProposedRemedy = {
  rule: 'money-back',
  kind: 'refund',
  fen: 3200,
  order: 'D1',
  needs: 'agent',
  reason: 'aboveAutomatic',
  givenBefore: 2,
  doubts: [],
}
const given: Remedy = {
  remedyId: 't1-4',
  kind: 'coupon',
  fen: 350,
  order: 'D1',
  rule: 'late',
  at: at(0),
  state: 'paid',
  grantedBy: null,
  approvedBy: null,
  paidAt: at(1),
}

let app: App | null = null
let root: HTMLElement

function mount(component: Component, props: Record<string, unknown>): void {
  root = document.body.appendChild(document.createElement('div'))
  app = createApp(component, props)
  app.use(createAppI18n(sharedMessages, agentMessages, supervisorMessages)).mount(root)
}

function show(own: Partial<Ticket>, mayGrant = true, answer: Problem | null = null) {
  const [grant, takeBack] = [vi.fn(() => Promise.resolve(answer)), vi.fn(() => Promise.resolve(answer))]
  mount(RemedyCard, { ticket: ticket(own), mayGrant, grant, takeBack })
  return { grant, takeBack }
}

function showAsked(own: Partial<Ticket>, me: string) {
  const [onApprove, onTakeBack] = [vi.fn(), vi.fn()]
  const nameOf = (): string => '小林'
  mount(AskedRemedies, { ticket: ticket(own), me, busy: false, nameOf, onApprove, onTakeBack })
  return { onApprove, onTakeBack }
}

const button = (name: string): HTMLButtonElement | null => root.querySelector(`[data-test=${name}]`)

afterEach(() => {
  app?.unmount()
  root.remove()
  localStorage.clear()
})

describe('the remedies of a ticket', () => {
  it('shows what was given, and how it stands', () => {
    show({ remedies: [given, { ...given, remedyId: 't1-9', kind: 'refund', fen: 3200, state: 'paying' }] })
    const lines = [...root.querySelectorAll('[data-test=remedy]')].map((line) => line.textContent)
    expect(lines).toEqual([
      expect.stringContaining('¥3.50 优惠券已发放'),
      expect.stringContaining('¥32.00 退款发放中'),
    ])
    expect(button('take-back')).toBeNull()
  })

  it('grants with one click, and says how often the customer was given something', async () => {
    const { grant } = show({ proposedRemedies: [proposed] })
    expect(root.textContent).toContain('近 30 天已赔付 2 次')
    button('grant')!.click()
    await nextTick()
    expect(grant).toHaveBeenCalledExactlyOnceWith('t1', 'money-back')
  })

  it('says why somebody should look first', () => {
    const doubts: Doubt[] = [
      { sign: 'pictureSeen', level: 1, ticketId: 't9' },
      { sign: 'moreThanUsual', level: 12_300, ticketId: null },
      { sign: 'linkedAccounts', level: 5, ticketId: null },
    ]
    show({ proposedRemedies: [{ ...proposed, reason: 'doubtful', doubts }] })
    const words = root.querySelector('[data-test=doubts]')!.textContent
    for (const part of ['图片和工单 t9 的一样', '共赔付 ¥123.00', '共赔付 5 次'])
      expect(words).toContain(part)
    expect(button('grant')).not.toBeNull()
  })

  it('shows supervisors what nobody looked at, and clears it', async () => {
    const it: DoubtCase = {
      ticketId: 't2',
      customerId: 's2',
      at: at(0),
      kind: 'refund',
      fen: 960,
      doubts: [{ sign: 'pictureSeen', level: 1, ticketId: 't1' }],
      clearedBy: null,
      clearedAt: null,
    }
    const clear = vi.fn(() => Promise.resolve(null))
    mount(DoubtPanel, { desk: { open: shallowRef([it]), load: vi.fn(), clear } })
    expect(root.textContent).toContain('图片和工单 t1 的一样')
    button('doubt-clear')!.click()
    await nextTick()
    expect(clear).toHaveBeenCalledExactlyOnceWith('t2')
  })

  it('says that a supervisor approves, and takes back what waits for that', () => {
    localStorage.setItem('campuscare.locale', 'en')
    const { takeBack } = show({
      proposedRemedies: [{ ...proposed, needs: 'supervisor' }],
      remedies: [{ ...given, state: 'asked' }],
    })
    expect(button('grant')!.textContent).toContain('a ¥32.00 refund (a supervisor approves)')
    button('take-back')!.click()
    expect(takeBack).toHaveBeenCalledExactlyOnceWith('t1', 't1-4')
  })

  it('offers nothing to who does not have the ticket', () => {
    show({ proposedRemedies: [proposed], remedies: [{ ...given, state: 'asked' }] }, false)
    expect(button('grant')).toBeNull()
    expect(button('take-back')).toBeNull()
  })

  it('says why nothing was granted', async () => {
    const problem = { code: 'noRemedy' } as Problem
    show({ proposedRemedies: [proposed] }, true, problem)
    button('grant')!.click()
    await vi.waitFor(() => expect(root.querySelector('[role=alert]')?.textContent).toContain('赔付规则'))
  })
})

describe('what waits for a second person', () => {
  const asked: Remedy = { ...given, remedyId: 't1-7', state: 'asked', grantedBy: 'a1' }

  it('is approved or taken back by a supervisor, and what is settled is not shown', () => {
    const { onApprove, onTakeBack } = showAsked({ remedies: [given, asked] }, 'boss')
    expect(root.querySelectorAll('[data-test=asked-remedy]').length).toBe(1)
    expect(root.textContent).toContain('小林 申请赔付 ¥3.50 优惠券')
    button('approve')!.click()
    expect(onApprove).toHaveBeenCalledExactlyOnceWith('t1-7')
    button('take-back')!.click()
    expect(onTakeBack).toHaveBeenCalledExactlyOnceWith('t1-7')
  })

  it('is not approved by who granted it', () => {
    showAsked({ remedies: [asked] }, 'a1')
    expect(button('approve')!.disabled).toBe(true)
  })
})
