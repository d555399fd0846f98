import { onScopeDispose, ref, type Ref } from 'vue'

/** The time, once a second, by the server's clock as far as it is known. */
export function useNow(): Ref<number> {
  const now = ref(serverNow())
  const timer = setInterval(() => (now.value = serverNow()), 1_000)
  onScopeDispose(() => clearInterval(timer))
  return now
}

/** The time by the server's clock as far as it is known, in milliseconds. */
export function serverNow(): number {
  return Date.now() + offset
}

let offset = 0

/** Learns how far this computer's clock is off from an answer's Date header (whole seconds, so half a one is added). */
export function learnServerTime(date: string | null): void {
  const server = Date.parse(date ?? '')
  if (!Number.isNaN(server)) offset = server + 500 - Date.now()
}
