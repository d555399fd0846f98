/** What is kept in this browser under the widget's name. Pages in which storage is forbidden have it until they close. */
export class Memory implements Pick<Storage, 'getItem' | 'setItem' | 'removeItem'> {
  private readonly kept = new Map<string, string>()

  constructor(private readonly storage: () => Storage = () => localStorage) {}

  getItem(key: string): string | null {
    try {
      return this.storage().getItem(key)
    } catch {
      return this.kept.get(key) ?? null
    }
  }

  setItem(key: string, value: string): void {
    try {
      this.storage().setItem(key, value)
    } catch {
      this.kept.set(key, value)
    }
  }

  removeItem(key: string): void {
    this.kept.delete(key)
    try {
      this.storage().removeItem(key)
    } catch {
      // It was never there.
    }
  }
}
