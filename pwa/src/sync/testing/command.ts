// A command like any other, for tests that care about something else.

import type { NewCommand } from '../outbox'

export function newCommandOf(uuid: string, own: Partial<NewCommand> = {}): NewCommand {
  return {
    uuid,
    name: 'things.add',
    v: 1,
    args: `{"id":"${uuid}"}`,
    captured_at: 0,
    tz: 'Asia/Shanghai',
    skew_ms: null,
    ...own,
  }
}
