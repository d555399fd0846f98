import { locales, type AppLocale } from '../shared/locales'

/** What the script tag says, as its `data-…` attributes. */
export interface WidgetSettings {
  /** The gateway's address, without a slash at its end. */
  gateway: string
  campus: string
  /** The language to begin with; null: what was chosen last, else Chinese. */
  language: AppLocale | null
  /** Light or dark; null: what the system prefers. */
  theme: 'light' | 'dark' | null
  /** A number to call, as it is dialled; null: no call button. */
  phone: string | null
  /** Where the round button is; null: the page has a button of its own. */
  launcher: 'right' | 'left' | null
  /** How far the round button is above the lower edge, in CSS pixels. */
  bottom: number
}

/** A phone keeps its tabs there. */
const USUAL_BOTTOM = 20

/** The settings, or what is wrong with them, in English: it is for who writes the page. */
export function readSettings(data: DOMStringMap, source: string): WidgetSettings | string {
  const { campus, lang, theme, launcher, bottom, phone } = data
  const gateway = gatewayOf(data.gateway, source)
  if (!gateway) return 'data-gateway must be an http(s) address.'
  if (!campus || !/^[a-z0-9-]{1,32}$/.test(campus)) return "data-campus must be a campus's id."
  return {
    gateway,
    campus,
    language: locales.find((l) => l.toLowerCase().startsWith((lang ?? '?').toLowerCase())) ?? null,
    theme: theme === 'light' || theme === 'dark' ? theme : null,
    phone: phone && /^\+?[\d-]{3,20}$/.test(phone) ? phone : null,
    launcher: launcher === 'none' ? null : launcher === 'left' ? 'left' : 'right',
    bottom: /^\d{1,3}$/.test(bottom ?? '') ? Number(bottom) : USUAL_BOTTOM,
  }
}

/** The gateway that is named, else the one that the script came from. */
function gatewayOf(named: string | undefined, source: string): string | null {
  try {
    const { protocol, origin, pathname } = new URL(named ?? new URL(source).origin)
    return protocol === 'https:' || protocol === 'http:' ? (origin + pathname).replace(/\/$/, '') : null
  } catch {
    return null
  }
}
