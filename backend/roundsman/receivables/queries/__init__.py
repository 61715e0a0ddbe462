"""Reads of receivables for the office, each starting from the person who asks. Phones read their own feeds. Amounts are
fen, days 'YYYY-MM-DD', moments epoch ms.
"""

from roundsman.receivables.queries.debts import (
    Which,
    accounts_seen_by,
    debts_by_owner,
    debts_of,
    totals_of,
)
from roundsman.receivables.queries.statements import account_of, open_items_of, statement_of

__all__ = [
    "Which",
    "account_of",
    "accounts_seen_by",
    "debts_by_owner",
    "debts_of",
    "open_items_of",
    "statement_of",
    "totals_of",
]
