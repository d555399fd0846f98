import { describe, expect, it } from 'vitest'
import { Memory } from '../src/widget/memory'

describe('memory', () => {
  it("is the browser's", () => {
    const memory = new Memory()
    memory.setItem('campuscare.widget.test', 'a')
    expect(localStorage.getItem('campuscare.widget.test')).toBe('a')
    memory.removeItem('campuscare.widget.test')
    expect(memory.getItem('campuscare.widget.test')).toBeNull()
  })

  it('is its own where the browser forbids storage', () => {
    const memory = new Memory(() => {
      throw new DOMException('forbidden', 'SecurityError')
    })
    memory.setItem('a', '1')
    expect(memory.getItem('a')).toBe('1')
    memory.removeItem('a')
    expect(memory.getItem('a')).toBeNull()
  })
})
