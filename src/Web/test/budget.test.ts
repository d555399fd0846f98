import { describe, expect, it } from 'vitest'
import { faultOf, packed } from '../build/budget.ts'

describe('the budget', () => {
  it('counts what is sent', () => {
    expect(packed('a'.repeat(100_000)).length).toBeLessThan(1_000)
  })

  it('lets nothing larger pass, and nothing beside the one file', () => {
    expect(faultOf(['widget.js'], 'widget.js', 60_000, 60_000)).toBeNull()
    expect(faultOf(['widget.js'], 'widget.js', 60_001, 60_000)).toContain('60001')
    expect(faultOf(['widget.js', 'assets/a.css'], 'widget.js', 1, 60_000)).toContain('assets/a.css')
  })
})
