import type { Channel } from '@campuscare/client'

/** How a contact keeps an agent busy. */
export type Medium = 'chat' | 'call' | 'form'

const media: Record<Channel, Medium> = {
  web: 'chat',
  miniProgram: 'chat',
  proactive: 'chat',
  phone: 'call',
  voice: 'call',
  rest: 'form',
  email: 'form',
  sms: 'form',
  weChat: 'chat',
  webhook: 'form',
}

export function mediumOf(channel: Channel): Medium {
  return media[channel]
}
