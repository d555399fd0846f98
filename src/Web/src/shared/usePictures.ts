import { ref, type Ref } from 'vue'
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

export interface Pictures {
  sending: Ref<SendingPicture[]>
  add: (ticketId: string, files: Iterable<File>) => void
  retry: (id: string) => void
  discard: (id: string) => void
  /** An address that shows a picture of a ticket; null when it can't be had. */
  load: (ticketId: string, evidence: Evidence) => Promise<string | null>
}

/** Sends pictures to tickets and shows theirs: an image of a page can't carry a token, so they are fetched. */
export function usePictures(campus: string, token: string): Pictures {
  const sending = ref<SendingPicture[]>([])
  const kept = new Map<string, Promise<string | null>>()

  function add(ticketId: string, files: Iterable<File>): void {
    const taken = sending.value.filter((p) => p.state === 'sent')
    taken.slice(0, -MAX_SENDING).forEach((p) => discard(p.id)) // the conversation has them long since
    for (const file of files) {
      const full = sending.value.filter((p) => p.state !== 'sent').length >= MAX_SENDING
      const problem = full ? 'rateLimited' : refusalOf(file)
      sending.value.push({
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
      })
      const picture = sending.value.at(-1)!
      if (!problem) void send(picture)
    }
  }

  async function send(picture: SendingPicture): Promise<void> {
    Object.assign(picture, { state: 'sending', problem: null, percent: 0 })
    const address = addressOf(campus, picture.ticketId)
    const answer = await post(address, token, picture.file, (percent) => (picture.percent = percent))
    if (typeof answer === 'string')
      Object.assign(picture, { state: 'failed', problem: answer, mayRetry: !final.has(answer) })
    else Object.assign(picture, { state: 'sent', seq: answer.seq, percent: 100 })
  }

  function retry(id: string): void {
    const picture = sending.value.find((p) => p.id === id)
    if (picture?.state === 'failed' && picture.mayRetry) void send(picture)
  }

  function discard(id: string): void {
    const picture = sending.value.find((p) => p.id === id)
    if (!picture) return
    URL.revokeObjectURL(picture.url)
    sending.value = sending.value.filter((p) => p.id !== id)
  }

  function load(ticketId: string, evidence: Evidence): Promise<string | null> {
    const key = `${ticketId}/${evidence.hash}`
    const known = kept.get(key)
    if (known) return known
    const loading = fetchPicture(`${addressOf(campus, ticketId)}/${evidence.hash}`, token)
    kept.set(key, loading)
    void loading.then((url) => url === null && kept.delete(key))
    forgetOldest()
    return loading
  }

  function forgetOldest(): void {
    const [oldest] = kept
    if (!oldest || kept.size <= MAX_KEPT) return
    kept.delete(oldest[0])
    void oldest[1].then((url) => url && URL.revokeObjectURL(url))
  }

  return { sending, add, retry, discard, load }
}

/** Refusals that stay what they are however often a picture is sent. */
const final = new Set(['invalid', 'pictureType', 'pictureTooLarge', 'ticketClosed', 'notFound', 'forbidden'])

function refusalOf(file: File): string | null {
  if (!PICTURE_TYPES.includes(file.type)) return 'pictureType'
  return file.size > MAX_PICTURE_MEGABYTES * 1024 * 1024 ? 'pictureTooLarge' : null
}

function addressOf(campus: string, ticketId: string): string {
  return `/api/v1/campuses/${encodeURIComponent(campus)}/tickets/${encodeURIComponent(ticketId)}/evidence`
}

/** The ticket, or a problem's code. The one way of a browser that tells how far an upload is. */
function post(
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

async function fetchPicture(address: string, token: string): Promise<string | null> {
  try {
    const response = await fetch(address, { headers: { Authorization: `Bearer ${token}` } })
    return response.ok ? URL.createObjectURL(await response.blob()) : null
  } catch {
    return null
  }
}
