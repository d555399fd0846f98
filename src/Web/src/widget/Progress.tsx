import type { JSX } from 'preact'
import type { TicketPhase } from '@campuscare/client'
import { useDesk } from './context'

const steps = ['asked', 'waiting', 'helped', 'solved'] as const
const reached: Record<TicketPhase, number> = {
  new: 0,
  waiting: 1,
  offered: 1,
  assigned: 2,
  resolved: 3,
  closed: 3,
}

/** How far a ticket is. */
export function Progress({ phase, labels }: { phase: TicketPhase; labels?: boolean }): JSX.Element {
  const { say } = useDesk()
  const step = reached[phase]
  const done = step === steps.length - 1
  const classOf = (i: number): string =>
    i < step || done ? 'step passed' : i === step ? 'step current' : 'step'
  return (
    <span
      class="progress"
      data-phase={phase}
      role="img"
      aria-label={`${say('steps.label')}: ${say(`phase.${phase}`)}`}
    >
      {steps.map((name, i) => (
        <span key={name} class={classOf(i)}>
          <span class="dot" />
          {labels && <span class="step-name">{say(`steps.${name}`)}</span>}
        </span>
      ))}
    </span>
  )
}
