import type { Answer, ClockAlert, Wallboard } from './contracts.js'
import { HubLink, type LinkOptions } from './hubLink.js'

/** /hubs/supervisor, typed. */
export class SupervisorHub {
  readonly link: HubLink

  constructor(options: LinkOptions) {
    this.link = new HubLink('/hubs/supervisor', options)
  }

  watch = (): Promise<Answer<Wallboard>> => this.link.ask('Watch')
  onWallboardChanged = (action: (wallboard: Wallboard) => void): void =>
    this.link.on('WallboardChanged', action)
  onClockMissed = (action: (alert: ClockAlert) => void): void => this.link.on('ClockMissed', action)
}
