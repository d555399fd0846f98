import { describe, expect, it } from 'vitest'
import { Outbox, type Delivery, type OutboxEntry } from '@campuscare/client'
import { random } from './random'

class Memory {
  readonly items = new Map<string, string>()
  getItem = (key: string): string | null => this.items.get(key) ?? null
  setItem = (key: string, value: string): void => void this.items.set(key, value)
  removeItem = (key: string): void => void this.items.delete(key)
}

const settle = async (): Promise<void> => {
  for (let i = 0; i < 20; i++) await Promise.resolve()
}

function outbox(
  deliver: (entry: OutboxEntry<string>) => Promise<Delivery>,
  storage = new Memory(),
): { box: Outbox<string>; timers: (() => void)[]; storage: Memory } {
  const timers: (() => void)[] = []
  const after = (_: number, action: () => void): void => void timers.push(action)
  const box = new Outbox<string>({ deliver, changed: () => {}, storage, key: 'outbox', after })
  return { box, timers, storage }
}

describe('Outbox', () => {
  it('delivers in the order of writing, one at a time per lane', async () => {
    const heard: string[] = []
    const answers: ((d: Delivery) => void)[] = []
    const { box } = outbox((e) => {
      heard.push(e.id)
      return new Promise((resolve) => answers.push(resolve))
    })
    box.add('a1', 'a', 'x', '')
    box.add('a2', 'a', 'x', '')
    box.add('b1', 'b', 'x', '')
    await settle()
    expect(heard).toEqual(['a1', 'b1'])
    answers[0]!('done')
    await settle()
    expect(heard).toEqual(['a1', 'b1', 'a2'])
    expect(box.entries.map((e) => e.id)).toEqual(['a2', 'b1'])
  })

  it('keeps what could not be sent, over a reload, and sends it later with the same id', async () => {
    const { box, storage } = outbox(() => Promise.resolve('later'))
    box.add('m1', 't', 'hello', '')
    await settle()
    expect(box.entries[0]).toMatchObject({ id: 'm1', state: 'waiting' })

    const heard: string[] = []
    const reloaded = outbox((e) => {
      heard.push(`${e.id}:${e.payload}`)
      return Promise.resolve('done')
    }, storage)
    reloaded.box.flush()
    await settle()
    expect(heard).toEqual(['m1:hello'])
    expect(storage.items.size).toBe(0)
  })

  it('keeps a refused entry with its reason until it is retried or removed, and goes on with the next', async () => {
    let refuse = true
    const { box } = outbox((e) =>
      Promise.resolve(refuse && e.id === 'm1' ? { code: 'ticketClosed' } : 'done'),
    )
    box.add('m1', 't', 'a', '')
    box.add('m2', 't', 'b', '')
    await settle()
    expect(box.entries).toMatchObject([{ id: 'm1', state: 'failed', problem: { code: 'ticketClosed' } }])
    refuse = false
    box.retry('m1')
    await settle()
    expect(box.entries).toEqual([])
  })

  it('leaves alone what another tab of the same person has to send', async () => {
    const { box, storage } = outbox(() => Promise.resolve('later'))
    const other = outbox(() => Promise.resolve('done'), storage)
    box.add('m1', 't', 'from here', '')
    other.box.add('m2', 't', 'from there', '')
    await settle()
    expect(outbox(() => Promise.resolve('later'), storage).box.entries.map((e) => e.id)).toEqual(['m1'])
  })

  it('takes no more than it can keep', () => {
    const { box } = outbox(() => new Promise(() => {}))
    const taken = Array.from({ length: 101 }, (_, i) => box.add(`m${i}`, 't', 'text', ''))
    expect(taken.indexOf(false)).toBe(100)
  })

  it.each(Array.from({ length: 200 }, (_, i) => i + 1))(
    'stores every message once and in order on a server that hears them over a bad line (seed %i)',
    async (seed) => {
      const chance = random(seed)
      const stored: string[] = []
      const deliver = (entry: OutboxEntry<string>): Promise<Delivery> => {
        const fate = chance()
        if (fate < 0.3) return Promise.resolve('later') // never arrived
        if (!stored.includes(entry.id)) stored.push(entry.id)
        return Promise.resolve(fate < 0.6 ? 'later' : 'done') // arrived, but the answer may be lost
      }
      const storage = new Memory()
      let { box, timers } = outbox(deliver, storage)
      const written: string[] = []
      for (let step = 0; step < 40; step++) {
        const dice = chance()
        if (dice < 0.4) {
          const id = `m${written.length + 1}`
          written.push(id)
          box.add(id, 't', 'text', '')
        } else if (dice < 0.7) timers.shift()?.()
        else if (dice < 0.9) box.flush()
        else ({ box, timers } = outbox(deliver, storage)) // reload
        await settle()
      }
      for (let i = 0; i < 200 && box.entries.length > 0; i++) {
        box.flush()
        await settle()
      }
      expect(box.entries).toEqual([])
      expect(stored).toEqual(written)
    },
  )
})
