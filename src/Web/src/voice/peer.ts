/** How long a description waits for the ways to this browser; what is found later is told on its own. */
const GATHER_MS = 1_000

export interface PeerEvents {
  /** The other one is heard here. */
  sound: (stream: MediaStream) => void
  state: (state: RTCPeerConnectionState) => void
  /** One more way to this browser. */
  candidate: (body: string) => void
}

/** One connection of one generation. Another generation gets another one. */
export class Peer {
  private readonly connection: RTCPeerConnection
  private readonly sender: RTCRtpSender
  private isTold = false
  private isClosed = false
  /** Ways that came before the description that they belong to. */
  private early: RTCIceCandidateInit[] = []

  constructor(ice: RTCIceServer[], track: MediaStreamTrack | null, events: PeerEvents) {
    const connection = new RTCPeerConnection({ iceServers: ice, bundlePolicy: 'max-bundle' })
    this.connection = connection
    // Who only listens may speak later, on the same way.
    this.sender = track
      ? connection.addTrack(track, new MediaStream([track]))
      : connection.addTransceiver('audio', { direction: 'sendrecv' }).sender
    connection.ontrack = ({ track, streams }) => events.sound(streams[0] ?? new MediaStream([track]))
    connection.onconnectionstatechange = () => {
      if (!this.isClosed) events.state(connection.connectionState)
    }
    connection.onicecandidate = ({ candidate }) => {
      if (candidate && this.isTold && !this.isClosed) events.candidate(JSON.stringify(candidate))
    }
  }

  async offer(): Promise<string> {
    await this.connection.setLocalDescription()
    return this.describe()
  }

  async answer(offer: string): Promise<string> {
    await this.describeOther(offer)
    await this.connection.setLocalDescription()
    return this.describe()
  }

  /** Takes the answer to the own offer. One that comes twice is taken once. */
  async take(answer: string): Promise<void> {
    if (this.connection.signalingState === 'have-local-offer') await this.describeOther(answer)
  }

  async add(candidate: string): Promise<void> {
    const way = JSON.parse(candidate) as RTCIceCandidateInit
    if (this.connection.remoteDescription) await this.connection.addIceCandidate(way)
    else this.early.push(way)
  }

  /** Other sound goes out from here on; the other side notices nothing. */
  async send(track: MediaStreamTrack | null): Promise<void> {
    await this.sender.replaceTrack(track)
  }

  /** Whether keys can be sent as tones, for machines on the line. */
  press(keys: string): boolean {
    const tones = this.sender.dtmf
    if (!tones?.canInsertDTMF) return false
    tones.insertDTMF(keys)
    return true
  }

  /** How many packets of sound have come. Silence comes in packets, too. */
  async received(): Promise<number> {
    let packets = 0
    const reports = await this.connection.getStats()
    reports.forEach((report: { type: string; packetsReceived?: number }) => {
      if (report.type === 'inbound-rtp') packets += report.packetsReceived ?? 0
    })
    return packets
  }

  close(): void {
    this.isClosed = true
    this.connection.close()
  }

  private async describeOther(description: string): Promise<void> {
    await this.connection.setRemoteDescription(JSON.parse(description) as RTCSessionDescriptionInit)
    for (const way of this.early.splice(0)) await this.connection.addIceCandidate(way)
  }

  private async describe(): Promise<string> {
    await this.gather()
    this.isTold = true
    return JSON.stringify(this.connection.localDescription)
  }

  private gather(): Promise<void> {
    if (this.connection.iceGatheringState === 'complete') return Promise.resolve()
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, GATHER_MS)
      this.connection.onicegatheringstatechange = () => {
        if (this.connection.iceGatheringState !== 'complete') return
        clearTimeout(timer)
        resolve()
      }
    })
  }
}
