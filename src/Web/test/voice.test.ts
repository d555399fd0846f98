import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { placeWords } from '../src/student/waitWords'
import { Speaker } from '../src/voice/speaking'
import { askForMicrophone } from '../src/voice/microphone'
import { callWord } from '../src/shared/format'

const place = {
  ticketId: 't1',
  position: 2,
  waiting: 5,
  expectedWaitSeconds: 240,
  lowSeconds: 120,
  highSeconds: 400,
  version: 1,
  opensAt: null,
  isFull: false,
}

describe('what is said aloud', () => {
  const spoken: { text: string; lang: string }[] = []

  beforeEach(() => {
    spoken.length = 0
    vi.stubGlobal('speechSynthesis', {
      cancel: () => {},
      speak: (s: { text: string; lang: string }) => spoken.push(s),
    })
    vi.stubGlobal(
      'SpeechSynthesisUtterance',
      class {
        lang = ''
        constructor(readonly text: string) {}
      },
    )
  })
  afterEach(() => vi.unstubAllGlobals())

  it('is said in the language of the page, once, and not all the time', () => {
    const speaker = new Speaker()
    expect(speaker.say('你排在第 2 位', 'zh-CN', false, 0)).toBe(true)
    expect(speaker.say('你排在第 2 位', 'zh-CN', true, 60_000)).toBe(false)
    expect(speaker.say('下一个就是你', 'zh-CN', false, 5_000)).toBe(false)
    expect(speaker.say('下一个就是你', 'zh-CN', false, 16_000)).toBe(true)
    expect(spoken.map(({ text, lang }) => [text, lang])).toEqual([
      ['你排在第 2 位', 'zh-CN'],
      ['下一个就是你', 'zh-CN'],
    ])
  })

  it('is nothing in a browser without a voice', () => {
    vi.unstubAllGlobals()
    vi.stubGlobal('speechSynthesis', undefined)
    expect(new Speaker().say('你排在第 2 位', 'zh-CN')).toBe(false)
  })

  it('is the place and the wait', () => {
    const t = (key: string, values: Record<string, unknown> = {}): string =>
      `${key} ${JSON.stringify(values)}`
    expect(placeWords(t, place, 'en')).toEqual([
      'wait.position {"n":2}',
      'wait.between {"kind":"between","n":4,"low":2,"high":7}',
    ])
    expect(placeWords(t, { ...place, position: 1 }, 'en')[0]).toBe('wait.next {}')
    expect(placeWords(t, { ...place, position: 0 }, 'en')).toEqual(['wait.connecting {}'])
  })
})

describe('the microphone', () => {
  afterEach(() => vi.unstubAllGlobals())

  it.each([
    ['NotAllowedError', 'refused'],
    ['NotFoundError', 'missing'],
    ['NotReadableError', 'missing'],
  ])('that fails with %s is %s', async (name, why) => {
    vi.stubGlobal('RTCPeerConnection', class {})
    const getUserMedia = (): Promise<never> => Promise.reject(new DOMException('no', name))
    vi.stubGlobal('navigator', { mediaDevices: { getUserMedia } })
    expect(await askForMicrophone()).toBe(why)
  })

  it('is not asked for where there are no calls', async () => {
    vi.stubGlobal('RTCPeerConnection', undefined)
    expect(await askForMicrophone()).toBe('unsupported')
  })
})

it('each thing that happens to a call has words of its own', () => {
  expect(['connected', 'held', 'whispered'].map((detail) => callWord({ detail }))).toEqual([
    'callConnected',
    'callHeld',
    'callWhispered',
  ])
})
