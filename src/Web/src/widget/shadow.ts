import tokens from '../shared/tokens.css?inline'
import picture from '../shared/picture.css?inline'
import progress from '../student/progressLine.css?inline'
import student from '../student/student.css?inline'
import own from './widget.css?inline'
import type { WidgetSettings } from './settings'

/** An element of nobody's styles; no custom element is registered, as that list is the page's. */
const TAG = 'campuscare-widget'

/** What is typed here must not set off the host page's shortcuts: to the page it did not happen in a text field. */
const typing = ['keydown', 'keypress', 'keyup'] as const

/** Whether the page has a widget already. */
export function isThere(): boolean {
  return document.querySelector(TAG) !== null
}

/** A place in the page whose styles are ours, as the page's are its own. */
export function openShadow(settings: WidgetSettings): ShadowRoot {
  const host = document.createElement(TAG)
  const shadow = host.attachShadow({ mode: 'open' })
  for (const type of typing) shadow.addEventListener(type, (event) => event.stopPropagation())
  // The palette is the pages'; they have it on their root, which here is the page's.
  const sheet = dress(shadow, tokens.replaceAll(':root', '.care') + student + progress + picture + own)
  if (settings.theme) force(sheet, settings.theme)
  document.documentElement.append(host)
  return shadow
}

/** A sheet of the root's own needs no leave of the page's Content-Security-Policy; a style element would. */
function dress(shadow: ShadowRoot, css: string): CSSStyleSheet {
  try {
    const sheet = new CSSStyleSheet()
    sheet.replaceSync(css)
    shadow.adoptedStyleSheets = [sheet]
    return sheet
  } catch {
    // Browsers before 2023.
    const style = document.createElement('style')
    style.textContent = css
    shadow.append(style)
    return style.sheet!
  }
}

function force(sheet: CSSStyleSheet | null, theme: 'light' | 'dark'): void {
  for (const rule of sheet?.cssRules ?? [])
    if (rule instanceof CSSMediaRule && rule.media.mediaText.includes('prefers-color-scheme'))
      rule.media.mediaText = theme === 'dark' ? 'all' : 'not all'
}
