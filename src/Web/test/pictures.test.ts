import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { usePictures } from '../src/shared/usePictures'

/** What a browser's request would do, step by step. */
class FakeRequest {
  static last: FakeRequest
  upload: { onprogress?: (e: { lengthComputable: boolean; loaded: number; total: number }) => void } = {}
  onerror?: () => void
  onload?: () => void
  status = 0
  response: unknown = null
  address = ''
  headers: Record<string, string> = {}
  constructor() {
    FakeRequest.last = this
  }
  open(_: string, address: string): void {
    this.address = address
  }
  setRequestHeader(name: string, value: string): void {
    this.headers[name] = value
  }
  send(): void {}
  answer(status: number, response: unknown): void {
    Object.assign(this, { status, response })
    this.onload?.()
  }
}

const picture = (type = 'image/png', bytes = 10): File => new File([new Uint8Array(bytes)], 'a', { type })
const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve))

describe('usePictures', () => {
  beforeEach(() => {
    vi.stubGlobal('XMLHttpRequest', FakeRequest)
    URL.createObjectURL = () => 'blob:1'
    URL.revokeObjectURL = () => {}
  })
  afterEach(() => vi.unstubAllGlobals())

  it('sends a picture to its ticket and tells how far it is', async () => {
    const pictures = usePictures('north', 'token')
    pictures.add('t1', [picture()])
    const request = FakeRequest.last
    expect(request.address).toBe('/api/v1/campuses/north/tickets/t1/evidence')
    expect(request.headers).toEqual({ Authorization: 'Bearer token', 'Content-Type': 'image/png' })
    request.upload.onprogress?.({ lengthComputable: true, loaded: 1, total: 4 })
    expect(pictures.sending.value[0]).toMatchObject({ state: 'sending', percent: 25 })
    request.answer(201, { seq: 7 })
    await settled()
    expect(pictures.sending.value[0]).toMatchObject({ state: 'sent', seq: 7 })
  })

  it('can send one again that the network lost, and not one that is no picture', async () => {
    const pictures = usePictures('north', 'token')
    pictures.add('t1', [picture()])
    FakeRequest.last.onerror?.()
    await settled()
    expect(pictures.sending.value[0]).toMatchObject({ state: 'failed', problem: 'offline', mayRetry: true })
    pictures.retry(pictures.sending.value[0]!.id)
    expect(pictures.sending.value[0]).toMatchObject({ state: 'sending', problem: null })
    FakeRequest.last.answer(400, { code: 'invalid' })
    await settled()
    expect(pictures.sending.value[0]).toMatchObject({ state: 'failed', problem: 'invalid', mayRetry: false })
    pictures.discard(pictures.sending.value[0]!.id)
    expect(pictures.sending.value).toEqual([])
  })

  it('refuses what the server would refuse before it is sent', () => {
    const pictures = usePictures('north', 'token')
    pictures.add('t1', [picture('image/gif'), picture('image/jpeg', 9 * 1024 * 1024)])
    expect(pictures.sending.value.map((p) => p.problem)).toEqual(['pictureType', 'pictureTooLarge'])
  })
})
