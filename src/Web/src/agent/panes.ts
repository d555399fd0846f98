/** Which conversations are open side by side, and which of them has the keyboard. */
export interface Panes {
  open: readonly string[]
  focused: string | null
}

/** Narrower than this, in CSS pixels, a conversation is hard to read. */
const PANE_WIDTH = 330

/** More at once is more than a person can follow. */
export const MAX_PANES = 3

export function panesThatFit(width: number): number {
  return Math.max(1, Math.min(MAX_PANES, Math.floor(width / PANE_WIDTH)))
}

/** Opens and focuses a conversation; when there is no room, it takes the place of one without focus. */
export function openPane(panes: Panes, ticketId: string, room: number): Panes {
  if (panes.open.includes(ticketId)) return { ...panes, focused: ticketId }
  if (panes.open.length < room) return { open: [...panes.open, ticketId], focused: ticketId }
  const shown = panes.open.slice(-room)
  const leaves = shown.find((id) => id !== panes.focused) ?? shown[0]
  return { open: shown.map((id) => (id === leaves ? ticketId : id)), focused: ticketId }
}

export function closePane(panes: Panes, ticketId: string): Panes {
  const open = panes.open.filter((id) => id !== ticketId)
  const focused = panes.focused === ticketId ? (open.at(-1) ?? null) : panes.focused
  return { open, focused }
}

/** What is visible when only so many fit: the focused one is always among them. */
export function visiblePanes(panes: Panes, room: number): readonly string[] {
  if (panes.open.length <= room) return panes.open
  const others = panes.open.filter((id) => id !== panes.focused).slice(0, room - (panes.focused ? 1 : 0))
  return panes.open.filter((id) => id === panes.focused || others.includes(id))
}
