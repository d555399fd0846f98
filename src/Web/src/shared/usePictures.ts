import { shallowRef, type ShallowRef } from 'vue'
import type { Evidence } from '@campuscare/client'
import { PictureBox, type SendingPicture } from './pictureBox'

export interface Pictures {
  sending: Readonly<ShallowRef<readonly SendingPicture[]>>
  add: (ticketId: string, files: Iterable<File>) => void
  retry: (id: string) => void
  discard: (id: string) => void
  /** An address that shows a picture of a ticket; null when it can't be had. */
  load: (ticketId: string, evidence: Evidence) => Promise<string | null>
}

/** The pictures of a page. */
export function usePictures(campus: string, token: string): Pictures {
  const sending = shallowRef<readonly SendingPicture[]>([])
  const box = new PictureBox({ campus, token, changed: () => (sending.value = box.sending) })
  return {
    sending,
    add: (ticketId, files) => box.add(ticketId, files),
    retry: (id) => box.retry(id),
    discard: (id) => box.discard(id),
    load: (ticketId, evidence) => box.load(ticketId, evidence),
  }
}
