"""What agents announce to higher domains."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class AgentApproved:
    """Somebody became an agent; `agent_id` is also the customer's id."""

    agent_id: str
    person_id: str
    upline_id: str | None


@dataclass(frozen=True, slots=True)
class AgentEnded:
    """Somebody is no agent any more."""

    agent_id: str
    person_id: str


@dataclass(frozen=True, slots=True)
class AgentMoved:
    """An agent, with all below him, stands under another one."""

    agent_id: str
    upline_id: str | None
    former_upline_id: str | None
