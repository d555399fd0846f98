import type { Queue, Ring, ServiceTargets, SkillRule } from '../client/admin'
import { Checker, isSkill, isSlug, limits, pods, type Faults } from './faults'
import { calendarOf, checkHours, hoursOf, type Hours } from './hours'

/** A queue as its form writes it: office hours are words. */
export type QueueDraft = Omit<Queue, 'calendar'> & { calendar: Hours | null }

export const draftOf = (queue: Queue): QueueDraft => ({ ...queue, calendar: hoursOf(queue.calendar) })
export const queueOf = (draft: QueueDraft): Queue => ({ ...draft, calendar: calendarOf(draft.calendar) })

export const newQueue = (): QueueDraft => ({
  queue: '',
  nameZh: '',
  nameEn: '',
  categories: [],
  minimumLevel: 1,
  offerSeconds: 20,
  wrapUpSeconds: 60,
  strategy: 'bestMatch',
  rings: [],
  stickySeconds: 0,
  autoAccept: false,
  skillRules: [],
  targets: null,
  calendar: null,
  maximumWaiting: 0,
  escalateTo: null,
  escalateAfterSeconds: 0,
  lends: false,
})

/** A ring that begins a while after the last one. */
export const nextRing = (rings: readonly Ring[]): Ring => ({
  afterSeconds: (rings.at(-1)?.afterSeconds ?? 0) + 30,
  lowerLevelsBy: Math.min(4, (rings.at(-1)?.lowerLevelsBy ?? 0) + 1),
  without: [...(rings.at(-1)?.without ?? [])],
  queues: [...(rings.at(-1)?.queues ?? [])],
  region: rings.at(-1)?.region ?? false,
})

export const newRule = (): SkillRule => ({
  skill: 'lang:en',
  level: 1,
  hard: false,
  role: null,
  language: 'en',
  category: null,
  tier: null,
})

export const usualTargets = (): ServiceTargets => ({
  firstResponseSeconds: 60,
  nextResponseSeconds: 120,
  resolutionSeconds: 3600,
  vipFirstResponseSeconds: 15,
  byCategory: [],
})

/** What is wrong with a queue. `others` are the ids of the campus's other queues. */
export function checkQueue(queue: QueueDraft, others: readonly string[]): Faults {
  const check = new Checker()
  check.must(isSlug(queue.queue), 'queue', 'slug')
  check.must(!others.includes(queue.queue), 'queue', 'twice')
  check.name(queue.nameZh, 'nameZh')
  check.name(queue.nameEn, 'nameEn')
  check.whole(queue.minimumLevel, 'minimumLevel', 1, 5)
  check.whole(queue.offerSeconds, 'offerSeconds', 1, limits.offerSeconds)
  for (const field of ['wrapUpSeconds', 'stickySeconds', 'escalateAfterSeconds'] as const)
    check.whole(queue[field], field, 0, limits.seconds)
  check.whole(queue.maximumWaiting, 'maximumWaiting', 0, 1_000_000)
  check.must(!queue.escalateTo || others.includes(queue.escalateTo), 'escalateTo', 'otherQueue')
  checkRings(queue.rings, others, check)
  checkRules(queue.skillRules, check)
  checkTargets(queue.targets, check)
  checkHours(queue.calendar, check)
  return check.faults
}

function checkRings(rings: readonly Ring[], others: readonly string[], check: Checker): void {
  check.must(rings.length <= limits.rings, 'rings', 'tooMany', { max: limits.rings })
  rings.forEach((ring, i) => {
    const after = rings[i - 1]?.afterSeconds ?? 0
    check.whole(ring.afterSeconds, `rings.${i}.afterSeconds`, 1, limits.seconds)
    check.must(ring.afterSeconds > after, `rings.${i}.afterSeconds`, 'later', { after })
    check.whole(ring.lowerLevelsBy, `rings.${i}.lowerLevelsBy`, 0, 4)
    check.must(
      ring.queues.every((queue) => others.includes(queue)),
      `rings.${i}.queues`,
      'otherQueue',
    )
  })
}

function checkRules(rules: readonly SkillRule[], check: Checker): void {
  check.must(rules.length <= limits.skillRules, 'skillRules', 'tooMany', { max: limits.skillRules })
  rules.forEach((rule, i) => {
    const isPod = rule.skill.startsWith('pod:')
    check.must(isSkill(rule.skill), `skillRules.${i}.skill`, 'skill')
    check.must(!isPod || pods.some((pod) => pod === rule.skill), `skillRules.${i}.skill`, 'pod', {
      pods: pods.join(', '),
    })
    check.whole(rule.level, `skillRules.${i}.level`, 1, 5)
  })
}

const clocks = ['firstResponseSeconds', 'nextResponseSeconds', 'resolutionSeconds'] as const

function checkTargets(targets: ServiceTargets | null, check: Checker): void {
  if (!targets) return
  for (const clock of [...clocks, 'vipFirstResponseSeconds'] as const)
    check.whole(targets[clock], `targets.${clock}`, 0, limits.seconds)
  targets.byCategory.forEach((own, i) => {
    for (const clock of clocks) check.whole(own[clock], `targets.byCategory.${i}.${clock}`, 0, limits.seconds)
    const earlier = targets.byCategory.slice(0, i).some((other) => other.category === own.category)
    check.must(!earlier, `targets.byCategory.${i}.category`, 'twice')
  })
}
