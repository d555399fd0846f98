/** Why there is no microphone: the person said no, there is none, or this browser can't. */
export type NoMicrophone = 'refused' | 'missing' | 'unsupported'

/** Asks for the microphone; the browser asks the person, unless that was answered before. */
export async function askForMicrophone(): Promise<MediaStream | NoMicrophone> {
  if (typeof RTCPeerConnection === 'undefined' || !navigator.mediaDevices?.getUserMedia) return 'unsupported'
  try {
    return await navigator.mediaDevices.getUserMedia({
      audio: { echoCancellation: true, noiseSuppression: true, autoGainControl: true },
    })
  } catch (error) {
    const name = error instanceof DOMException ? error.name : ''
    return name === 'NotFoundError' || name === 'OverconstrainedError' || name === 'NotReadableError'
      ? 'missing'
      : 'refused'
  }
}

export function letGo(stream: MediaStream | null): void {
  stream?.getTracks().forEach((track) => track.stop())
}
