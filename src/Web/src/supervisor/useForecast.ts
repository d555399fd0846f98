import { onScopeDispose, shallowRef, type ShallowRef } from 'vue'
import type { CampusForecast } from '@campuscare/client'
import type { Identity } from '../client/identity'
import { fetchForecast } from '../client/rest'

/** The server looks once a minute. */
const PERIOD_MS = 60_000

/** The forecast, read once a minute; what can't be read leaves what was. */
export function useForecast(identity: Identity): ShallowRef<CampusForecast | null> {
  const forecast = shallowRef<CampusForecast | null>(null)
  async function read(): Promise<void> {
    const next = await fetchForecast(identity.campus, identity.token)
    if (next) forecast.value = next
  }
  void read()
  const timer = setInterval(() => void read(), PERIOD_MS)
  onScopeDispose(() => clearInterval(timer))
  return forecast
}
