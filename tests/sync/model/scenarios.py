"""How often what happens: weights of the world's actions. Few rows, few buckets and tiny pages find most."""

from dataclasses import dataclass, field, replace

WEIGHTS: dict[str, int] = {
    "tap": 36,
    "cancel": 2,
    "resolve": 2,
    "push": 16,
    "pull": 16,
    "deliver": 60,
    "page": 14,
    "sync": 8,
    "kill_tab": 4,
    "transient": 4,
    "kill_worker": 2,
    "edit": 8,
    "contact": 10,
    "move": 6,
    "reassign": 6,
    "collect": 5,
    "decide": 3,
    "backup": 2,
    "restore": 1,
    "evict": 1,
    "clone": 2,
    "release": 2,
}


@dataclass(frozen=True, slots=True)
class Scenario:
    """`page` is the largest page in rows, `loss` the share of messages lost on each leg, `poison` of taps
    that crash their handler, `meanwhile` of pulls during which something else is written."""

    name: str = "usual"
    weights: dict[str, int] = field(default_factory=lambda: dict(WEIGHTS))
    devices: tuple[int, int] = (4, 6)
    page: int = 3
    loss: float = 0.08
    duplicates: float = 0.06
    poison: float = 0.03
    meanwhile: float = 0.2

    def with_weights(self, name: str, **weights: int) -> "Scenario":
        """The same scenario with these actions more or less frequent."""
        return replace(self, name=name, weights={**self.weights, **weights})


USUAL = Scenario()
SCENARIOS: dict[str, Scenario] = {
    scenario.name: scenario
    for scenario in (
        USUAL,
        USUAL.with_weights("moving", move=24, reassign=40, contact=20),
        USUAL.with_weights("copies", clone=14, tap=40, evict=0),
        USUAL.with_weights("disaster", restore=6, backup=8, tap=40),
        replace(
            USUAL.with_weights(
                "slow_first_sync", evict=8, page=60, contact=50, collect=30, sync=4, tap=6, push=4, pull=4
            ),
            page=1,
        ),
        replace(USUAL.with_weights("poison", tap=40), poison=0.3),
    )
}
