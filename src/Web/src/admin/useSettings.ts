import { inject, provide, shallowRef, type InjectionKey, type ShallowRef } from 'vue'
import type { Problem } from '@campuscare/client'
import type { CampusApi, Settings } from '../client/admin'
import type { FormSource, Kept } from './useForm'

/** A part of the settings that one form edits. */
export interface Part<T> {
  /** The route that changes it. */
  path: string
  of: (settings: Settings) => T
  check: FormSource<T>['check']
  /** What the server puts before the name of a field. */
  prefix?: string
  /** What the route takes, where the form writes it down otherwise. */
  body?: (value: T) => unknown
}

/** The campus's settings as the page knows them: read once, and taken anew from every answer. */
export interface SettingsDesk {
  api: CampusApi
  settings: ShallowRef<Settings | null>
  problem: ShallowRef<Problem | null>
  load: () => Promise<Settings | null>
  /** What one form edits of them. */
  source: <T>(part: Part<T>) => FormSource<T>
  kept: <T>(of: (settings: Settings) => T) => Kept<T>
}

const key: InjectionKey<SettingsDesk> = Symbol('settings')

export function provideSettings(api: CampusApi): SettingsDesk {
  const settings = shallowRef<Settings | null>(null)
  const problem = shallowRef<Problem | null>(null)

  async function load(): Promise<Settings | null> {
    const told = await api.settings()
    problem.value = told.problem ?? null
    if (told.value) settings.value = told.value
    return told.value ?? null
  }

  const desk: SettingsDesk = {
    api,
    settings,
    problem,
    load,
    kept: (of) => ({ value: of(settings.value!), version: settings.value!.version }),
    source: ({ path, of, check, prefix, body }) => ({
      check,
      ...(prefix ? { prefix } : {}),
      async read() {
        const now = await load()
        return now ? { value: of(now), version: now.version } : null
      },
      async write(value, version) {
        const told = await api.put(path, body ? body(value) : value, version)
        if (!told.value) return { problem: told.problem ?? { code: 'failed' } }
        settings.value = told.value
        return { kept: { value: of(told.value), version: told.value.version } }
      },
    }),
  }
  provide(key, desk)
  return desk
}

export function useSettings(): SettingsDesk {
  return inject(key)!
}
