import { effectScope } from 'vue'
import { describe, expect, it } from 'vitest'
import type { RemedyRule, Settings } from '../src/client/admin'
import {
  checkAgent,
  draftOf as agentDraft,
  isAgentId,
  lacking,
  newAgent,
  nextSkill,
} from '../src/admin/agents'
import { auditQuery } from '../src/admin/audit'
import {
  botPart,
  checkRemedies,
  newRemedy,
  originsPart,
  remediesPart,
  retentionPart,
  reviewsPart,
} from '../src/admin/forms'
import { calendarOf, hoursOf, readSpans, usualHours, weekdayOf, writeSpans } from '../src/admin/hours'
import {
  checkQueue,
  draftOf,
  newQueue,
  newRule,
  nextRing,
  queueOf,
  usualTargets,
} from '../src/admin/queueDraft'
import { useForm, type FormSource, type Kept } from '../src/admin/useForm'
import type { Part } from '../src/admin/useSettings'
import { hashOf, placeOf } from '../src/admin/useHash'

describe('a place on the page', () => {
  const sections = ['queues', 'audit'] as const

  it('is written into the address and read back', () => {
    expect(hashOf('queues', '退款/x')).toBe('#/queues/%E9%80%80%E6%AC%BE%2Fx')
    expect(placeOf(hashOf('audit', '退款/x'), sections)).toEqual({ section: 'audit', item: '退款/x' })
  })

  it('is the first one when the address names none, and survives nonsense', () => {
    expect(placeOf('', sections)).toEqual({ section: 'queues', item: '' })
    expect(placeOf('#/nowhere/%', sections)).toEqual({ section: 'queues', item: '' })
  })
})

describe('an agent', () => {
  const agent = { ...agentDraft(newAgent()), agentId: 'a1', name: '小周' }

  it('has an id that somebody can sign in with', () => {
    for (const id of ['a1', 'li.wei@example.edu', '+']) expect(isAgentId(id)).toBe(true)
    for (const id of ['', 'a b', '周', 'south/a1', 'agent:a1', 'x'.repeat(65)])
      expect(isAgentId(id)).toBe(false)
  })

  it('is wrong where the server says so, too', () => {
    expect(checkAgent(agent)).toEqual({})
    expect(checkAgent(agent, ['a1'])).toEqual({ agentId: { key: 'twice' } })
    const skills = [
      { skill: 'delivery', level: 6 },
      { skill: 'delivery', level: 1 },
      { skill: 'pod:quick', level: 1 },
    ]
    expect(Object.keys(checkAgent({ ...agent, name: ' ', capacity: 21, forms: 0.5, skills }))).toEqual([
      'name',
      'capacity',
      'forms',
      'skills.0.level',
      'skills.1.skill',
      'skills.2.skill',
    ])
  })

  it('lacks what its queues ask for, which is proposed next', () => {
    const served = { ...agent, queues: ['delivery', 'general'], skills: [{ skill: 'delivery', level: 3 }] }
    expect(lacking(served)).toEqual(['general'])
    expect(nextSkill(served).skill).toBe('general')
    expect(nextSkill(agent).skill).toBe('lang:en')
  })
})

describe('office hours', () => {
  it('are read as people write them', () => {
    const spans = [
      { fromMinute: 540, toMinute: 810 },
      { fromMinute: 960, toMinute: 1440 },
    ]
    for (const text of [
      '09:00-13:30, 16:00-24:00',
      '9:00–13:30；16：00 至 24:00',
      '09:00~13:30、16:00～24:00',
    ])
      expect(readSpans(text)).toEqual(spans)
    expect(writeSpans(spans)).toBe('09:00-13:30, 16:00-24:00')
    expect(readSpans('  ')).toEqual([])
  })

  it.each([
    '9-17',
    '09:00-08:00',
    '09:00-24:01',
    '09:60-10:00',
    '09:00-12:00, 11:00-13:00',
    '14:00-15:00, 9:00-10:00',
  ])('refuse %s', (text) => expect(readSpans(text)).toBeNull())

  it('are the same calendar again', () => {
    const hours = usualHours()
    hours.week.sunday = ''
    hours.exceptions = [{ day: '2026-10-01', open: '10:00-12:00' }]
    const calendar = calendarOf(hours)!
    expect(calendar.week).toHaveLength(6)
    expect(calendar.exceptions[0]!.open).toEqual([{ day: 'thursday', fromMinute: 600, toMinute: 720 }])
    expect(hoursOf(calendar)).toEqual(hours)
    expect(weekdayOf('2026-11-29')).toBe('sunday')
  })
})

