import { ref, shallowRef, type Ref, type ShallowRef } from 'vue'
import { newId, type Problem, type SupervisorHub } from '@campuscare/client'
import type { Identity } from '../client/identity'
import { fetchIce } from '../client/rest'
import type { Line, LineState, NoMicrophone } from '../voice'

type VoiceCode = typeof import('../voice')

export interface Ear {
  /** How the sound of the call stands; null: nobody listens. */
  state: Ref<LineState | null>
  /** Both voices. */
  sound: ShallowRef<MediaStream | null>
  /** Whether the supervisor is heard: by the agent, and, after joining, by the customer too. */
  speaks: Ref<boolean>
  fault: Ref<NoMicrophone | null>
  listen: () => Promise<void>
  /** Begins to speak; to the agent alone that goes on record first. */
  speak: (toAgentAlone: boolean) => Promise<Problem | null>
  hush: () => void
  stop: () => void
}

/** A supervisor's ear on a call that others speak in: a connection of its own to the agent's page, which mixes. */
export function useEar(hub: SupervisorHub, identity: Identity, ticketId: string): Ear {
  const page = newId()
  const state = ref<LineState | null>(null)
  const sound = shallowRef<MediaStream | null>(null)
  const speaks = ref(false)
  const fault = ref<NoMicrophone | null>(null)
  let code: VoiceCode | null = null
  let line: Line | null = null
  let microphone: MediaStream | null = null
  let wanted = false

  async function listen(): Promise<void> {
    if (wanted) return
    wanted = true
    state.value = 'connecting'
    code ??= await import('../voice')
    const ice = await fetchIce(identity.campus, identity.token)
    if (!wanted) return
    line = new code.Line({
      side: 'offers',
      page,
      ice,
      track: null,
      flows: true,
      say: (signal) => void hub.signal(ticketId, signal),
      changed: (now) => (state.value = now),
      sound: (heard) => (sound.value = heard),
    })
    line.open()
  }

  async function speak(toAgentAlone: boolean): Promise<Problem | null> {
    const asked = await code!.askForMicrophone()
    fault.value = asked instanceof MediaStream ? null : asked
    if (!(asked instanceof MediaStream)) return null
    const { problem } = toAgentAlone ? await hub.moveCall(ticketId, 'whispered') : { problem: null }
    if (problem || !line) {
      code!.letGo(asked)
      return problem
    }
    microphone = asked
    await line.send(asked.getAudioTracks()[0]!)
    speaks.value = true
    return null
  }

  function hush(): void {
    void line?.send(null)
    code?.letGo(microphone)
    microphone = null
    speaks.value = false
  }

  function stop(): void {
    wanted = false
    hush()
    line?.close()
    line = null
    sound.value = null
    state.value = null
  }

  hub.onSignaled(({ ticketId: id, signal }) => {
    if (id === ticketId && signal.supervisor === identity.sub) line?.hear(signal)
  })
  return { state, sound, speaks, fault, listen, speak, hush, stop }
}
