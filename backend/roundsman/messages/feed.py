"""What a phone may hold of messages: one's own, how one wants to be told, and on which phones."""

from roundsman.core.domain import Feed
from roundsman.messages.tables import Message, MessageSettings, PushSubscription

FEEDS = (
    Feed(
        Message,
        fields=("id", "kind", "about", "args", "at", "read_at"),
        buckets=("user:{person_id}:{month}",),
    ),
    Feed(MessageSettings, fields=("id", "muted", "quiet_from", "quiet_until"), buckets=("user:{id}",)),
    Feed(PushSubscription, fields=("id", "language", "created_at"), buckets=("user:{person_id}",)),
)
