import type { Evidence, Ticket } from '@campuscare/client'
import { newId } from '@campuscare/client'

/** What the server takes. */
export const PICTURE_TYPES: readonly string[] = ['image/jpeg', 'image/png', 'image/webp']

/** The largest picture, unless the server is set up otherwise. */
export const MAX_PICTURE_MEGABYTES = 8

/** Pictures on their way at once, and pictures kept to be shown again. */
const [MAX_SENDING, MAX_KEPT] = [20, 200]

/** A picture that was chosen here. */
export interface SendingPicture {
  id: string
  ticketId: string
  file: File
  /** Shows it while it is on its way. */
  url: string
  at: string
  percent: number
  state: 'sending' | 'failed' | 'sent'
  /** Why it failed, by code. */
  problem: string | null
  /** Sending it again may help. */
  mayRetry: boolean
  /** Once it is taken: the ticket's seq with it. */
  seq: number
}

/** Whose pictures, and how the gateway is asked. */
export interface PictureOptions {
  /** The gateway's address; empty: where the page came from. */
  gateway?: string
  campus: string
  token: string | (() => string | Promise<string>)
  /** Calls back when `sending` is another list. */
  changed: () => void
}

/** Sends pictures to tickets and shows theirs: an image of a page can't carry a token, so they are fetched. */
export class PictureBox {
  /** What was chosen here, oldest first; every change makes a new list. */
  sending: readonly SendingPicture[] = []
  private readonly kept = new Map<string, Promise<string | null>>()

  constructor(private readonly options: PictureOptions) {}

  add(ticketId: string, files: Iterable<File>): void {
    const taken = this.sending.filter((p) => p.state === 'sent')
    taken.slice(0, -MAX_SENDING).forEach((p) => this.discard(p.id)) // the conversation has them long since
    for (const file of files) {
      const full = this.sending.filter((p) => p.state !== 'sent').length >= MAX_SENDING
      const problem = full ? 'rateLimited' : refusalOf(file)
      const picture: SendingPicture = {
        id: newId(),
        ticketId,
        file,
        url: URL.createObjectURL(file),
        at: new Date().toISOString(),
        percent: 0,
        state: problem ? 'failed' : 'sending',
        problem,
        mayRetry: full,
        seq: 0,
      }
      this.set([...this.sending, picture])
      if (!problem) void this.send(picture)
    }
  }

  retry(id: string): void {
    const picture = this.sending.find((p) => p.id === id)
    if (picture?.state === 'failed' && picture.mayRetry) void this.send(picture)
  }

  discard(id: string): void {
    const picture = this.sending.find((p) => p.id === id)
    if (!picture) return
    URL.revokeObjectURL(picture.url)
    this.set(this.sending.filter((p) => p.id !== id))
  }

  /** An address that shows a picture of a ticket; null when it can't be had. */
  load(ticketId: string, evidence: Evidence): Promise<string | null> {
    const key = `${ticketId}/${evidence.hash}`
    const known = this.kept.get(key)
    if (known) return known
    const loading = this.fetch(`${this.addressOf(ticketId)}/${evidence.hash}`)
    this.kept.set(key, loading)
    void loading.then((url) => url === null && this.kept.delete(key))
    this.forgetOldest()
    return loading
  }

  private async send({ id, ticketId, file }: SendingPicture): Promise<void> {
    this.change(id, { state: 'sending', problem: null, percent: 0 })
    const token = this.options.token
    const post = (given: string): Promise<Ticket | string> =>
      postFile(this.addressOf(ticketId), given, file, (percent) => this.change(id, { percent }))
    const answer = await (typeof token === 'string'
      ? post(token)
      : Promise.resolve(token()).then(post, () => 'offline'))
    if (typeof answer === 'string')
      this.change(id, { state: 'failed', problem: answer, mayRetry: !final.has(answer) })
    else this.change(id, { state: 'sent', seq: answer.seq, percent: 100 })
  }

  private async fetch(address: string): Promise<string | null> {
    try {
      const { token } = this.options
      const given = typeof token === 'string' ? token : await token()
      const response = await fetch(address, { headers: { Authorization: `Bearer ${given}` } })
      return response.ok ? URL.createObjectURL(await response.blob()) : null
    } catch {
      return null
    }
  }

  private forgetOldest(): void {
    const [oldest] = this.kept
    if (!oldest || this.kept.size <= MAX_KEPT) return
    this.kept.delete(oldest[0])
    void oldest[1].then((url) => url && URL.revokeObjectURL(url))
  }

  private addressOf(ticketId: string): string {
    const { gateway = '', campus } = this.options
    return `${gateway}/api/v1/campuses/${encodeURIComponent(campus)}/tickets/${encodeURIComponent(ticketId)}/evidence`
  }

  private change(id: string, part: Partial<SendingPicture>): void {
    this.set(this.sending.map((p) => (p.id === id ? { ...p, ...part } : p)))
  }

  private set(sending: readonly SendingPicture[]): void {
    this.sending = sending
    this.options.changed()
  }
}

/** Refusals that stay what they are however often a picture is sent. */
const final = new Set(['invalid', 'pictureType', 'pictureTooLarge', 'ticketClosed', 'notFound', 'forbidden'])

function refusalOf(file: File): string | null {
  if (!PICTURE_TYPES.includes(file.type)) return 'pictureType'
  return file.size > MAX_PICTURE_MEGABYTES * 1024 * 1024 ? 'pictureTooLarge' : null
}

/** The ticket, or a problem's code. The one way of a browser that tells how far an upload is. */
function postFile(
  address: string,
  token: string,
  file: File,
  progress: (percent: number) => void,
): Promise<Ticket | string> {
  return new Promise((resolve) => {
    const request = new XMLHttpRequest()
    request.open('POST', address)
    request.setRequestHeader('Authorization', `Bearer ${token}`)
    request.setRequestHeader('Content-Type', file.type)
    request.responseType = 'json'
    request.upload.onprogress = (e) => e.lengthComputable && progress(Math.round((100 * e.loaded) / e.total))
    request.onerror = () => resolve('offline')
    request.onload = () => resolve(request.status === 201 ? (request.response as Ticket) : codeOf(request))
    request.send(file)
  })
}

function codeOf(request: XMLHttpRequest): string {
  if (request.status === 413) return 'pictureTooLarge'
  if (request.status === 415) return 'pictureType'
  return (request.response as { code?: string } | null)?.code ?? 'serverError'
}
