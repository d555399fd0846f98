import { clockTime } from '../shared/format'
import type { Conversation } from './care'
import type { Desk } from './context'

/** By when the customer hears from us: an agent's promise, or the call that a kept place led to. */
export function promiseOf(
  { say, language }: Pick<Desk, 'say' | 'language'>,
  { ticket, events }: Conversation,
  now: number = Date.now(),
): string[] {
  const words: string[] = []
  const last = events.findLast((e) => e.type === 'placeKept' || e.type === 'message')
  if (ticket.phase === 'assigned' && ticket.channel === 'phone' && last?.type === 'placeKept')
    words.push(say('hold.calling', { name: ticket.agentName ?? say('agent') }))
  const clock = ticket.clocks.find((c) => c.kind === 'promise' && c.state !== 'hit')
  if (!clock) return words
  const due = Date.parse(clock.dueAt)
  const isAnswered = events.some(
    (e) => e.type === 'message' && e.author === 'agent' && Date.parse(e.at) >= due,
  )
  if (isAnswered) return words
  const isLate = clock.state === 'missed' || due <= now
  const time = clockTime(clock.dueAt, language, new Date())
  return [...words, say(isLate ? 'promise.late' : 'promise.by', { time })]
}
