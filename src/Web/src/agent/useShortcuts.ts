import { onMounted, onUnmounted } from 'vue'

export interface Shortcuts {
  go: (n: number) => void
  accept: () => void
  resolve: () => void
  handOver: () => void
  ask: () => void
  promise: () => void
  note: () => void
  insert: () => void
  suggest: () => void
  /** A button of the call at hand, by its mark. */
  call: (mark: 'mute' | 'hold' | 'end') => void
  close: () => void
  help: () => void
}

/** Alt+1…9, Alt+letter, and ?. By place on the keyboard, because Alt makes other letters of some. */
export function useShortcuts(actions: Shortcuts): void {
  function pressed(event: KeyboardEvent): void {
    const action = event.altKey && !event.ctrlKey && !event.metaKey ? withAlt(event.code) : withoutAlt(event)
    if (!action) return
    event.preventDefault()
    action()
  }

  function withAlt(code: string): (() => void) | null {
    const digit = /^(?:Digit|Numpad)([1-9])$/.exec(code)
    if (digit) return () => actions.go(Number(digit[1]))
    const letters: Record<string, () => void> = {
      KeyA: actions.accept,
      KeyR: actions.resolve,
      KeyT: actions.handOver,
      KeyQ: actions.ask,
      KeyP: actions.promise,
      KeyN: actions.note,
      KeyI: actions.insert,
      KeyS: actions.suggest,
      KeyM: () => actions.call('mute'),
      KeyH: () => actions.call('hold'),
      KeyX: () => actions.call('end'),
      KeyW: actions.close,
    }
    return letters[code] ?? null
  }

  /** A question mark that is typed into a field is text. */
  function withoutAlt(event: KeyboardEvent): (() => void) | null {
    const types = event.target instanceof HTMLElement && event.target.closest('input, textarea, select')
    return event.key === '?' && !types ? actions.help : null
  }

  onMounted(() => addEventListener('keydown', pressed))
  onUnmounted(() => removeEventListener('keydown', pressed))
}
