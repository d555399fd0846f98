import type { QueuePlace } from '@campuscare/client'
import { clockTime } from '../shared/format'

/** What can honestly be said about a wait; minutes are whole ones. */
export type Wait =
  | { kind: 'closed'; opensAt: string }
  | { kind: 'nobody' }
  | { kind: 'soon' }
  | { kind: 'about'; n: number }
  | { kind: 'between'; n: number; low: number; high: number }

/** Of an expected wait and its band. A band is rounded outwards: it never promises more than is known. */
export function waitOf(place: QueuePlace): Wait {
  if (place.opensAt) return { kind: 'closed', opensAt: place.opensAt }
  const { expectedWaitSeconds: expected, lowSeconds, highSeconds } = place
  if (expected === null) return { kind: 'nobody' }
  const n = Math.max(1, Math.round(expected / 60))
  const low = Math.floor((lowSeconds ?? expected) / 60)
  const high = Math.ceil((highSeconds ?? expected) / 60)
  if (high <= 1) return { kind: 'soon' }
  if (low >= n && high <= n) return { kind: 'about', n }
  return { kind: 'between', n: Math.min(Math.max(n, low), high), low, high }
}

/** Where somebody stands, and how long it may take, in words. */
export function placeWords(
  t: (key: string, values?: Record<string, unknown>) => string,
  place: QueuePlace,
  locale: string,
): string[] {
  if (!place.opensAt && place.position === 0) return [t('wait.connecting')]
  const wait = waitOf(place)
  if (wait.kind === 'closed')
    return [t('wait.closed'), t('wait.opens', { time: clockTime(wait.opensAt, locale, new Date()) })]
  return [
    place.position === 1 ? t('wait.next') : t('wait.position', { n: place.position }),
    t(`wait.${wait.kind}`, { ...wait }),
  ]
}

/** A phone number as its owner recognizes it: the middle hidden. */
export function masked(phone: string): string {
  return phone.length <= 7
    ? '*'.repeat(phone.length)
    : phone.slice(0, 3) + '*'.repeat(phone.length - 7) + phone.slice(-4)
}

/** What may be dialled: digits, with a country code, spaces and dashes as people write them. Null: not a number. */
export function phoneNumber(written: string): string | null {
  const number = written.replace(/[\s()-]/g, '')
  return /^\+?\d{5,20}$/.test(number) ? number : null
}
