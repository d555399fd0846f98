/** One soft tone: its pitches, one after the other, and how long until it comes again. */
const TONES = {
  /** Somebody waits in line. */
  waiting: { pitches: [392, 523], everyMs: 6_000 },
  /** The agent holds. */
  held: { pitches: [523, 440, 523], everyMs: 3_000 },
} as const

export type Tone = keyof typeof TONES

const LOUD = 0.05
const NOTE_S = 0.35

/** Plays a soft tone again and again. A browser that doesn't let it stays silent: nothing depends on it. */
export class Tones {
  private context: AudioContext | null = null
  private timer: ReturnType<typeof setInterval> | undefined
  private playing: Tone | null = null

  play(tone: Tone | null): void {
    if (tone === this.playing) return
    this.playing = tone
    clearInterval(this.timer)
    if (!tone) return
    this.once(tone)
    this.timer = setInterval(() => this.once(tone), TONES[tone].everyMs)
  }

  close(): void {
    this.play(null)
    void this.context?.close()
    this.context = null
  }

  private once(tone: Tone): void {
    if (typeof AudioContext === 'undefined') return
    this.context ??= new AudioContext()
    const { context } = this
    TONES[tone].pitches.forEach((pitch, i) => {
      const at = context.currentTime + i * NOTE_S
      const voice = context.createOscillator()
      const volume = context.createGain()
      voice.frequency.value = pitch
      volume.gain.setValueAtTime(0, at)
      volume.gain.linearRampToValueAtTime(LOUD, at + 0.05)
      volume.gain.linearRampToValueAtTime(0, at + NOTE_S)
      voice.connect(volume).connect(context.destination)
      voice.start(at)
      voice.stop(at + NOTE_S)
    })
  }
}
