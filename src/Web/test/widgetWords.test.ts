import { readFileSync, readdirSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { pictureProblemIn, problemIn, sayIn, type WordKey } from '../src/widget/words'

describe('the widget', () => {
  it('says the same in both languages, with values in their places', () => {
    const values = { n: 6, low: 4, high: 9 }
    expect(sayIn('zh-CN')('wait.between', values)).toBe('大约还要 6 分钟，一般在 4 到 9 分钟之间')
    expect(sayIn('en')('wait.between', values)).toBe('About 6 min to wait, usually between 4 and 9')
  })

  it('has words for a problem, and others for one that it does not know', () => {
    expect(problemIn('en', { code: 'ticketClosed' })).toBe('This ticket is closed. Please ask again.')
    expect(problemIn('zh-CN', { code: 'brandNew' })).toBe(sayIn('zh-CN')('problem.serverError'))
    expect(pictureProblemIn('en', 'pictureTooLarge', 8)).toContain('8 MB')
    expect(pictureProblemIn('en', 'ticketClosed', 8)).toBe('This ticket is closed. Please ask again.')
  })

  it('has every text that it says', () => {
    for (const file of readdirSync('src/widget').filter((f) => /\.tsx?$/.test(f)))
      for (const [, key] of readFileSync(`src/widget/${file}`, 'utf8').matchAll(/\bsay\(\s*'([\w.]+)'/g))
        for (const language of ['zh-CN', 'en'] as const)
          expect([file, sayIn(language)(key as WordKey)]).not.toEqual([file, key])
  })
})
