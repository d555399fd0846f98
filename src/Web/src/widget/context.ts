import { createContext } from 'preact'
import { useContext, useState } from 'preact/hooks'
import type { Problem } from '@campuscare/client'
import type { AppLocale } from '../shared/locales'
import type { Care } from './care'
import type { Memory } from './memory'
import { problemIn, type Say } from './words'

/** What every part of the panel works with. */
export interface Desk {
  care: Care
  memory: Memory
  language: AppLocale
  say: Say
}

export const DeskContext = createContext<Desk | null>(null)

export function useDesk(): Desk {
  const desk = useContext(DeskContext)
  if (!desk) throw new Error('This part is shown outside of a panel.')
  return desk
}

/** A command that may be refused: whether it is under way, and why it was refused, in the reader's words. */
export function useCommand(): {
  busy: boolean
  error: string
  run: (command: Promise<Problem | null>) => Promise<boolean>
} {
  const { language } = useDesk()
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState('')
  async function run(command: Promise<Problem | null>): Promise<boolean> {
    setBusy(true)
    const problem = await command
    setBusy(false)
    setError(problem ? problemIn(language, problem) : '')
    return problem === null
  }
  return { busy, error, run }
}
