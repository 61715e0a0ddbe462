"""What the engine that decides commands announces to the domains, which may not import it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class CommandSentBack:
    """A command that had been kept for people to look at was decided against its author, who saw nothing of it: its
    name, the code it was refused with and, if any, what an administrator wrote to him.
    """

    uuid: str
    person_id: str
    name: str
    code: str
    message: str
