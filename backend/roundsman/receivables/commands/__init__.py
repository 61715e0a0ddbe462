"""Every write of receivables. Documents of higher domains call accounts.py down; books.py is the one place that changes
what is owed or paid.
"""

from roundsman.receivables.commands.accounts import charge, check_credit, commit, credit, uncommit

__all__ = ["charge", "check_credit", "commit", "credit", "uncommit"]
