/** The longest text that the server takes, in UTF-16 units, as it counts them. */
export const MAX_TEXT = 4_000
