"""A decision as it is told to a phone, by a push and by a pull alike."""

import msgspec


def result_text(number: int | None, uuid: str, seq: int | None, outcome: str) -> str:
    """One result as JSON text; it is the same text whenever it is asked for."""
    return f'{{"number":{number or 0},"uuid":{msgspec.json.encode(uuid).decode()},"seq":{seq},{outcome[1:]}'


def past_outcome(status: str, code: str | None) -> str:
    """The outcome of a command of which only that much is left."""
    if code is None:
        return f'{{"status":"{status}"}}'
    return f'{{"status":"{status}","code":{msgspec.json.encode(code).decode()}}}'
