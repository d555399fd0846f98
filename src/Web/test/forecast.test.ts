import { describe, expect, it } from 'vitest'
import type { CampusForecast, SlotTold } from '@campuscare/client'
import {
  AGENTS_HEIGHT,
  COLUMN,
  CONTACTS_HEIGHT,
  agentsY,
  busiestAhead,
  campusTime,
  plotOf,
  runningSlot,
} from '../src/supervisor/forecastPlot'

const MIDNIGHT = Date.parse('2026-09-01T16:00:00Z')

const told = (expected: number, agents: number): SlotTold => ({
  expected,
  low: expected / 2,
  high: expected * 2,
  agents,
  standBy: 1,
  onShift: agents,
  silos: 2,
  gateways: 2,
})

/** A day of ten contacts a slot at noon and two else, so many minutes after its midnight. */
function forecast(minutes: number, own: Partial<CampusForecast> = {}): CampusForecast {
  const running = Math.floor(minutes / 15)
  return {
    campus: 'north',
    at: new Date(MIDNIGHT + minutes * 60_000).toISOString(),
    utcOffsetMinutes: 480,
    status: 'ready',
    daysKnown: 30,
    daysNeeded: 14,
    slots: Array.from({ length: 240 }, (_, i) => ({
      start: new Date(MIDNIGHT + i * 900_000).toISOString(),
      came: i <= running ? 3 : null,
      told: i % 96 === 48 ? told(10, 5) : told(2, 1),
    })),
    inflow: null,
    ...own,
  }
}

describe('the plot of today', () => {
  it('has a column for each slot that came, and knows the running one', () => {
    const plot = plotOf(forecast(37.5), 2)
    expect(plot.columns.map((column) => [column.x, column.running])).toEqual([
      [0, false],
      [COLUMN, false],
      [2 * COLUMN, true],
    ])
    expect(plot.nowX).toBe(2.5 * COLUMN)
    expect(runningSlot(forecast(37.5))).toBe(2)
    expect(plot.columns[0]!.y + plot.columns[0]!.height).toBe(CONTACTS_HEIGHT)
  })

  it('compares what came with what was told for the same time', () => {
    const plot = plotOf(forecast(37.5), 2)
    expect([plot.came, plot.toldSoFar]).toEqual([9, 5])
  })

  it('fits the band and the agents at work', () => {
    expect(plotOf(forecast(0), 2).mostContacts).toBe(20)
    expect(plotOf(forecast(0), 2).mostAgents).toBe(5)
    expect(plotOf(forecast(0), 37).mostAgents).toBe(50)
    expect([agentsY(0, 50), agentsY(50, 50)]).toEqual([AGENTS_HEIGHT, 0])
  })

  it('draws today alone, whatever lies ahead', () => {
    const plot = plotOf(forecast(720), 2)
    expect(plot.expected.match(/[ML]/g)).toHaveLength(96)
    expect(plot.band.match(/[ML]/g)).toHaveLength(192)
    expect(plot.wanted.endsWith('H960')).toBe(true)
    for (const path of [plot.band, plot.expected, plot.wanted]) expect(path).not.toContain('NaN')
  })

  it('shows what came when nothing can be told', () => {
    const bare = forecast(37.5, { status: 'tooLittleHistory' })
    bare.slots = bare.slots.slice(0, 96).map((slot) => ({ ...slot, told: null }))
    const plot = plotOf(bare, 2)
    expect([plot.band, plot.expected, plot.wanted, plot.toldSoFar]).toEqual(['', '', '', null])
    expect(plot.columns).toHaveLength(3)
    expect(busiestAhead(bare)).toBeNull()
  })

  it('finds the busiest slot ahead, by the campus’s clock', () => {
    const [morning, evening] = [forecast(60), forecast(1_200)]
    expect(campusTime(busiestAhead(morning)!.start, morning)).toBe('12:00')
    expect(campusTime(busiestAhead(evening)!.start, evening)).toBe('09-03 12:00')
  })
})
