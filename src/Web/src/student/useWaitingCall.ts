import { computed, ref, watch, type ComputedRef, type Ref } from 'vue'
import { useI18n } from 'vue-i18n'
import type { Student } from './useStudent'
import { waitingPhases } from './useStudent'
import { placeWords } from './waitWords'

/** Whoever waits with a phone at the ear, or in a pocket, hears a soft tone and where the line stands; on hold the tone alone. */
export function useWaitingCall(student: Student): { isWaiting: ComputedRef<boolean>; speaks: Ref<boolean> } {
  const { t, locale } = useI18n()
  const speaks = ref(true)
  const isWaiting = computed(
    () => student.voice.state.value === 'waiting' && waitingPhases.has(student.call.value?.phase ?? 'closed'),
  )
  const tone = computed(() => {
    if (student.voice.state.value === 'held') return 'held'
    return isWaiting.value && speaks.value ? 'waiting' : null
  })
  const words = computed(() => {
    const place = student.place.value
    if (!isWaiting.value || !speaks.value || place?.ticketId !== student.voice.ticketId.value) return ''
    return placeWords(t, place, locale.value).join(t('voice.stop'))
  })
  let code: Promise<{ speaker: Speaks; tones: Plays }> | null = null

  async function load(): Promise<{ speaker: Speaks; tones: Plays }> {
    const { Speaker, Tones } = await import('../voice')
    return { speaker: new Speaker(), tones: new Tones() }
  }

  watch([tone, words], async ([tone, words]) => {
    if (!code && !tone && !words) return
    const { speaker, tones } = await (code ??= load())
    tones.play(tone)
    if (words) speaker.say(words, locale.value)
    else speaker.hush()
  })
  return { isWaiting, speaks }
}

type Speaks = InstanceType<(typeof import('../voice'))['Speaker']>
type Plays = InstanceType<(typeof import('../voice'))['Tones']>
