"""The writes of messages; `tell` and `tell_each` are what higher domains call."""

from roundsman.messages.commands import following as following
from roundsman.messages.commands.own import COMMANDS
from roundsman.messages.commands.telling import Told, tell, tell_each

__all__ = ["COMMANDS", "Told", "tell", "tell_each"]
