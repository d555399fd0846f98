import type { Category, CustomerRole, Problem } from '@campuscare/client'

/** What a campus's administrators read and change, over plain HTTP. */
export type Strategy = 'bestMatch' | 'longestIdle' | 'roundRobin' | 'leastLoaded'
export const strategies: readonly Strategy[] = ['bestMatch', 'longestIdle', 'roundRobin', 'leastLoaded']

export const weekdays = [
  'monday',
  'tuesday',
  'wednesday',
  'thursday',
  'friday',
  'saturday',
  'sunday',
] as const
export type Weekday = (typeof weekdays)[number]

export interface Ring {
  afterSeconds: number
  lowerLevelsBy: number
  without: string[]
  queues: string[]
  region: boolean
}

export interface SkillRule {
  skill: string
  level: number
  hard: boolean
  role: CustomerRole | null
  language: 'zh' | 'en' | null
  category: Category | null
  tier: 'standard' | 'vip' | null
}

export interface Targets {
  firstResponseSeconds: number
  nextResponseSeconds: number
  resolutionSeconds: number
}

export interface CategoryTargets extends Targets {
  category: Category
}

export interface ServiceTargets extends Targets {
  vipFirstResponseSeconds: number
  byCategory: CategoryTargets[]
}

export interface OpenSpan {
  day: Weekday
  fromMinute: number
  toMinute: number
}

export interface SpecialDay {
  /** As 2026-10-01. */
  day: string
  open: OpenSpan[]
}

export interface Calendar {
  utcOffsetMinutes: number
  week: OpenSpan[]
  exceptions: SpecialDay[]
}

export interface Queue {
  queue: string
  nameZh: string
  nameEn: string
  categories: Category[]
  minimumLevel: number
  offerSeconds: number
  wrapUpSeconds: number
  strategy: Strategy
  rings: Ring[]
  stickySeconds: number
  autoAccept: boolean
  skillRules: SkillRule[]
  targets: ServiceTargets | null
  calendar: Calendar | null
  maximumWaiting: number
  escalateTo: string | null
  escalateAfterSeconds: number
  lends: boolean
}

export interface AgentSkill {
  skill: string
  level: number
}

export interface Agent {
  agentId: string
  name: string
  queues: string[]
  skills: AgentSkill[]
  pods: string[]
  capacity: number
  calls: number
  forms: number
  version: number
  retired: boolean
}

export type RemedyKind = 'coupon' | 'refund'
export const anomalies = ['late', 'moneyNotBack', 'noRider', 'slowKitchen', 'riderLost', 'weather'] as const
export type Anomaly = (typeof anomalies)[number]

export interface RemedyRule {
  id: string
  kind: RemedyKind
  categories: Category[]
  anomaly: Anomaly | null
  leastMinutes: number
  needsPicture: boolean
  fen: number
  percent: number
  maximumFen: number
}

export interface Remedies {
  rules: RemedyRule[]
  utcOffsetMinutes: number
  automaticFen: number
  agentFen: number
  customerDayFen: number
  customerTimes: number
  campusDayFen: number
  proactive: boolean
}

export interface Bot {
  on: boolean
  confidence: number
  notFor: Category[]
}

export interface Settings {
  campus: string
  nameZh: string
  nameEn: string
  region: string
  queues: Queue[]
  retention: { personalDays: number } | null
  origins: string[]
  version: number
  bot: Bot | null
  remedies: Remedies | null
  reviews: { percent: number } | null
}

export interface Told<T> {
  value?: T
  problem?: Problem
  /** Where the next page is. */
  next?: string | null
}

export interface Asking {
  body?: unknown
  /** The version that a change was made from. */
  version?: number
  /** Names the request, so that repeating it does it once. */
  key?: string
}

/** The campus's part of the API, with somebody's token. */
export function useCampusApi(campus: string, token: string) {
  const base = `/api/v1/campuses/${encodeURIComponent(campus)}`

  /** Asks one route; a `path` that begins with a slash is an address as it stands (a page's next). */
  async function ask<T>(method: string, path: string, asking: Asking = {}): Promise<Told<T>> {
    const headers: Record<string, string> = { Authorization: `Bearer ${token}` }
    if (asking.body !== undefined) headers['Content-Type'] = 'application/json'
    if (asking.version !== undefined) headers['If-Match'] = `"${asking.version}"`
    if (asking.key) headers['Idempotency-Key'] = asking.key
    try {
      const response = await fetch(path.startsWith('/') ? path : `${base}/${path}`, {
        method,
        headers,
        ...(asking.body === undefined ? {} : { body: JSON.stringify(asking.body) }),
      })
      const told: unknown = await response.json()
      if (!response.ok) return { problem: told as Problem }
      const next = /<([^>]+)>; rel="next"/.exec(response.headers.get('link') ?? '')?.[1] ?? null
      return { value: told as T, next }
    } catch {
      return { problem: { code: 'offline' } }
    }
  }

  return {
    ask,
    settings: () => ask<Settings>('GET', 'settings'),
    put: (path: string, body: unknown, version: number) => ask<Settings>('PUT', path, { body, version }),
  }
}

export type CampusApi = ReturnType<typeof useCampusApi>
