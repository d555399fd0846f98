import type { Problem, TicketNews } from '@campuscare/client'

/** Decisions that were made without a person, over plain HTTP. */
export type DecisionKind = 'triage' | 'answer' | 'remedy'

export interface Verdict {
  right: boolean
  by: string
  at: string
  category: string | null
  urgency: string | null
  sentiment: string | null
  reason: string | null
}

export interface ReviewLine {
  reviewId: string
  state: 'waiting' | 'judged' | 'lapsed'
  review: {
    ticketId: string
    seq: number
    kind: DecisionKind
    at: string
    category: string
    urgency: string
    sentiment: string
    detail: string | null
    verdict: Verdict | null
  }
}

export interface ReviewSheet {
  line: ReviewLine
  history: TicketNews
}

export interface Judgement {
  right: boolean
  category?: string
  urgency?: string
  sentiment?: string
  reason?: string
}

export interface ReviewCount {
  kind: DecisionKind
  category: string
  right: number
  wrong: number
  waiting: number
  lapsed: number
}

export interface ReviewFigures {
  days: number
  percent: number
  counts: ReviewCount[]
}

export interface Answer<T> {
  value?: T
  problem?: Problem
}

/** Decisions that a page loads at once: more than anybody judges in one sitting. */
const PAGE = 100

export function useReviews(campus: string, token: string) {
  const base = `/api/v1/campuses/${encodeURIComponent(campus)}/reviews`
  const headers = { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' }

  async function ask<T>(address: string, body?: unknown): Promise<Answer<T>> {
    try {
      const init = body === undefined ? { headers } : { method: 'POST', headers, body: JSON.stringify(body) }
      const response = await fetch(address, init)
      const told: unknown = await response.json()
      return response.ok ? { value: told as T } : { problem: told as Problem }
    } catch {
      return { problem: { code: 'offline' } }
    }
  }

  return {
    waiting: () => ask<ReviewLine[]>(`${base}?limit=${PAGE}`),
    open: (id: string) => ask<ReviewSheet>(`${base}/${id}`),
    judge: (id: string, judgement: Judgement) => ask<ReviewLine>(`${base}/${id}/verdict`, judgement),
    figures: () => ask<ReviewFigures>(`${base}/figures`),
    /** The corrected messages, to be saved; null when they can't be had. */
    async corrections(): Promise<Blob | null> {
      try {
        const response = await fetch(`${base}/corrections`, { headers })
        return response.ok ? await response.blob() : null
      } catch {
        return null
      }
    },
  }
}

export type Reviews = ReturnType<typeof useReviews>

/** Of those judged, how many were right, in hundredths; null when nobody judged one. */
export function agreement(counts: readonly ReviewCount[]): number | null {
  const right = counts.reduce((sum, count) => sum + count.right, 0)
  const judged = counts.reduce((sum, count) => sum + count.right + count.wrong, 0)
  return judged === 0 ? null : Math.round((100 * right) / judged)
}
