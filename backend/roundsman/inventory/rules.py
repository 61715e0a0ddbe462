"""Pure rules of the inventory. No database, no clock, no ids here."""


def base_cost(cost_e4: int, factor: int) -> int:
    """What one base unit costs (1/10000 yuan) when a pack of `factor` costs so much; a half rounded up."""
    return (2 * cost_e4 + factor) // (2 * factor)
