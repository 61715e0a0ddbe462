"""Columns of facts, their sums and who may see them; the SQL that makes them is in migrations/m0020_figures.py."""

from piccolo.columns import BigInt, Text
from piccolo.table import Table


class FigureFact(Table, tablename="figure_facts"):
    """What a document comes to, of one product where it is of goods; see rules.Fact. `root_id` is the order of a
    return, else the document itself.
    """

    id = Text(primary_key=True, default=None)
    root_id = Text()
    document_id = Text()
    product_id = Text()
    kind = Text()
    person_id = Text()
    territory_id = Text()
    customer_id = Text()
    ordered_on = Text(null=True, default=None)
    reviewed_on = Text(null=True, default=None)
    signed_on = Text(null=True, default=None)
    amount_e4 = BigInt()
    quantity_e3 = BigInt()
    cost_e4 = BigInt()


class FigureSum(Table, tablename="figure_sums"):
    """The facts of a period by territory, person and subject. `id` is "period|subject|territory|person|subject's id":
    period as rules.periods_of has it, subject `person` with an empty id, `customer` or `product`.
    """

    id = Text(primary_key=True, default=None)
    territory_id = Text()
    person_id = Text()
    subject_id = Text()
    ordered_amount_e4 = BigInt()
    ordered_quantity_e3 = BigInt()
    ordered_cost_e4 = BigInt()
    reviewed_amount_e4 = BigInt()
    reviewed_quantity_e3 = BigInt()
    reviewed_cost_e4 = BigInt()
    signed_amount_e4 = BigInt()
    signed_quantity_e3 = BigInt()
    signed_cost_e4 = BigInt()
    collected_e4 = BigInt()
    visits = BigInt()
    new_customers = BigInt()


class FigurePolicy(Table, tablename="figure_policy"):
    """What an administrator decided; one row. `basis`: ordered, reviewed, signed. `peers`, what reps see of each other:
    hidden, rank, amount.
    """

    id = Text(primary_key=True, default=None)
    basis = Text()
    peers = Text()
    changed_at = BigInt()
