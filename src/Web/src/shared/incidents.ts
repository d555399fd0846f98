import type { IncidentNotice } from '@campuscare/client'
import type { AppLocale } from './locales'

/** What is said of an incident in a language; what is empty there is said in the other. */
export function incidentWords(
  incident: Pick<IncidentNotice, 'titleZh' | 'titleEn' | 'adviceZh' | 'adviceEn'>,
  locale: AppLocale,
): { title: string; advice: string } {
  const { titleZh, titleEn, adviceZh, adviceEn } = incident
  return locale === 'en'
    ? { title: titleEn || titleZh, advice: adviceEn || adviceZh }
    : { title: titleZh || titleEn, advice: adviceZh || adviceEn }
}

/** What is broken now; null when it can't be read. */
export async function fetchOpenIncidents(campus: string, gateway = ''): Promise<IncidentNotice[] | null> {
  try {
    const response = await fetch(
      `${gateway.replace(/\/$/, '')}/api/v1/campuses/${encodeURIComponent(campus)}/incidents/open`,
    )
    return response.ok ? ((await response.json()) as IncidentNotice[]) : null
  } catch {
    return null
  }
}

/**
 * What is broken now, for as long as a page lives: read when it opens and after each reconnection, and told in between.
 * An answer that a word overtook is not believed.
 */
export class IncidentFeed {
  private told = 0

  constructor(
    private readonly read: () => Promise<IncidentNotice[] | null>,
    private readonly show: (open: IncidentNotice[]) => void,
  ) {
    void this.load()
  }

  async load(): Promise<void> {
    const before = ++this.told
    const open = await this.read()
    if (open && this.told === before) this.show(open)
  }

  hear(open: IncidentNotice[]): void {
    this.told++
    this.show(open)
  }
}
