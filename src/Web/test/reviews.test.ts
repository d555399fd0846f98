import { describe, expect, it } from 'vitest'
import { agreement, type ReviewCount } from '../src/client/reviews'

const count = (right: number, wrong: number): ReviewCount => ({
  kind: 'triage',
  category: 'other',
  right,
  wrong,
  waiting: 5,
  lapsed: 7,
})

describe('the agreement rate', () => {
  it('is of those judged alone, and none where nobody judged', () => {
    expect(agreement([])).toBeNull()
    expect(agreement([count(0, 0)])).toBeNull()
    expect(agreement([count(3, 1)])).toBe(75)
    expect(agreement([count(3, 1), count(0, 4)])).toBe(38)
  })
})
