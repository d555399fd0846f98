import type { Answer, ClockAlert, Wallboard } from './contracts'
import { HubLink } from './hubLink'

/** /hubs/supervisor, typed. */
export class SupervisorHub {
  readonly link: HubLink

  constructor(token: string) {
    this.link = new HubLink('/hubs/supervisor', token)
  }

  watch = (): Promise<Answer<Wallboard>> => this.link.ask('Watch')
  onWallboardChanged = (action: (wallboard: Wallboard) => void): void =>
    this.link.on('WallboardChanged', action)
  onClockMissed = (action: (alert: ClockAlert) => void): void => this.link.on('ClockMissed', action)
}
