import type { JSX } from 'preact'
import type { IncidentNotice } from '@campuscare/client'
import { clockTime } from '../shared/format'
import { incidentWords } from '../shared/incidents'
import type { AppLocale } from '../shared/locales'
import type { Say } from './words'

interface IncidentBannerProps {
  incidents: readonly IncidentNotice[]
  language: AppLocale
  say: Say
}

/** What is broken now, told before anybody has to ask. */
export function IncidentBanner({ incidents, language, say }: IncidentBannerProps): JSX.Element {
  const now = new Date()
  return (
    <div role="status">
      {incidents.map((incident) => {
        const { title, advice } = incidentWords(incident, language)
        const { expectedEnd, updatedAt } = incident
        return (
          <p key={incident.incidentId} class="incident" data-test="incident">
            <strong>{title}</strong> {advice}
            <small>
              {expectedEnd && `${say('incident.until', { time: clockTime(expectedEnd, language, now) })} · `}
              {say('incident.updated', { time: clockTime(updatedAt, language, now) })}
            </small>
          </p>
        )
      })}
    </div>
  )
}
