"""The writes of messages; `tell` and `tell_each` are what higher domains call."""

from roundsman.messages.commands import following as following
from roundsman.messages.commands import own, pushing
from roundsman.messages.commands.telling import Told, tell, tell_each

COMMANDS = (*own.COMMANDS, *pushing.COMMANDS)

__all__ = ["COMMANDS", "Told", "tell", "tell_each"]
