"""Every write of figures: following what happens below (following.py, by restating.py), and the policy."""

from roundsman.figures.commands import following
from roundsman.figures.commands.policy import set_figure_policy
from roundsman.figures.commands.restating import (
    differences,
    key_of,
    restate_collections,
    restate_customers,
    restate_orders,
    restate_visits,
    standing_facts,
)

COMMANDS = (set_figure_policy,)

__all__ = [
    "COMMANDS",
    "differences",
    "following",
    "key_of",
    "restate_collections",
    "restate_customers",
    "restate_orders",
    "restate_visits",
    "standing_facts",
]
