import { ref, watch, type Ref } from 'vue'

/** What somebody began to write: kept in this browser until it is sent or emptied. */
export function useDraft(key: string): Ref<string> {
  const text = ref(localStorage.getItem(key) ?? '')
  watch(text, (value) => {
    if (value === '') localStorage.removeItem(key)
    else localStorage.setItem(key, value)
  })
  return text
}
