/** Told at most this often, so that nobody has to listen all the time. */
const PAUSE_MS = 15_000

/** Says where somebody stands, aloud, in the page's language, where the browser has a voice for it. */
export class Speaker {
  private said = ''
  private saidAt = -Infinity

  /** What was said last is not said again; what is urgent need not wait. */
  say(words: string, language: string, urgent = false, now = Date.now()): boolean {
    if (typeof speechSynthesis === 'undefined' || words === '' || words === this.said) return false
    if (!urgent && now - this.saidAt < PAUSE_MS) return false
    this.said = words
    this.saidAt = now
    speechSynthesis.cancel()
    const speech = new SpeechSynthesisUtterance(words)
    speech.lang = language
    speechSynthesis.speak(speech)
    return true
  }

  hush(): void {
    if (typeof speechSynthesis !== 'undefined') speechSynthesis.cancel()
  }
}
