import { weekdays, type Calendar, type OpenSpan, type Weekday } from '../client/admin'
import { limits, type Checker } from './faults'

/** Office hours as people write them: a day is `09:00-13:30, 16:00-24:00`, and nothing when it is closed. */
export interface Hours {
  utcOffsetMinutes: number
  week: Record<Weekday, string>
  exceptions: { day: string; open: string }[]
}

type Span = Pick<OpenSpan, 'fromMinute' | 'toMinute'>

const clock = (minute: number): string =>
  `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`

export const writeSpans = (spans: readonly Span[]): string =>
  spans.map(({ fromMinute, toMinute }) => `${clock(fromMinute)}-${clock(toMinute)}`).join(', ')

/** The spans of a day; null when it isn't written like that, or they overlap, or go backwards. Full-width signs are fine. */
export function readSpans(text: string): Span[] | null {
  const parts = text
    .replaceAll('：', ':')
    .split(/[,，、;；]/)
    .map((part) => part.trim())
    .filter((part) => part !== '')
  const spans: Span[] = []
  for (const part of parts) {
    const found = /^(\d{1,2}):(\d\d)\s*[-–—~～至到]\s*(\d{1,2}):(\d\d)$/.exec(part)
    if (!found) return null
    const [h1, m1, h2, m2] = found.slice(1).map(Number) as [number, number, number, number]
    const span = { fromMinute: h1 * 60 + m1, toMinute: h2 * 60 + m2 }
    const last = spans.at(-1)
    if (m1 > 59 || m2 > 59 || span.toMinute > 1440 || span.fromMinute >= span.toMinute) return null
    if (last && span.fromMinute < last.toMinute) return null
    spans.push(span)
  }
  return spans.length > limits.spansADay ? null : spans
}

/** Monday to Sunday, 09:00 to 22:00 in China. */
export const usualHours = (): Hours => ({
  utcOffsetMinutes: 480,
  week: Object.fromEntries(weekdays.map((day) => [day, '09:00-22:00'])) as Record<Weekday, string>,
  exceptions: [],
})

export function hoursOf(calendar: Calendar | null): Hours | null {
  if (!calendar) return null
  const byStart = (a: Span, b: Span): number => a.fromMinute - b.fromMinute
  return {
    utcOffsetMinutes: calendar.utcOffsetMinutes,
    week: Object.fromEntries(
      weekdays.map((day) => [
        day,
        writeSpans(calendar.week.filter((span) => span.day === day).sort(byStart)),
      ]),
    ) as Record<Weekday, string>,
    exceptions: calendar.exceptions.map(({ day, open }) => ({
      day,
      open: writeSpans([...open].sort(byStart)),
    })),
  }
}

/** Of hours that were checked. */
export function calendarOf(hours: Hours | null): Calendar | null {
  if (!hours) return null
  const on = (day: Weekday, text: string): OpenSpan[] =>
    (readSpans(text) ?? []).map((span) => ({ day, ...span }))
  return {
    utcOffsetMinutes: hours.utcOffsetMinutes,
    week: weekdays.flatMap((day) => on(day, hours.week[day])),
    exceptions: hours.exceptions.map(({ day, open }) => ({ day, open: on(weekdayOf(day), open) })),
  }
}

/** The weekday of a day such as 2026-10-01. */
export function weekdayOf(day: string): Weekday {
  return weekdays[(new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7] ?? 'monday'
}

export function checkHours(hours: Hours | null, checker: Checker): void {
  if (!hours) return
  checker.whole(hours.utcOffsetMinutes, 'calendar.utcOffsetMinutes', -840, 840)
  for (const day of weekdays)
    checker.must(readSpans(hours.week[day]) !== null, `calendar.week.${day}`, 'hours')
  hours.exceptions.forEach(({ day, open }, i) => {
    checker.must(/^\d{4}-\d\d-\d\d$/.test(day), `calendar.exceptions.${i}.day`, 'day')
    checker.must(readSpans(open) !== null, `calendar.exceptions.${i}.open`, 'hours')
    const earlier = hours.exceptions.slice(0, i).some((other) => other.day === day)
    checker.must(!earlier, `calendar.exceptions.${i}.day`, 'twice')
  })
}