describe('a queue', () => {
  const good = () => ({ ...newQueue(), queue: 'delivery', nameZh: '配送', nameEn: 'Delivery' })

  it('comes back from its form as it was', () => {
    const queue = queueOf({ ...good(), calendar: usualHours(), targets: usualTargets() })
    expect(queueOf(draftOf(queue))).toEqual(queue)
    expect(checkQueue(draftOf(queue), ['food'])).toEqual({})
  })

  it('names each field that can not be saved', () => {
    const bad = {
      ...good(),
      nameEn: ' ',
      offerSeconds: Number.NaN,
      wrapUpSeconds: 1.5,
      escalateTo: 'nowhere',
      rings: [
        { ...nextRing([]), afterSeconds: 30 },
        { ...nextRing([]), afterSeconds: 30, queues: ['nowhere'] },
      ],
      skillRules: [{ ...newRule(), skill: 'pod:none', level: 6 }],
      targets: { ...usualTargets(), resolutionSeconds: -1 },
      calendar: { ...usualHours(), exceptions: [{ day: '', open: 'x' }] },
    }
    expect(Object.keys(checkQueue(bad, ['food'])).sort()).toEqual([
      'calendar.exceptions.0.day',
      'calendar.exceptions.0.open',
      'escalateTo',
      'nameEn',
      'offerSeconds',
      'rings.1.afterSeconds',
      'rings.1.queues',
      'skillRules.0.level',
      'skillRules.0.skill',
      'targets.resolutionSeconds',
      'wrapUpSeconds',
    ])
  })

  it('has six rings at most, each later than the one before', () => {
    const queue = good()
    for (let i = 0; i < 6; i++) queue.rings.push(nextRing(queue.rings))
    expect(queue.rings.map((ring) => ring.afterSeconds)).toEqual([30, 60, 90, 120, 150, 180])
    expect(checkQueue(queue, [])).toEqual({})
    queue.rings.push(nextRing(queue.rings))
    expect(checkQueue(queue, [])).toHaveProperty('rings')
  })
})

/** A server that keeps one value beside something else; every change of either is a new version. */
function server() {
  let kept: Kept<{ n: number }> = { value: { n: 1 }, version: 1 }
  const writes: number[] = []
  const source: FormSource<{ n: number }> = {
    check: ({ n }): Record<string, { key: string }> => (n < 0 ? { n: { key: 'range' } } : {}),
    prefix: 'thing.',
    read: () => Promise.resolve(structuredClone(kept)),
    write: (value, version) => {
      if (version !== kept.version) return Promise.resolve({ problem: { code: 'preconditionFailed' } })
      if (value.n > 100)
        return Promise.resolve({ problem: { code: 'invalid', field: 'thing.n', detail: 'big' } })
      kept = { value, version: version + 1 }
      writes.push(value.n)
      return Promise.resolve({ kept: structuredClone(kept) })
    },
  }
  return {
    source,
    writes,
    first: structuredClone(kept),
    change: (n?: number) => (kept = { value: { n: n ?? kept.value.n }, version: kept.version + 1 }),
  }
}

const formOf = ({ first, source }: ReturnType<typeof server>) =>
  effectScope().run(() => useForm(first, source))!

