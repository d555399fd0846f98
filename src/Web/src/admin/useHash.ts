import { onMounted, onUnmounted, ref, type Ref } from 'vue'

export interface Place<S extends string> {
  section: S
  /** What in the section; empty for its beginning. */
  item: string
}

/** Reads `#/section/item`; an unknown section is the first one. */
export function placeOf<S extends string>(hash: string, sections: readonly S[]): Place<S> {
  const [, section, item] = hash.split('/')
  return { section: sections.find((s) => s === section) ?? sections[0]!, item: textOf(item ?? '') }
}

function textOf(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    return ''
  }
}

export const hashOf = (section: string, item = ''): string =>
  `#/${section}${item === '' ? '' : `/${encodeURIComponent(item)}`}`

/**
 * The place on the page that the address names. `mayLeave` is asked first; a place that may not be left yet is kept
 * in the address, and `wanted` is where the visitor meant to go.
 */
export function useHash<S extends string>(
  sections: readonly S[],
  mayLeave: () => boolean,
): { place: Ref<Place<S>>; wanted: Ref<string | null>; go: (hash: string) => void } {
  const place = ref(placeOf(location.hash, sections)) as Ref<Place<S>>
  const wanted = ref<string | null>(null)
  const here = (): string => hashOf(place.value.section, place.value.item)

  function changed(): void {
    const next = placeOf(location.hash, sections)
    if (hashOf(next.section, next.item) === here()) return
    if (mayLeave()) {
      place.value = next
      return
    }
    wanted.value = location.hash
    history.replaceState(null, '', here())
  }

  onMounted(() => addEventListener('hashchange', changed))
  onUnmounted(() => removeEventListener('hashchange', changed))
  return { place, wanted, go: (hash) => void (location.hash = hash) }
}
