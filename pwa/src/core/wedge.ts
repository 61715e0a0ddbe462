// Scan guns that pose as a keyboard ("wedge"): they type a code faster than any person and end it with Enter. Whoever types himself is
// left alone: nothing he presses is taken from the page or from the field it goes to.

import { onBeforeUnmount, onMounted } from 'vue'
import { lastOf } from './arrays'

/** The longest a gun waits between two keys, in milliseconds. A quick typist takes three times as long. */
const PAUSE = 35
const SHORTEST = 4
const NO_TEXT = new Set(['button', 'checkbox', 'color', 'file', 'image', 'radio', 'range', 'reset', 'submit'])

type Handler = (code: string) => void
type Press = Pick<KeyboardEvent, 'key' | 'timeStamp' | 'repeat' | 'isComposing' | 'ctrlKey' | 'altKey' | 'metaKey'>

/** Tells a gun's keys from a person's by their pace, one key after the other. */
export class Burst {
  private text = ''
  private lastAt = Number.NEGATIVE_INFINITY
  private endedAt = Number.NEGATIVE_INFINITY

  /**
   * The code that this key ends; "" for the second Enter of a gun that sends two; null for everything else, which is to go its way.
   * It goes by when a key was pressed, not by when the page came to look: a page that was busy for a moment sees slow keys all at once.
   */
  press(key: Press): string | null {
    const at = key.timeStamp
    const isQuick = at - this.lastAt <= PAUSE
    this.lastAt = at
    // Shift stands between the letters of a gun as it does between a person's.
    if (key.key === 'Shift') return null
    // A key held down repeats as quickly as a gun types.
    const isPlain = !key.repeat && !key.isComposing && !key.ctrlKey && !key.altKey && !key.metaKey
    if (isPlain && key.key === 'Enter') {
      const code = isQuick && this.text.length >= SHORTEST ? this.text : null
      const isSecond = at - this.endedAt <= PAUSE
      this.text = ''
      if (code !== null || isSecond) this.endedAt = at
      return code ?? (isSecond ? '' : null)
    }
    if (!isPlain || key.key.length !== 1) this.text = ''
    else this.text = isQuick ? this.text + key.key : key.key
    return null
  }

  /** Forgets what was begun. */
  drop(): void {
    this.text = ''
    this.lastAt = this.endedAt = Number.NEGATIVE_INFINITY
  }
}

/** Whether what is typed here becomes text of somebody else's: a field that does not say it takes guns by `data-wedge`. */
function isForeignField(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement) || target.closest('[data-wedge]')) return false
  if (target instanceof HTMLInputElement) return !NO_TEXT.has(target.type)
  return target instanceof HTMLTextAreaElement || target.isContentEditable
}

const handlers: Handler[] = []
const burst = new Burst()

function listen(event: KeyboardEvent): void {
  if (isForeignField(event.target)) {
    burst.drop()
    return
  }
  const code = burst.press(event)
  if (code === null) return
  // This Enter is no person's: it must press no button, send no form and open no row.
  event.preventDefault()
  event.stopImmediatePropagation()
  if (code) lastOf(handlers)?.(code)
}

/**
 * Hands over what a scan gun types while this component is there: at least four characters at most 35 ms apart, then Enter. Of several
 * components the last one mounted gets it, such as a sheet over a page. A focused text field keeps its keys, unless it or what it
 * stands in has the attribute `data-wedge`; the characters then stand in the field as well.
 */
export function useWedge(handler: Handler): void {
  onMounted(() => {
    // Before the page's own keys.
    if (!handlers.length) window.addEventListener('keydown', listen, true)
    handlers.push(handler)
  })
  onBeforeUnmount(() => {
    const at = handlers.lastIndexOf(handler)
    if (at < 0) return
    handlers.splice(at, 1)
    burst.drop()
    if (!handlers.length) window.removeEventListener('keydown', listen, true)
  })
}
