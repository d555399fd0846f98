import { describe, expect, it } from 'vitest'
import { closePane, openPane, panesThatFit, visiblePanes, type Panes } from '../src/agent/panes'
import { random } from './random'

describe('panes', () => {
  it('fit by width, one at least and three at most', () => {
    expect([0, 500, 700, 1100, 3000].map(panesThatFit)).toEqual([1, 1, 2, 3, 3])
  })

  it('give the place of one without focus when there is no room', () => {
    const panes: Panes = { open: ['a', 'b'], focused: 'b' }
    expect(openPane(panes, 'c', 2)).toEqual({ open: ['c', 'b'], focused: 'c' })
    expect(openPane(panes, 'a', 2)).toEqual({ open: ['a', 'b'], focused: 'a' })
  })

  it.each([1, 2, 3])('stay sound whatever an agent does (seed %i)', (seed) => {
    const chance = random(seed)
    let panes: Panes = { open: [], focused: null }
    for (let step = 0; step < 500; step++) {
      const id = `t${Math.floor(chance() * 8)}`
      const room = 1 + Math.floor(chance() * 3)
      panes = chance() < 0.7 ? openPane(panes, id, room) : closePane(panes, id)
      const shown = visiblePanes(panes, room)
      expect(new Set(panes.open).size).toBe(panes.open.length)
      expect(panes.focused === null).toBe(panes.open.length === 0)
      expect(shown.length).toBeLessThanOrEqual(room)
      if (panes.focused) expect(shown).toContain(panes.focused)
    }
  })
})
