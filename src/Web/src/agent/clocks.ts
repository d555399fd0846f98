import type { ClockKind, Ticket, TicketEvent } from '@campuscare/client'

/** The clocks that an agent works against; those of tiers and the product team tick elsewhere. */
const shownKinds = ['firstResponse', 'nextResponse', 'promise', 'resolution'] as const
export type ShownKind = (typeof shownKinds)[number]

/** A clock as the agent sees it now. */
export interface ClockFace {
  kind: ShownKind
  dueAt: string
  /** Seconds left; negative: so long overdue. */
  left: number
  tone: 'calm' | 'soon' | 'late'
}

/** With fewer seconds than this left, a clock asks for attention. */
const SOON_SECONDS: Record<ShownKind, number> = {
  firstResponse: 30,
  nextResponse: 30,
  promise: 300,
  resolution: 300,
}

/** What runs, and what was missed and is still owed; the most pressing first. `now` in milliseconds. */
export function clockFaces(ticket: Ticket, events: readonly TicketEvent[], now: number): ClockFace[] {
  if (ticket.phase === 'resolved' || ticket.phase === 'closed') return []
  const lastWord = events.findLast(
    (e) => e.type === 'message' && (e.author === 'agent' || e.author === 'supervisor'),
  )
  const spokeAfter = (dueAt: string): boolean =>
    lastWord !== undefined && Date.parse(lastWord.at) >= Date.parse(dueAt)
  return ticket.clocks
    .filter((clock) => isShown(clock.kind))
    .filter(
      (clock) =>
        clock.state === 'active' ||
        (clock.state === 'missed' && (clock.kind === 'resolution' || !spokeAfter(clock.dueAt))),
    )
    .map((clock) => faceOf(clock.kind as ShownKind, clock.dueAt, now))
    .toSorted((a, b) => a.left - b.left)
}

function faceOf(kind: ShownKind, dueAt: string, now: number): ClockFace {
  const left = (Date.parse(dueAt) - now) / 1000
  return { kind, dueAt, left, tone: left <= 0 ? 'late' : left <= SOON_SECONDS[kind] ? 'soon' : 'calm' }
}

function isShown(kind: ClockKind): boolean {
  return (shownKinds as readonly ClockKind[]).includes(kind)
}
