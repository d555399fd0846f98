/** What is promised most, in minutes from now. */
export const quickMinutes = [10, 20, 30, 60] as const

const MINUTE_MS = 60_000
const DAY_MS = 24 * 60 * MINUTE_MS

/** So many minutes from now, at the next full minute: what is said to the customer is what the clock holds. */
export function inMinutes(minutes: number, now: number): Date {
  return new Date(Math.ceil(now / MINUTE_MS) * MINUTE_MS + minutes * MINUTE_MS)
}

/** The next time that a clock on the wall shows `HH:mm`: today, or tomorrow when that has passed; null for no time. */
export function nextAt(time: string, now: number): Date | null {
  const parts = /^([01]?\d|2[0-3]):([0-5]\d)$/.exec(time)
  if (!parts) return null
  const at = new Date(now)
  at.setHours(Number(parts[1]), Number(parts[2]), 0, 0)
  return at.getTime() > now ? at : new Date(at.getTime() + DAY_MS)
}
