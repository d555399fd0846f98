/** The time of day; with the date when it is not today. */
export function clockTime(iso: string, locale: string, now: Date): string {
  const at = new Date(iso)
  const today = at.toDateString() === now.toDateString()
  return new Intl.DateTimeFormat(locale, {
    ...(today ? {} : { month: 'short', day: 'numeric' }),
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).format(at)
}

/** m:ss, or h:mm:ss. */
export function stopwatch(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds))
  const two = (n: number): string => String(n).padStart(2, '0')
  const [h, m, s] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60]
  return h > 0 ? `${h}:${two(m)}:${two(s)}` : `${m}:${two(s)}`
}

/** An amount in yuan, with two decimals. */
export function yuan(fen: number): string {
  return (fen / 100).toFixed(2)
}

/** Under which name the words for something that happened to a call stand: callConnected, callHeld… */
export function callWord({ detail }: { detail?: string | null }): string {
  return `call${detail ? detail[0]!.toUpperCase() + detail.slice(1) : 'Ended'}`
}
