import { describe, expect, it } from 'vitest'
import { readSettings, type WidgetSettings } from '../src/widget/settings'

const source = 'https://care.example/widget.js'
const read = (data: DOMStringMap): WidgetSettings => {
  const settings = readSettings({ campus: 'north', ...data }, source)
  if (typeof settings === 'string') throw new Error(settings)
  return settings
}

describe('the script tag', () => {
  it('needs to say the campus alone', () => {
    expect(read({})).toEqual({
      gateway: 'https://care.example',
      campus: 'north',
      language: null,
      theme: null,
      phone: null,
      launcher: 'right',
      bottom: 20,
    })
  })

  it('says where the gateway is, with a path or without', () => {
    expect(read({ gateway: 'https://a.example/' }).gateway).toBe('https://a.example')
    expect(read({ gateway: 'http://a.example:81/care/?x#y' }).gateway).toBe('http://a.example:81/care')
  })

  it('takes what it knows, and nothing else', () => {
    expect(
      read({ lang: 'en', theme: 'dark', phone: '400-820-0000', launcher: 'none', bottom: '72' }),
    ).toMatchObject({ language: 'en', theme: 'dark', phone: '400-820-0000', launcher: null, bottom: 72 })
    expect(read({ lang: 'zh' }).language).toBe('zh-CN')
    expect(
      read({ lang: 'fr', theme: 'pink', phone: 'javascript:alert(1)', launcher: 'top', bottom: '-1' }),
    ).toMatchObject({ language: null, theme: null, phone: null, launcher: 'right', bottom: 20 })
  })

  it('is told what is wrong with it', () => {
    expect(readSettings({}, source)).toContain('data-campus')
    expect(readSettings({ campus: 'No/rth' }, source)).toContain('data-campus')
    for (const gateway of ['javascript:alert(1)', 'care.example', 'data:text/html,x'])
      expect(readSettings({ campus: 'north', gateway }, source)).toContain('data-gateway')
  })
})
