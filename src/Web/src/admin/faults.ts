/** What is wrong with a field: the name of the words, and what stands in them. */
export interface Fault {
  key: string
  values?: Record<string, string | number>
}

/** Faults by field; a part of a list is named like `rings.2.afterSeconds`. */
export type Faults = Record<string, Fault>

/** The same limits that the server has: it has the last word. */
export const limits = {
  queues: 64,
  rings: 6,
  skillRules: 50,
  offerSeconds: 300,
  seconds: 30 * 24 * 3600,
  name: 64,
  slug: 32,
  origins: 20,
  days: 3650,
  spansADay: 8,
  remedyRules: 32,
  skills: 64,
  chats: 20,
  forms: 50,
} as const

export const isSlug = (text: string): boolean => /^[a-z0-9-]{1,32}$/.test(text)
export const isSkill = (text: string): boolean => /^[a-z0-9:-]{1,32}$/.test(text)
export const pods = ['pod:quick', 'pod:expert', 'pod:quality'] as const

/** Gathers faults, the first one of each field. */
export class Checker {
  readonly faults: Faults = {}

  add(field: string, key: string, values?: Record<string, string | number>): void {
    this.faults[field] ??= values ? { key, values } : { key }
  }

  must(ok: boolean, field: string, key: string, values?: Record<string, string | number>): void {
    if (!ok) this.add(field, key, values)
  }

  whole(value: number, field: string, from: number, to: number): void {
    this.must(Number.isInteger(value) && value >= from && value <= to, field, 'range', { from, to })
  }

  name(value: string, field: string): void {
    this.must(value.trim() !== '' && value.length <= limits.name, field, 'name', { max: limits.name })
  }
}
