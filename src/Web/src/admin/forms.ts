import type { Bot, Remedies, RemedyRule, Settings } from '../client/admin'
import { Checker, isSlug, limits, type Faults } from './faults'
import type { Part } from './useSettings'

/** The parts of the settings that stand on one page each or share one: what they are, and what is wrong with them. */

/** Origins as people write them: one a line. */
export const originsPart: Part<{ text: string }> = {
  path: 'origins',
  of: (settings) => ({ text: settings.origins.join('\n') }),
  body: ({ text }) => ({ origins: originsOf(text) }),
  check({ text }) {
    const check = new Checker()
    const origins = originsOf(text)
    const wrong = origins.find((origin) => !isOrigin(origin))
    check.must(origins.length <= limits.origins, 'origins', 'tooMany', { max: limits.origins })
    check.must(wrong === undefined, 'origins', 'origin', { origin: wrong ?? '' })
    return check.faults
  },
}

const originsOf = (text: string): string[] =>
  text
    .split(/\s+/)
    .map((line) => line.replace(/\/$/, ''))
    .filter((line) => line !== '')

/** A scheme, a host, perhaps a port, as a browser would send it. */
export function isOrigin(text: string): boolean {
  const address = URL.parse(text)
  return address !== null && /^https?:$/.test(address.protocol) && address.origin === text
}

export const retentionPart: Part<{ personalDays: number }> = {
  path: 'retention',
  prefix: 'retention.',
  of: (settings) => settings.retention ?? { personalDays: 0 },
  check({ personalDays }) {
    const check = new Checker()
    check.whole(personalDays, 'personalDays', 0, limits.days)
    return check.faults
  },
}

export const botPart: Part<Bot> = {
  path: 'bot',
  prefix: 'bot.',
  of: (settings) => settings.bot ?? { on: false, confidence: 0.65, notFor: [] },
  check({ confidence }) {
    const check = new Checker()
    check.must(confidence >= 0.3 && confidence <= 1, 'confidence', 'percent', { from: 30, to: 100 })
    return check.faults
  },
}

/** What holds when a campus says nothing. */
const usualPercent = 7

export const reviewsPart: Part<{ percent: number }> = {
  path: 'reviews',
  prefix: 'reviews.',
  of: (settings) => settings.reviews ?? { percent: usualPercent },
  check({ percent }) {
    const check = new Checker()
    check.whole(percent, 'percent', 0, 100)
    return check.faults
  },
}

const nothingGiven: Remedies = {
  rules: [],
  utcOffsetMinutes: 480,
  automaticFen: 0,
  agentFen: 0,
  customerDayFen: 0,
  customerTimes: 0,
  campusDayFen: 0,
  proactive: false,
}

export const remediesPart: Part<Remedies> = {
  path: 'remedies',
  prefix: 'remedies.',
  of: (settings: Settings) => settings.remedies ?? nothingGiven,
  check: checkRemedies,
}

export const newRemedy = (rules: readonly RemedyRule[]): RemedyRule => ({
  id: `rule-${rules.length + 1}`,
  kind: 'coupon',
  categories: [],
  anomaly: 'late',
  leastMinutes: 20,
  needsPicture: false,
  fen: 300,
  percent: 0,
  maximumFen: 0,
})

/** The most that one order, or one remedy, can be about, in fen. */
const maximumFen = 1_000_000

export function checkRemedies(remedies: Remedies): Faults {
  const check = new Checker()
  check.must(remedies.rules.length <= limits.remedyRules, 'rules', 'tooMany', { max: limits.remedyRules })
  check.whole(remedies.utcOffsetMinutes, 'utcOffsetMinutes', -840, 840)
  check.whole(remedies.customerTimes, 'customerTimes', 0, 100)
  for (const field of ['automaticFen', 'agentFen', 'customerDayFen', 'campusDayFen'] as const)
    money(check, remedies[field], field, field === 'campusDayFen' ? 1000 * maximumFen : maximumFen)
  remedies.rules.forEach((rule, i) => {
    const at = (field: string): string => `rules.${i}.${field}`
    check.must(isSlug(rule.id), at('id'), 'slug')
    check.must(!remedies.rules.slice(0, i).some((other) => other.id === rule.id), at('id'), 'twice')
    check.must(rule.categories.length > 0, at('categories'), 'choose')
    check.whole(rule.leastMinutes, at('leastMinutes'), 0, 1440)
    check.whole(rule.percent, at('percent'), 0, 100)
    money(check, rule.fen, at('fen'), maximumFen)
    money(check, rule.maximumFen, at('maximumFen'), maximumFen)
    check.must(rule.fen > 0 || rule.percent > 0, at('fen'), 'gives')
    check.must(rule.anomaly !== null || rule.needsPicture, at('anomaly'), 'evidence')
  })
  return check.faults
}

function money(check: Checker, fen: number, field: string, most: number): void {
  check.must(Number.isInteger(fen) && fen >= 0 && fen <= most, field, 'money', { to: most / 100 })
}
