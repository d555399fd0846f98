/** Mixes what each one on an agent's line hears: supervisors hear agent and customer; the customer hears the agent, and supervisors who joined. */
export class Mixer {
  private readonly context = new AudioContext()
  private readonly toCustomer = this.context.createMediaStreamDestination()
  private readonly toSupervisors = this.context.createMediaStreamDestination()
  private customer: MediaStreamAudioSourceNode | null = null
  private readonly supervisors = new Map<
    string,
    { source: MediaStreamAudioSourceNode; player: HTMLAudioElement }
  >()
  private joined: readonly string[] = []

  constructor(microphone: MediaStream) {
    const agent = this.context.createMediaStreamSource(microphone)
    agent.connect(this.toCustomer)
    agent.connect(this.toSupervisors)
    void this.context.resume()
  }

  /** What the customer hears. */
  get forCustomer(): MediaStreamTrack {
    return this.toCustomer.stream.getAudioTracks()[0]!
  }

  /** What supervisors hear. */
  get forSupervisors(): MediaStreamTrack {
    return this.toSupervisors.stream.getAudioTracks()[0]!
  }

  hearCustomer(stream: MediaStream | null): void {
    this.customer?.disconnect()
    this.customer = stream && this.context.createMediaStreamSource(stream)
    this.customer?.connect(this.toSupervisors)
  }

  hearSupervisor(id: string, stream: MediaStream): void {
    this.forget(id)
    // The agent hears it from here; and Chromium lets nothing through that no element plays.
    const player = new Audio()
    player.srcObject = stream
    void player.play().catch(() => {})
    this.supervisors.set(id, { source: this.context.createMediaStreamSource(stream), player })
    this.join(this.joined)
  }

  /** These supervisors are heard by the customer too; the others by the agent alone. */
  join(ids: readonly string[]): void {
    this.joined = ids
    for (const [id, { source }] of this.supervisors) {
      source.disconnect()
      if (ids.includes(id)) source.connect(this.toCustomer)
    }
  }

  forget(id: string): void {
    const gone = this.supervisors.get(id)
    if (!gone) return
    gone.source.disconnect()
    gone.player.srcObject = null
    this.supervisors.delete(id)
  }

  close(): void {
    for (const id of [...this.supervisors.keys()]) this.forget(id)
    void this.context.close()
  }
}
