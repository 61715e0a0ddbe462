"""Classic mistakes of sync engines as switches of the model, by name; the checker must catch every one."""

BUGS: dict[str, str] = {
    "page_head": "server: a bucket's cursor jumps to head although its page was not exhausted",
    "early_drop": "client: an applied command leaves the outbox at the push response, not at the checkpoint",
    "no_refcount": "client: a remove in one bucket deletes the row though another bucket still holds it",
    "no_dedupe": "server: a command delivered twice is executed twice",
    "eat_transient": "server: a transient failure counts as processed",
    "stale_pull": "client: a late pull response with an old generation is accepted",
    "gc_no_reset": "server: a cursor older than the collected tombstones is not reset",
    "no_epoch": "server restored from a backup keeps its epoch, and the client does not notice",
    "no_journal": "client: decided commands are not offered again after an epoch change",
    "ack_by_mid": "client: acknowledgements are matched by number instead of uuid",
    "no_ask": "client: does not ask by uuid for the fate of its pending commands",
    "no_floor": "server: a read from zero forgets the head at which it began",
    "split_snapshot": "server: rows are read in one snapshot, head and acknowledgements in a later one",
    "keep_cursor": "client: keeps the cursor of a bucket it lost",
    "no_move_out": "server: a row that moves writes no remove into the bucket it left",
    "poison_blocks": "server: a command whose handler always crashes is never quarantined",
}

# Mistakes found on the way to the model; they have their own scripted tests.
EXTRA_BUGS: dict[str, str] = {
    "keep_gen": "client: discarding a half-finished pull does not advance the generation",
    "page_gen": "client: the generation advances at the commit only, so a page may be taken twice",
    "trust_number": "client: after a restore, numbers decide what it knows, and the replica id stays",
    "ask_sealed": "client: asks for the fate of sealed commands only, not of queued ones",
    "restart_forever": "server: a read from zero is restarted by any collection, its floor is not considered",
    "refile": "client: re-pushes after a restore a refusal that waited only to close the numbering",
    "keep_name": "client: sends the name of its tables again to a server that does not know it",
    "no_late_ask": "client: does not ask again about what the server quarantined",
    "wait_for_dead": "client: re-pushes after a restore a command whose parent nobody will ever push again",
}


def chosen(*names: str) -> frozenset[str]:
    """The set of switches for these names; `KeyError` for a name that is not a known bug."""
    for name in names:
        if name not in BUGS and name not in EXTRA_BUGS:
            raise KeyError(name)
    return frozenset(names)
