import { describe, expect, it } from 'vitest'
import type { CallSignal } from '@campuscare/client'
import { Line } from '../src/voice/line'
import { Answering, Offering } from '../src/voice/sides'
import { random } from './random'

const signal = (part: Partial<CallSignal>): CallSignal => ({
  kind: 'ready',
  page: 'desk',
  toPage: null,
  generation: 0,
  body: null,
  ...part,
})

describe('the side that offers', () => {
  it('offers to who is ready, once for each time that is needed', () => {
    const side = new Offering('phone', 1_000)
    expect(side.hear(signal({}), false, 1_000)).toBe('offer')
    const first = side.begin(1_000)
    expect(side.hear(signal({}), false, 2_000)).toBe('nothing')
    expect(side.look(false, 4_900)).toBe('nothing')
    expect(side.look(false, 5_000)).toBe('offer')
    expect(side.begin(5_000)).toBeGreaterThan(first)
    expect(side.hear(signal({ page: 'another desk' }), true, 5_100)).toBe('offer')
  })

  it('drops what belongs to an earlier connection or to another page', () => {
    const side = new Offering('phone', 1_000)
    side.hear(signal({}), false, 1_000)
    const generation = side.begin(1_000)
    const answer = { kind: 'answer', toPage: 'phone', generation } as const
    expect(side.hear(signal({ ...answer, generation: generation - 1 }), false, 1_100)).toBe('nothing')
    expect(side.hear(signal({ ...answer, toPage: 'tablet' }), false, 1_100)).toBe('nothing')
    expect(side.hear(signal(answer), false, 1_100)).toBe('answer')
    expect(side.hear(signal({ ...answer, kind: 'candidate' }), false, 1_100)).toBe('candidate')
    expect(side.hear(signal({ ...answer, toPage: 'tablet', generation: generation + 1 }), true, 1_200)).toBe(
      'leave',
    )
  })

  it('begins above all generations of the page before a reload', () => {
    const before = new Offering('phone', 1_000)
    const last = before.begin(1_000)
    const after = new Offering('phone again', 3_000)
    expect(after.begin(3_000)).toBeGreaterThan(last)
  })

  it('offers anew when the other side lost what was made', () => {
    const side = new Offering('phone', 1_000)
    side.hear(signal({}), false, 1_000)
    const generation = side.begin(1_000)
    side.hear(signal({ kind: 'answer', toPage: 'phone', generation }), false, 1_100)
    expect(side.hear(signal({ generation: 0 }), true, 9_000)).toBe('nothing')
    expect(side.hear(signal({ generation }), true, 9_000)).toBe('offer')
  })
})

describe('the side that answers', () => {
  it('says that it is there until it hears somebody', () => {
    const side = new Answering('desk')
    expect(side.look(false, 0)).toBe('ready')
    expect(side.look(false, 1_000)).toBe('nothing')
    expect(side.look(false, 2_000)).toBe('ready')
    expect(
      side.hear(signal({ kind: 'offer', page: 'phone', toPage: 'desk', generation: 5 }), false, 2_000),
    ).toBe('answer')
    expect(side.look(false, 5_000)).toBe('nothing')
    expect(side.look(true, 60_000)).toBe('nothing')
    side.lost()
    expect(side.look(false, 60_000)).toBe('ready')
  })

  it('answers each offer once, and leaves the call to the page that has it', () => {
    const side = new Answering('desk')
    const offer = { kind: 'offer', page: 'phone', toPage: 'desk', generation: 5 } as const
    expect(side.hear(signal(offer), false, 0)).toBe('answer')
    expect(side.hear(signal(offer), false, 0)).toBe('nothing')
    expect(side.hear(signal({ ...offer, generation: 4 }), false, 0)).toBe('nothing')
    expect(side.hear(signal({ ...offer, toPage: 'other desk', generation: 6 }), false, 0)).toBe('nothing')
    expect(side.hear(signal({ ...offer, toPage: 'other desk', generation: 6 }), true, 0)).toBe('leave')
  })
})

/** Two lines over a network that loses and delays, with connections that connect when both ends are of one generation. */
class World {
  now = 1_000_000
  readonly wires: { at: number; to: 'phone' | 'desk'; signal: CallSignal }[] = []
  readonly ends = new Map<string, FakePeer>()
  lines: { phone: Line; desk: Line }
  pages = 0
  broken = false

