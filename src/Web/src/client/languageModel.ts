import type { Problem } from '@campuscare/client'

const base = (campus: string): string => `/api/v1/campuses/${encodeURIComponent(campus)}`

const asked = new Map<string, Promise<boolean>>()

/** Whether there is a model that agents can ask for a reply; asked once for a campus. */
export function suggestsReplies(campus: string, token: string): Promise<boolean> {
  let answer = asked.get(campus)
  if (!answer) {
    answer = look(campus, token)
    asked.set(campus, answer)
  }
  return answer
}

async function look(campus: string, token: string): Promise<boolean> {
  try {
    const response = await fetch(`${base(campus)}/language-model`, {
      headers: { Authorization: `Bearer ${token}` },
    })
    return response.ok && ((await response.json()) as { suggests: boolean }).suggests
  } catch {
    return false
  }
}

/** A reply that the agent who has the ticket may send, or why there is none. */
export async function suggestReply(
  campus: string,
  ticketId: string,
  token: string,
): Promise<{ text?: string; problem?: Problem }> {
  try {
    const response = await fetch(`${base(campus)}/tickets/${ticketId}/suggested-reply`, {
      method: 'POST',
      headers: { Authorization: `Bearer ${token}` },
    })
    const told: unknown = await response.json()
    return response.ok ? { text: (told as { text: string }).text } : { problem: told as Problem }
  } catch {
    return { problem: { code: 'offline' } }
  }
}
