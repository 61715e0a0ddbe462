"""Every write of receivables. Documents of higher domains call accounts.py down; books.py is the one place that changes
what is owed or paid.
"""

from roundsman.receivables.commands import filing as filing  # its subscriber listens once it is imported
from roundsman.receivables.commands.accounts import (
    charge,
    check_credit,
    commit,
    commit_within_credit,
    credit,
    uncommit,
)
from roundsman.receivables.commands.collecting import collect, void_collection
from roundsman.receivables.commands.terms import open_balance, set_terms

COMMANDS = (collect, void_collection, set_terms, open_balance)

__all__ = ["COMMANDS", "charge", "check_credit", "commit", "commit_within_credit", "credit", "uncommit"]
