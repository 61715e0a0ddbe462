// The life of one command on the phone as a table: every state against every event, complete by type. What else moves when a
// command moves (numbers, groups, issues) is in core.ts.

export type CommandState =
  /** Durable here, never sent; may still be edited or cancelled. */
  | 'queued'
  /** Possibly sent; its payload never changes again. */
  | 'sealed'
  /** A checkpoint contains its decision though its number is still open: hidden, still sent to close the number. */
  | 'seen'
  /** The server applied it, the checkpoint that contains it has not come yet. */
  | 'applied'
  /** Decided and contained in a checkpoint; kept for the day the server loses its memory. */
  | 'journal'
  /** Rejected, or dependent on a rejected one; waits for a person. */
  | 'issue'
  | 'gone'

export type CommandEvent =
  | 'edit'
  | 'cancel'
  | 'seal'
  /** Answers to a push. */
  | 'applied'
  | 'rejected'
  | 'quarantined'
  /** The push stopped before it. */
  | 'stopped'
  /** A committed checkpoint tells that the server has it (applied or quarantined); its number is closed. */
  | 'kept'
  /** A committed checkpoint tells that it was rejected; its number is closed. */
  | 'refused'
  /** A committed checkpoint tells its decision, but its number under this replica id is open. */
  | 'decided_elsewhere'
  /** A new replica id: same payload, new number. */
  | 'renumbered'
  /** After an epoch change the server does not know it. */
  | 'forgotten'
  /** A command it depends on was refused. */
  | 'orphaned'
  /** After an epoch change neither server nor phone will bring back what it depends on. */
  | 'abandoned'
  | 'resolved'
  | 'expired'

/** `refuse`: a person or a caller asked for what this state does not allow; nothing changes and the asker is told. */
type Cell = CommandState | 'refuse'

export const MACHINE = {
  queued: {
    edit: 'queued',
    cancel: 'gone',
    seal: 'sealed',
    applied: 'applied',
    rejected: 'issue',
    quarantined: 'journal',
    stopped: 'queued',
    // A clone of this phone may have pushed it: the decision, matched by uuid, counts.
    kept: 'journal',
    refused: 'issue',
    decided_elsewhere: 'seen',
    renumbered: 'queued',
    forgotten: 'queued',
    orphaned: 'issue',
    abandoned: 'issue',
    resolved: 'refuse',
    expired: 'refuse',
  },
  sealed: {
    edit: 'refuse',
    cancel: 'refuse',
    seal: 'sealed',
    applied: 'applied',
    rejected: 'issue',
    quarantined: 'journal',
    stopped: 'sealed',
    kept: 'journal',
    refused: 'issue',
    decided_elsewhere: 'seen',
    renumbered: 'sealed',
    forgotten: 'sealed',
    // It may be on the server already: the server says what becomes of it.
    orphaned: 'sealed',
    abandoned: 'issue',
    resolved: 'refuse',
    expired: 'refuse',
  },
  seen: {
    edit: 'refuse',
    cancel: 'refuse',
    seal: 'seen',
    // Filed when the checkpoint told its fate; this closes its number.
    applied: 'gone',
    rejected: 'gone',
    quarantined: 'gone',
    stopped: 'seen',
    kept: 'gone',
    refused: 'gone',
    decided_elsewhere: 'seen',
    renumbered: 'seen',
    forgotten: 'sealed',
    orphaned: 'seen',
    abandoned: 'issue',
    resolved: 'refuse',
    expired: 'refuse',
  },
  applied: {
    edit: 'refuse',
    cancel: 'refuse',
    seal: 'applied',
    applied: 'applied',
    rejected: 'issue',
    quarantined: 'journal',
    stopped: 'applied',
    kept: 'journal',
    refused: 'issue',
    decided_elsewhere: 'seen',
    // Its number belongs to the old replica id; sent again, the server answers the same.
    renumbered: 'sealed',
    forgotten: 'sealed',
    orphaned: 'applied',
    abandoned: 'issue',
    resolved: 'refuse',
    expired: 'refuse',
  },
  journal: {
    edit: 'refuse',
    cancel: 'refuse',
    seal: 'journal',
    applied: 'journal',
    rejected: 'journal',
    quarantined: 'journal',
    stopped: 'journal',
    kept: 'journal',
    // A restored server decided it anew, and otherwise.
    refused: 'issue',
    decided_elsewhere: 'journal',
    renumbered: 'journal',
    forgotten: 'sealed',
    orphaned: 'journal',
    abandoned: 'issue',
    resolved: 'refuse',
    expired: 'gone',
  },
  issue: {
    edit: 'refuse',
    cancel: 'refuse',
    seal: 'issue',
    applied: 'issue',
    rejected: 'issue',
    quarantined: 'issue',
    stopped: 'issue',
    kept: 'issue',
    refused: 'issue',
    decided_elsewhere: 'issue',
    renumbered: 'issue',
    forgotten: 'issue',
    orphaned: 'issue',
    abandoned: 'issue',
    resolved: 'gone',
    expired: 'refuse',
  },
  gone: {
    edit: 'refuse',
    cancel: 'refuse',
    seal: 'gone',
    applied: 'gone',
    rejected: 'gone',
    quarantined: 'gone',
    stopped: 'gone',
    kept: 'gone',
    refused: 'gone',
    decided_elsewhere: 'gone',
    renumbered: 'gone',
    forgotten: 'gone',
    orphaned: 'gone',
    abandoned: 'gone',
    resolved: 'refuse',
    expired: 'gone',
  },
} as const satisfies Record<CommandState, Record<CommandEvent, Cell>>

/** A command's next state; null when the state does not allow what was asked. */
export function next(state: CommandState, event: CommandEvent): CommandState | null {
  const cell: Cell = MACHINE[state][event]
  return cell === 'refuse' ? null : cell
}
