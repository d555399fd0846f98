/** What only a page with a call loads. */
export { Line, type LineState } from './line'
export { Listeners } from './listeners'
export { askForMicrophone, letGo, type NoMicrophone } from './microphone'
export { Speaker } from './speaking'
export { Tones, type Tone } from './tones'
