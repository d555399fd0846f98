/** 128 random bits in hex. (crypto.randomUUID would do, but browsers hide it from pages without TLS.) */
export function newId(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (b) => b.toString(16).padStart(2, '0')).join(
    '',
  )
}
