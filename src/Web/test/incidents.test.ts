import { describe, expect, it } from 'vitest'
import type { IncidentNotice } from '@campuscare/client'
import { IncidentFeed, incidentWords } from '../src/shared/incidents'

const outage: IncidentNotice = {
  incidentId: 'i1',
  category: 'refundAndPayment',
  titleZh: '支付暂时无法使用',
  titleEn: '',
  adviceZh: '',
  adviceEn: "Please don't pay twice.",
  since: '2026-09-01T10:26:00Z',
  updatedAt: '2026-09-01T10:30:00Z',
  expectedEnd: null,
}

describe('what is broken', () => {
  it('is said in the other language where one has no words', () => {
    expect(incidentWords(outage, 'en')).toEqual({
      title: '支付暂时无法使用',
      advice: "Please don't pay twice.",
    })
    expect(incidentWords(outage, 'zh-CN').advice).toBe("Please don't pay twice.")
  })

  it('is not overwritten by an answer that a word overtook', async () => {
    const shown: string[][] = []
    let answer: (open: IncidentNotice[]) => void = () => {}
    const feed = new IncidentFeed(
      () => new Promise((resolve) => (answer = resolve)),
      (open) => shown.push(open.map((i) => i.incidentId)),
    )
    feed.hear([outage])
    answer([])
    await Promise.resolve()
    expect(shown).toEqual([['i1']])
  })

  it('stays as it was when it can not be read', async () => {
    const shown: unknown[] = []
    const feed = new IncidentFeed(
      () => Promise.resolve(null),
      (open) => shown.push(open),
    )
    await feed.load()
    expect(shown).toEqual([])
  })
})