  constructor(
    readonly chance: () => number,
    readonly loss: number,
  ) {
    this.lines = { phone: this.open('phone'), desk: this.open('desk') }
  }

  open(who: 'phone' | 'desk'): Line {
    const line: Line = new Line({
      side: who === 'phone' ? 'offers' : 'answers',
      page: `${who}${++this.pages}`,
      ice: [],
      track: {} as MediaStreamTrack,
      flows: true,
      now: () => this.now,
      say: (signal) => {
        if (this.chance() < this.loss) return
        const at = this.now + this.chance() * 1_500
        this.wires.push({ at, to: who === 'phone' ? 'desk' : 'phone', signal })
      },
      changed: () => {},
      sound: () => {},
      makePeer: (_ice, _track, events) => new FakePeer(this, who, events.state),
    })
    line.open()
    return line
  }

  reload(who: 'phone' | 'desk'): void {
    this.lines[who].close()
    this.lines[who] = this.open(who)
  }

  async run(ms: number): Promise<void> {
    for (const end = this.now + ms; this.now < end; this.now += 250) {
      for (const wire of this.wires.filter((w) => w.at <= this.now)) {
        this.wires.splice(this.wires.indexOf(wire), 1)
        this.lines[wire.to].hear(wire.signal)
        await settled()
      }
      this.lines.phone.look()
      this.lines.desk.look()
      await settled()
    }
  }
}

async function settled(): Promise<void> {
  for (let i = 0; i < 8; i++) await Promise.resolve()
}

class FakePeer {
  private static ids = 0
  private readonly id = `${++FakePeer.ids}`
  other: FakePeer | null = null
  isDead = false
  private packets = 0

  constructor(
    private readonly world: World,
    readonly who: string,
    readonly tell: (state: RTCPeerConnectionState) => void,
  ) {
    world.ends.set(this.id, this)
  }

  offer(): Promise<string> {
    return Promise.resolve(this.id)
  }

  answer(offer: string): Promise<string> {
    this.other = this.world.ends.get(offer)!
    return Promise.resolve(this.id)
  }

  take(answer: string): Promise<void> {
    const other = this.world.ends.get(answer)!
    if (!this.world.broken && this.world.ends.has(this.id) && other?.other === this) {
      this.other = other
      this.tell('connected')
      other.tell('connected')
    }
    return Promise.resolve()
  }

  /** What came: it grows for as long as the other one is there. */
  received(): Promise<number> {
    if (this.other?.other === this && !this.isDead) this.packets++
    return Promise.resolve(this.packets)
  }

  add = (): Promise<void> => Promise.resolve()
  send = (): Promise<void> => Promise.resolve()
  press = (): boolean => true

  close(): void {
    this.world.ends.delete(this.id)
    const other = this.other
    this.other = null
    if (other?.other === this) other.tell('failed')
  }
}

describe('two lines over a bad network', () => {
  it.each(Array.from({ length: 60 }, (_, seed) => seed))(
    'find each other after whatever happened (seed %i)',
    async (seed) => {
      const chance = random(seed)
      const world = new World(chance, 0.3)
      for (let i = 0; i < 6; i++) {
        await world.run(chance() * 9_000)
        if (chance() < 0.5) world.reload(chance() < 0.5 ? 'phone' : 'desk')
        world.broken = chance() < 0.2
      }
      world.broken = false
      await world.run(60_000)
      expect([world.lines.phone.state, world.lines.desk.state]).toEqual(['connected', 'connected'])
      const before = [...world.ends.keys()]
      await world.run(60_000)
      expect([...world.ends.keys()], 'and then stay together').toEqual(before)
    },
  )

  it('are back within ten seconds after a connection died that no browser says anything of', async () => {
    const world = new World(random(3), 0)
    await world.run(10_000)
    for (let i = 0; i < 3; i++) {
      world.ends.forEach((end) => (end.isDead = true))
      await world.run(10_000)
      expect([world.lines.phone.state, world.lines.desk.state]).toEqual(['connected', 'connected'])
      expect([...world.ends.values()].some((end) => end.isDead)).toBe(false)
    }
  })

  it('is back within ten seconds after a reload where nothing gets lost', async () => {
    const world = new World(random(7), 0)
    await world.run(10_000)
    for (const who of ['phone', 'desk', 'phone', 'desk'] as const) {
      world.reload(who)
      await world.run(10_000)
      expect([world.lines.phone.state, world.lines.desk.state]).toEqual(['connected', 'connected'])
    }
  })
})
