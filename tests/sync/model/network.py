"""Messages under way between phones and the server; the world decides which moves next, and its fate."""

from dataclasses import dataclass, field

from tests.sync.model.wire import PullRequest, PullResponse, PushRequest, PushResponse


@dataclass(slots=True)
class Push:
    """`life` is the incarnation of the phone that sent it: a killed tab never gets its answer."""

    device: int
    life: int
    request: PushRequest
    response: PushResponse | None = None


@dataclass(slots=True)
class Pull:
    """For the oracle: the user's true `scope` and the server's `era` at the moment of the answer."""

    device: int
    life: int
    request: PullRequest
    response: PullResponse | None = None
    scope: tuple[str, ...] = ()
    era: int = 0


Message = Push | Pull


@dataclass(slots=True)
class Network:
    """An unordered bag: picking any message at any time is reordering and delay."""

    messages: list[Message] = field(default_factory=list)

    def send(self, message: Message) -> Message:
        self.messages.append(message)
        return message

    def lose(self, message: Message) -> None:
        self.messages.remove(message)

    def duplicate(self, message: Message) -> None:
        """The same request once more, as a proxy, a retry or a second tab produces it."""
        if isinstance(message, Push):
            self.messages.append(Push(message.device, message.life, message.request))
        else:
            self.messages.append(Pull(message.device, message.life, message.request))

    def of(self, device: int) -> list[Message]:
        return [message for message in self.messages if message.device == device]