describe('a form', () => {
  it('knows what is unsaved, and saves it', async () => {
    const there = server()
    const form = formOf(there)
    expect(form.dirty.value).toBe(false)
    form.draft.value.n = 2
    expect(form.dirty.value).toBe(true)
    expect(await form.save()).toBe(true)
    expect([form.dirty.value, form.done.value, there.writes]).toEqual([false, true, [2]])
    form.draft.value.n = 3
    form.reset()
    expect(form.draft.value.n).toBe(2)
  })

  it('sends nothing that it knows to be wrong, and says so once it was tried', async () => {
    const there = server()
    const form = formOf(there)
    form.draft.value.n = -1
    expect(form.faultOf('n')).toBeNull()
    expect(await form.save()).toBe(false)
    expect([form.faultOf('n'), there.writes]).toEqual([{ key: 'range' }, []])
  })

  it("shows the server's no at its field", async () => {
    const form = formOf(server())
    form.draft.value.n = 101
    expect(await form.save()).toBe(false)
    expect(form.faultOf('n')).toMatchObject({ detail: 'big' })
    expect(form.draft.value.n).toBe(101)
  })

  it('goes on by itself when somebody changed something else', async () => {
    const there = server()
    const form = formOf(there)
    there.change()
    form.draft.value.n = 2
    expect(await form.save()).toBe(true)
    expect([form.theirs.value, there.writes]).toEqual([null, [2]])
  })

  it('asks when somebody changed the same: theirs', async () => {
    const there = server()
    const form = formOf(there)
    there.change(7)
    form.draft.value.n = 2
    expect(await form.save()).toBe(false)
    expect([form.theirs.value?.value.n, form.draft.value.n, there.writes]).toEqual([7, 2, []])
    form.takeTheirs()
    expect([form.draft.value.n, form.dirty.value]).toEqual([7, false])
  })

  it('asks when somebody changed the same: mine', async () => {
    const there = server()
    const form = formOf(there)
    there.change(7)
    form.draft.value.n = 2
    await form.save()
    await form.keepMine()
    expect([form.theirs.value, form.done.value, there.writes]).toEqual([null, true, [2]])
  })
})

describe("the campus's parts", () => {
  const settings = {
    campus: 'north',
    nameZh: '北苑',
    nameEn: 'North',
    region: 'city',
    queues: [],
    retention: null,
    origins: ['https://app.example.edu'],
    version: 3,
    bot: null,
    remedies: null,
    reviews: null,
  } satisfies Settings

  it('have what holds when the campus says nothing', () => {
    for (const part of [botPart, reviewsPart, retentionPart, remediesPart, originsPart] as Part<unknown>[])
      expect(part.check(part.of(settings))).toEqual({})
    expect(botPart.of(settings).on).toBe(false)
    expect(reviewsPart.of(settings)).toEqual({ percent: 7 })
  })

  it.each([
    'https://a.example/x',
    'a.example',
    'ftp://a.example',
    'https://a.example:443',
    'https://A.example',
  ])('trust no %s', (text) => expect(originsPart.check({ text })).toHaveProperty('origins'))

  it('take origins one a line', () =>
    expect(originsPart.body!({ text: ' https://a.example/\n\nhttp://b.example:8080 ' })).toEqual({
      origins: ['https://a.example', 'http://b.example:8080'],
    }))

  it('refuse a bot that only guesses', () => {
    expect(botPart.check({ on: true, confidence: 0.29, notFor: [] })).toHaveProperty('confidence')
    expect(botPart.check({ on: true, confidence: Number.NaN, notFor: [] })).toHaveProperty('confidence')
  })
})

describe('a remedy', () => {
  const policy = (rule: Partial<RemedyRule>) => ({
    ...remediesPart.of({ remedies: null } as Settings),
    rules: [{ ...newRemedy([]), categories: ['lateDelivery' as const], ...rule }],
  })

  it('needs a case, something to give, and more than a word', () => {
    expect(checkRemedies(policy({}))).toEqual({})
    expect(Object.keys(checkRemedies(policy({ categories: [] })))).toEqual(['rules.0.categories'])
    expect(Object.keys(checkRemedies(policy({ fen: 0 })))).toEqual(['rules.0.fen'])
    expect(checkRemedies(policy({ fen: 0, percent: 30 }))).toEqual({})
    expect(Object.keys(checkRemedies(policy({ anomaly: null })))).toEqual(['rules.0.anomaly'])
    expect(checkRemedies(policy({ anomaly: null, needsPicture: true }))).toEqual({})
    expect(Object.keys(checkRemedies(policy({ fen: 100.5 })))).toEqual(['rules.0.fen'])
  })
})

describe('the audit trail', () => {
  it('is asked for what is meant alone', () => {
    expect(auditQuery({ actor: ' boss ', action: '', target: '' }, null)).toBe('audit?limit=50&actor=boss')
    expect(auditQuery({ actor: '', action: 'keyCreated', target: '' }, 7)).toBe(
      'audit?limit=50&action=keyCreated&before=7',
    )
  })
})
