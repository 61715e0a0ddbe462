"""Every write of agents except registering, which nobody is signed in for."""

from roundsman.agents.commands.deciding import approve, end, refuse
from roundsman.agents.commands.following import agent_follows_his_customer, agent_pays_as_his_customer
from roundsman.agents.commands.invitations import invite, revoke_invitation
from roundsman.agents.commands.levels import ask_upgrade, decide_upgrade, set_level
from roundsman.agents.commands.own import set_profile
from roundsman.agents.commands.tree import move_upline

COMMANDS = (
    invite,
    revoke_invitation,
    approve,
    refuse,
    end,
    set_level,
    ask_upgrade,
    decide_upgrade,
    move_upline,
    set_profile,
)

__all__ = ["COMMANDS", "agent_follows_his_customer", "agent_pays_as_his_customer"]
