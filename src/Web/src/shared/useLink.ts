import { ref, type Ref } from 'vue'
import type { HubLink, LinkState } from '@campuscare/client'

/** The state of a link, for templates. */
export function useLink(link: HubLink): Ref<LinkState> {
  const state = ref<LinkState>(link.state)
  link.whenStateChanges((s) => (state.value = s))
  return state
}
