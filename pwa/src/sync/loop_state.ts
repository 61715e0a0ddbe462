// What the screens know of the loop, also before there is one.

export interface LoopState {
  is_running: boolean
  is_online: boolean
  is_paused_for_sign_in: boolean
  is_wiped: boolean
}

export const RESTING: LoopState = { is_running: false, is_online: true, is_paused_for_sign_in: false, is_wiped: false }
