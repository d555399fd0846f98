import type { CampusForecast, ForecastSlot } from '@campuscare/client'

/** Quarters of an hour of a day. */
export const SLOTS = 96
/** The plots' own units; the page scales them. */
export const WIDTH = 960
export const CONTACTS_HEIGHT = 200
export const AGENTS_HEIGHT = 90

export interface DayPlot {
  /** What the top of the plot of contacts stands for. */
  mostContacts: number
  mostAgents: number
  /** Paths; empty without a forecast. */
  band: string
  expected: string
  wanted: string
  /** A column for each slot in which somebody came; the one that runs is not over yet. */
  columns: { x: number; y: number; height: number; running: boolean }[]
  nowX: number
  /** Contacts so far, and what was told for the same time; null without a forecast. */
  came: number
  toldSoFar: number | null
}

export const COLUMN = WIDTH / SLOTS

/** What is drawn of today. */
export function plotOf(forecast: CampusForecast, atWork: number): DayPlot {
  const today = forecast.slots.slice(0, SLOTS)
  const running = runningSlot(forecast)
  const told = forecast.status === 'ready'
  const mostContacts = niceTop(
    Math.max(1, ...today.map((slot) => Math.max(slot.came ?? 0, slot.told?.high ?? 0))),
  )
  const mostAgents = niceTop(Math.max(1, atWork, ...today.map((slot) => slot.told?.agents ?? 0)))
  const y = (contacts: number): number => round(CONTACTS_HEIGHT * (1 - contacts / mostContacts))
  return {
    mostContacts,
    mostAgents,
    band: told ? bandOf(today, y) : '',
    expected: told ? lineOf(today.map((slot) => y(slot.told?.expected ?? 0))) : '',
    wanted: told ? stepsOf(today.map((slot) => agentsY(slot.told?.agents ?? 0, mostAgents))) : '',
    columns: today.flatMap((slot, i) =>
      slot.came
        ? [{ x: i * COLUMN, y: y(slot.came), height: CONTACTS_HEIGHT - y(slot.came), running: i === running }]
        : [],
    ),
    nowX: round(COLUMN * Math.min(SLOTS, elapsed(forecast))),
    came: today.reduce((sum, slot) => sum + (slot.came ?? 0), 0),
    toldSoFar: told ? toldUntilNow(today, elapsed(forecast)) : null,
  }
}

/** Where so many agents stand in the plot of agents. */
export function agentsY(agents: number, most: number): number {
  return round(AGENTS_HEIGHT * (1 - agents / most))
}

/** The slot that runs. */
export function runningSlot(forecast: CampusForecast): number {
  return Math.floor(elapsed(forecast))
}

/** The slot ahead that wants most agents, the running one included; null without a forecast. */
export function busiestAhead(forecast: CampusForecast): ForecastSlot | null {
  const ahead = forecast.slots.slice(runningSlot(forecast)).filter((slot) => slot.told)
  return ahead.reduce<ForecastSlot | null>(
    (most, slot) => (most && most.told!.agents >= slot.told!.agents ? most : slot),
    null,
  )
}

/** A moment by the campus's clock, whatever the reader's; with the date when it is not today. */
export function campusTime(iso: string, forecast: CampusForecast): string {
  const local = (of: string): string =>
    new Date(Date.parse(of) + forecast.utcOffsetMinutes * 60_000).toISOString().slice(0, 16)
  const [day, time] = local(iso).split('T') as [string, string]
  return local(forecast.at).startsWith(day) ? time : `${day.slice(5)} ${time}`
}

/** Slots since midnight, with the part of the running one. */
function elapsed(forecast: CampusForecast): number {
  const start = forecast.slots[0]?.start
  return start ? (Date.parse(forecast.at) - Date.parse(start)) / 900_000 : 0
}

function toldUntilNow(today: ForecastSlot[], until: number): number {
  return today.reduce(
    (sum, slot, i) => sum + (slot.told?.expected ?? 0) * Math.min(1, Math.max(0, until - i)),
    0,
  )
}

/** Through the middle of each slot. */
function lineOf(ys: number[]): string {
  return ys.map((y, i) => `${i === 0 ? 'M' : 'L'}${middle(i)} ${y}`).join('')
}

function bandOf(today: ForecastSlot[], y: (contacts: number) => number): string {
  const low = today.map((slot, i) => `L${middle(i)} ${y(slot.told?.low ?? 0)}`)
  return `${lineOf(today.map((slot) => y(slot.told?.high ?? 0)))}${low.reverse().join('')}Z`
}

function stepsOf(ys: number[]): string {
  return ys.map((y, i) => `${i === 0 ? `M0 ${y}` : `V${y}`}H${round((i + 1) * COLUMN)}`).join('')
}

function middle(slot: number): number {
  return round((slot + 0.5) * COLUMN)
}

/** 1, 2 or 5 times a power of ten: the next that holds it. */
function niceTop(most: number): number {
  const power = 10 ** Math.floor(Math.log10(most))
  return [1, 2, 5, 10].map((step) => step * power).find((top) => top >= most)!
}

function round(value: number): number {
  return Math.round(value * 10) / 10
}
