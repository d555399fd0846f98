import { readFileSync, readdirSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { adminMessages } from '../src/admin/messages'
import { agentMessages } from '../src/agent/messages'
import { reviewMessages } from '../src/review/messages'
import type { Messages } from '../src/shared/locales'
import { sharedMessages } from '../src/shared/messages'
import { studentMessages } from '../src/student/messages'
import { supervisorMessages } from '../src/supervisor/messages'
import { widgetMessages } from '../src/widget/messages'

function leaves(tree: object, path = ''): Map<string, string> {
  const entries = Object.entries(tree).flatMap(([key, value]: [string, string | object]) =>
    typeof value === 'string' ? [[path + key, value] as const] : [...leaves(value, `${path}${key}.`)],
  )
  return new Map(entries)
}

const placeholders = (text: string): string[] => [...text.matchAll(/\{(\w+)\}/g)].map((m) => m[1]!).sort()

const pages: [string, Messages][] = [
  ['student', studentMessages],
  ['agent', agentMessages],
  ['supervisor', supervisorMessages],
  ['review', reviewMessages],
  ['admin', adminMessages],
]

describe.each([...pages, ['widget', widgetMessages]])('messages of the %s page', (page, own) => {
  const zh = new Map([...leaves(sharedMessages['zh-CN']), ...leaves(own['zh-CN'])])
  const en = new Map([...leaves(sharedMessages.en), ...leaves(own.en)])

  it('say the same with the same placeholders in both languages', () => {
    expect([...en.keys()].sort()).toEqual([...zh.keys()].sort())
    for (const [key, text] of zh) expect([key, placeholders(en.get(key)!)]).toEqual([key, placeholders(text)])
  })

  // The widget's are typed, and it has a test of its own.
  it.skipIf(page === 'widget')('have every key that the page uses', () => {
    const folders = [`src/${page}`, 'src/shared']
    for (const folder of folders)
      for (const file of readdirSync(folder).filter((f) => /\.(vue|ts)$/.test(f) && f !== 'messages.ts')) {
        const source = readFileSync(`${folder}/${file}`, 'utf8')
        for (const [, key] of source.matchAll(/\bt\(\s*'([\w.]+)'/g))
          expect([file, zh.has(key!)]).toEqual([file, true])
      }
  })
})
