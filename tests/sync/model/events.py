"""What can happen to a phone, as data: the same events drive the model's client and the exported traces.

| kind | fields | output |
|---|---|---|
| `hello` | epoch | |
| `enqueue` | command | |
| `cancel` | uuid (queued) | the uuids that went |
| `resolve` | uuid (an issue) | |
| `build_push` | limit, now | the request or null |
| `push_response` | request {epoch, replica}, response | |
| `build_pull` | rows | the request |
| `pull_response` | response | whether a checkpoint was committed |
| `tab_killed` | discard (the half-finished pull) | |
| `evicted` | | the storage is empty again |
"""

from typing import Any

from tests.sync.model.client import Client

Event = dict[str, Any]


def apply(client: Client, event: Event) -> tuple[Client, Any]:
    """Feed one event to a phone; answers the phone (a new one after an eviction) and the output."""
    kind = event["kind"]
    output: Any = None
    if kind == "hello":
        client.hello(event["epoch"])
    elif kind == "enqueue":
        client.enqueue(event["command"])
    elif kind == "cancel":
        output = client.cancel(event["uuid"])
    elif kind == "resolve":
        client.resolve(event["uuid"])
    elif kind == "build_push":
        output = client.build_push(event["limit"], event["now"])
    elif kind == "push_response":
        client.on_push_response(event["request"], event["response"])
    elif kind == "build_pull":
        output = client.build_pull(event["rows"])
    elif kind == "pull_response":
        output = client.on_pull_response(event["response"])
    elif kind == "tab_killed":
        if event["discard"]:
            client.discard_staging()
    elif kind == "evicted":
        client = Client(client.user, client.draw_id, client.bugs)
    else:
        raise KeyError(kind)
    return client, output
