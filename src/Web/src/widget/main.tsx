import { render } from 'preact'
import { Memory } from './memory'
import { readSettings } from './settings'
import { isThere, openShadow } from './shadow'
import { giverOf, TokenSource } from './tokenSource'
import { Widget, type HostWish } from './Widget'

/** A link or button of the host page that opens the widget; its value may be an order's number. */
const OPENER = '[data-campuscare-open]'

// A module has no current script; then it is the one that says a campus.
const script = document.currentScript ?? document.querySelector('script[data-campus]')
if (script instanceof HTMLScriptElement) {
  if (document.readyState === 'loading') addEventListener('DOMContentLoaded', () => start(script))
  else start(script)
}

function start(tag: HTMLScriptElement): void {
  if (isThere()) return
  const settings = readSettings(tag.dataset, tag.src)
  if (typeof settings === 'string') {
    console.error(`CampusCare: ${settings}`)
    return
  }
  let wishes: HostWish | null = null
  const tokens = new TokenSource(giverOf(tag))
  render(
    <Widget
      settings={settings}
      tokens={tokens}
      memory={new Memory()}
      listen={(listener) => (wishes = listener)}
    />,
    openShadow(settings),
  )
  document.addEventListener('click', (event) => {
    const opener = event.target instanceof Element ? event.target.closest(OPENER) : null
    if (opener) wishes?.open(opener.getAttribute('data-campuscare-open') ?? '')
  })
  new MutationObserver(() => wishes?.signInChanged()).observe(tag, { attributeFilter: ['data-token'] })
}
