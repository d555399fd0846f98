import {
  computed,
  hasInjectionContext,
  inject,
  onUnmounted,
  ref,
  shallowRef,
  type InjectionKey,
  type Ref,
} from 'vue'
import type { Problem } from '@campuscare/client'
import type { Fault, Faults } from './faults'

/** Something that is kept on the server, and which version of it. */
export interface Kept<T> {
  value: T
  version: number
}

export interface FormSource<T> {
  /** What is kept now, read anew; null when it can't be read. */
  read: () => Promise<Kept<T> | null>
  /** Keeps it, unless somebody changed that version meanwhile. */
  write: (value: T, version: number) => Promise<{ kept?: Kept<T>; problem?: Problem }>
  check: (value: T) => Faults
  /** What the server puts before the name of a field. */
  prefix?: string
}

/** A form that the page must not leave unasked. */
export interface Leavable {
  dirty: Readonly<Ref<boolean>>
  reset: () => void
}

/** The forms on the page: the shell asks them before it shows another section. */
export const formsKey: InjectionKey<Set<Leavable>> = Symbol('forms')

const copy = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T
const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b)

/**
 * One form: what was kept, what is being written, and what came of keeping it. A change by somebody else of something
 * else is no conflict: the form goes on from the newer version by itself.
 */
export function useForm<T>(first: Kept<T>, source: FormSource<T>) {
  let base = first
  const draft = ref(copy(first.value)) as Ref<T>
  const kept = shallowRef(first.value)
  const theirs = shallowRef<Kept<T> | null>(null)
  const problem = shallowRef<Problem | null>(null)
  const tried = ref(false)
  const busy = ref(false)
  const done = ref(false)
  const dirty = computed(() => !same(draft.value, kept.value))
  const faults = computed(() => source.check(draft.value))

  function settle(next: Kept<T>, mine?: T): void {
    base = next
    kept.value = next.value
    draft.value = copy(mine ?? next.value)
    theirs.value = null
    problem.value = null
    tried.value = false
  }

  async function save(): Promise<boolean> {
    tried.value = true
    done.value = false
    if (busy.value || Object.keys(faults.value).length > 0) return false
    busy.value = true
    try {
      return await write(copy(draft.value))
    } finally {
      busy.value = false
    }
  }

  async function write(mine: T, again = true): Promise<boolean> {
    const answer = await source.write(mine, base.version)
    if (answer.kept) {
      settle(answer.kept)
      done.value = true
      return true
    }
    problem.value = answer.problem ?? { code: 'failed' }
    if (problem.value.code !== 'preconditionFailed') return false
    const now = await source.read()
    if (!now) return false
    if (again && same(now.value, base.value)) {
      base = now
      return write(mine, false)
    }
    theirs.value = now
    return false
  }

  /** A field's fault: found here once saving was tried, or told by the server. */
  function faultOf(field: string): Fault | Problem | null {
    if (tried.value && faults.value[field]) return faults.value[field]
    const told = problem.value?.field
    if (!told) return null
    const own = source.prefix && told.startsWith(source.prefix) ? told.slice(source.prefix.length) : told
    return own === field ? problem.value : null
  }

  const form = {
    draft,
    dirty,
    faults,
    theirs,
    problem,
    tried,
    busy,
    done,
    save,
    faultOf,
    reset: () => settle(base),
    /** Theirs, and what was written here is gone. */
    takeTheirs: () => theirs.value && settle(theirs.value),
    /** What was written here goes over theirs: they were seen. */
    keepMine: async () => {
      if (!theirs.value) return
      settle(theirs.value, draft.value)
      await save()
    },
  }
  const forms = hasInjectionContext() ? inject(formsKey, null) : null
  if (forms) {
    forms.add(form)
    onUnmounted(() => forms.delete(form))
  }
  return form
}

export type Form<T> = ReturnType<typeof useForm<T>>

/** What a field needs of its form. */
export const faultKey: InjectionKey<(field: string) => Fault | Problem | null> = Symbol('faults')
