import { onMounted, ref, shallowRef } from 'vue'
import type { Problem } from '@campuscare/client'
import type { Told } from '../client/admin'

/** A list that is read page by page, and read anew after something was done to it. */
export function useList<T>(read: () => Promise<Told<T[]>>, more: (next: string) => Promise<Told<T[]>>) {
  const lines = shallowRef<T[]>([])
  const next = shallowRef<string | null>(null)
  const problem = shallowRef<Problem | null>(null)
  const loading = ref(true)

  async function take(asked: Promise<Told<T[]>>, before: T[]): Promise<void> {
    loading.value = true
    const told = await asked
    loading.value = false
    problem.value = told.problem ?? null
    if (!told.value) return
    lines.value = [...before, ...told.value]
    next.value = told.next ?? null
  }

  const load = (): Promise<void> => take(read(), [])
  onMounted(load)
  return {
    lines,
    next,
    problem,
    loading,
    load,
    goOn: () => (next.value ? take(more(next.value), lines.value) : Promise.resolve()),
    /** Does something to it, and reads it anew; what it answered, or nothing when it was refused. */
    async act<A>(doing: Promise<Told<A>>): Promise<A | undefined> {
      const told = await doing
      if (told.problem) problem.value = told.problem
      else await load()
      return told.value
    },
  }
}
