import type { Evidence, TicketEvent } from '@campuscare/client'
import type { OutboxEntry } from '@campuscare/client'
import type { SendingPicture } from './pictureBox'

/** A message on its way, in the order of writing. */
export type Unsent = OutboxEntry<{ text: string; internal?: boolean }>

/** A message that was acknowledged, and whose event has not come yet. */
export interface Echo {
  id: string
  lane: string
  text: string
  internal?: boolean | undefined
  at: string
}

/** What colleagues say among themselves; customers never get these. */
const amongColleagues = ['note', 'consultAsked', 'consultAnswered', 'whispered'] as const
export type Internal = (typeof amongColleagues)[number]

export interface Bubble {
  kind: 'bubble'
  key: string
  mine: boolean
  /** On the reader's side: the reader's own words, or a colleague's. */
  ours: boolean
  author: string | null
  text: string
  at: string
  state: 'sent' | 'waiting' | 'sending' | 'failed'
  problem: string | null
  /** Set when only colleagues see it. */
  internal: Internal | null
  /** Nobody wrote it: the system tells customers outside of the pages what happens. */
  automatic: boolean
  /** A supervisor who joined wrote it. */
  supervisor: boolean
}

/** A picture that the ticket has, or that is on its way there. */
export interface PictureLine {
  kind: 'picture'
  key: string
  ticketId: string
  mine: boolean
  ours: boolean
  author: string | null
  at: string
  evidence: Evidence | null
  sending: SendingPicture | null
}

/** A line between bubbles: what happened to the ticket. */
export interface Note {
  kind: 'note'
  key: string
  at: string
  event: TicketEvent
}

export type ThreadLine = Bubble | PictureLine | Note

const spoken = new Set<string>(['opened', 'message', 'evidence', ...amongColleagues])

/** Who reads: which side's words, and which of these are the reader's own. */
export interface Reader {
  ticketId: string
  side: 'customer' | 'agent'
  isMe?: (agentId: string) => boolean
  /** What this reader's internal words are; notes, unless said. */
  whispers?: boolean
}

/** What a reader sees of a conversation: events, then what this reader wrote and the server has not told back. */
export function threadLines(
  events: readonly TicketEvent[],
  echoes: readonly Echo[],
  unsent: readonly Unsent[],
  reader: Reader,
  notes: ReadonlySet<string>,
  sending: readonly SendingPicture[] = [],
): ThreadLine[] {
  const told = new Set(events.map((e) => e.messageId).filter(Boolean))
  return [
    ...events.filter((e) => spoken.has(e.type) || notes.has(e.type)).map((e) => lineOf(e, reader)),
    ...echoes
      .filter((e) => !told.has(e.id))
      .map((e) => mineOf(e.id, e.text, e.at, 'sent', null, internalOf(e.internal, reader))),
    ...unsent
      .filter((e) => !told.has(e.id))
      .map((e) =>
        mineOf(
          e.id,
          e.payload.text,
          e.at,
          e.state,
          e.problem?.code ?? null,
          internalOf(e.payload.internal, reader),
        ),
      ),
    ...sending
      .filter(
        (p) => p.ticketId === reader.ticketId && (p.state !== 'sent' || p.seq > (events.at(-1)?.seq ?? 0)),
      )
      .map((p) => pictureOf(p)),
  ]
}

function internalOf(internal: boolean | undefined, reader: Reader): Internal | null {
  return internal ? (reader.whispers ? 'whispered' : 'note') : null
}

function pictureOf(sending: SendingPicture): PictureLine {
  const { id, ticketId, at } = sending
  return {
    kind: 'picture',
    key: id,
    ticketId,
    mine: true,
    ours: true,
    author: null,
    at,
    evidence: null,
    sending,
  }
}

function lineOf(event: TicketEvent, reader: Reader): ThreadLine {
  if (!spoken.has(event.type)) return { kind: 'note', key: `e${event.seq}`, at: event.at, event }
  const bySupervisor = event.author === 'supervisor'
  const ours = event.author === reader.side || (bySupervisor && reader.side === 'agent')
  const byAnother = reader.isMe !== undefined && event.authorId != null && !reader.isMe(event.authorId)
  const [mine, author] = [ours && !byAnother, event.authorName ?? null]
  if (event.evidence) {
    const { at, seq, evidence } = event
    return {
      kind: 'picture',
      key: `e${seq}`,
      ticketId: reader.ticketId,
      mine,
      ours,
      author,
      at,
      evidence,
      sending: null,
    }
  }
  const automatic = event.author === 'system'
  return {
    kind: 'bubble',
    key: event.messageId ?? `e${event.seq}`,
    mine,
    ours: ours || (automatic && reader.side === 'agent'),
    author,
    text: event.text ?? '',
    at: event.at,
    state: 'sent',
    problem: null,
    internal: amongColleagues.find((type) => type === event.type) ?? null,
    automatic,
    supervisor: bySupervisor,
  }
}

function mineOf(
  key: string,
  text: string,
  at: string,
  state: Bubble['state'],
  problem: string | null,
  internal: Internal | null,
): Bubble {
  return {
    kind: 'bubble',
    key,
    mine: true,
    ours: true,
    author: null,
    text,
    at,
    state,
    problem,
    internal,
    automatic: false,
    supervisor: false,
  }
}
