"""The protocol model holds its invariants under every fault, and its checker notices every classic mistake.

`ROUNDSMAN_MODEL_SEEDS` sets the number of seeds of the usual scenario (default 500, nightly 50000).
"""

import os
from pathlib import Path

import pytest

from tests.sync.model.bugs import BUGS, EXTRA_BUGS, chosen
from tests.sync.model.chance import run
from tests.sync.model.oracle import Violation
from tests.sync.model.scenarios import SCENARIOS
from tests.sync.model.scripts import SCRIPTS, open_world
from tests.sync.model.trace import traces

SEEDS = int(os.environ.get("ROUNDSMAN_MODEL_SEEDS", "300"))
VECTORS = Path(__file__).parents[1] / "vectors" / "sync"

# Where each mistake shows itself most often, and within how many seeds it must be noticed there.
WHERE = {
    "page_head": ("usual", 5),
    "early_drop": ("usual", 5),
    "no_refcount": ("moving", 20),
    "no_dedupe": ("copies", 20),
    "eat_transient": ("copies", 20),
    "stale_pull": ("usual", 60),
    "gc_no_reset": ("slow_first_sync", 30),
    "no_epoch": ("disaster", 10),
    "no_journal": ("disaster", 40),
    "ack_by_mid": ("copies", 60),
    "no_ask": ("disaster", 30),
    "no_floor": ("slow_first_sync", 80),
    "split_snapshot": ("usual", 10),
    "keep_cursor": ("moving", 120),
    "no_move_out": ("usual", 5),
    "poison_blocks": ("poison", 10),
    "page_gen": ("moving", 120),
    "trust_number": ("disaster", 60),
    "ask_sealed": ("disaster", 60),
    "keep_name": ("usual", 10),
}

# The story that fails as soon as the mistake is made.
STORIES = [
    ("acks_by_uuid", "ack_by_mid"),
    ("first_sync_during_collection", "no_floor"),
    ("first_sync_during_collection", "gc_no_reset"),
    ("restored_server_reuses_numbers", "trust_number"),
    ("restored_server_reuses_numbers", "no_journal"),
    ("late_page_after_discard", "keep_gen"),
    ("late_page_after_discard", "stale_pull"),
    ("first_sync_ends", "restart_forever"),
    ("two_tabs_one_page", "page_gen"),
    ("territory_lost_and_regained", "keep_cursor"),
    ("restored_unannounced", "no_epoch"),
    ("seen_under_another_number", "no_ask"),
    ("refused_under_another_number", "refile"),
    ("orphan_of_a_resolved_refusal", "wait_for_dead"),
    ("decided_by_hand", "no_late_ask"),
]


@pytest.mark.parametrize("block", range(5))
def test_usual_days_break_nothing(block: int) -> None:
    for seed in range(block, SEEDS, 5):
        run(seed)


@pytest.mark.parametrize("scenario", sorted(set(SCENARIOS) - {"usual"}))
def test_hard_days_break_nothing(scenario: str) -> None:
    for seed in range(SEEDS // 5):
        run(seed, SCENARIOS[scenario])


@pytest.mark.parametrize("bug", sorted(WHERE))
def test_mistake_is_noticed(bug: str) -> None:
    name, seeds = WHERE[bug]
    for seed in range(seeds):
        try:
            run(seed, SCENARIOS[name], chosen(bug))
        except Violation:
            run(seed, SCENARIOS[name])
            return
    pytest.fail(f"{bug} was not noticed in {seeds} seeds of {name}")


def test_every_mistake_is_tried() -> None:
    assert set(BUGS) <= set(WHERE)
    assert set(BUGS) | set(EXTRA_BUGS) == set(WHERE) | {bug for _, bug in STORIES}
    assert len(BUGS) == 16


@pytest.mark.parametrize("story", sorted(SCRIPTS))
def test_story_ends_well(story: str) -> None:
    SCRIPTS[story](open_world())


@pytest.mark.parametrize(("story", "bug"), STORIES)
def test_story_fails_with_the_mistake(story: str, bug: str) -> None:
    with pytest.raises(AssertionError):
        SCRIPTS[story](open_world(chosen(bug)))


# The four holes that drafts of the design had; each must stay closed.


def test_acks_are_matched_by_uuid_not_by_number() -> None:
    world = open_world()
    twin = SCRIPTS["acks_by_uuid"](world)
    assert not twin.client.outbox
    assert sorted(world.server.state.commands) == ["m1", "m2"]


def test_a_bucket_read_from_zero_remembers_where_it_began() -> None:
    device = SCRIPTS["first_sync_during_collection"](open_world())
    assert ("contacts", "k1") not in device.client.rows
    SCRIPTS["first_sync_ends"](open_world())


def test_after_a_restore_uuids_decide_and_the_replica_id_rotates() -> None:
    world = open_world()
    replicas = {device.client.replica for device in world.devices}
    device = SCRIPTS["restored_server_reuses_numbers"](world)
    assert device.client.replica not in replicas
    assert world.server.state.commands["m1"].result["status"] == "applied"


def test_discarding_a_half_finished_pull_advances_its_generation() -> None:
    device = open_world().devices[0]
    before = device.client.gen
    device.client.discard_staging()
    assert device.client.gen > before
    SCRIPTS["late_page_after_discard"](open_world())


# -- what the runner and the exporter promise


def test_the_same_seed_is_the_same_world() -> None:
    one, two = run(7), run(7)
    assert one.server.state == two.server.state
    assert [d.client.summary() for d in one.devices] == [d.client.summary() for d in two.devices]


def test_a_violation_says_how_to_replay_it() -> None:
    with pytest.raises(Violation) as caught:
        run(0, SCENARIOS["usual"], chosen("page_head"))
    replay, steps = caught.value.__notes__
    assert (
        replay
        == "replay: python -m tests.sync.model run --seed 0 --scenario usual --steps 220 --bugs page_head"
    )
    assert "phone 0 (ann)" in steps


def test_the_committed_traces_are_fresh_and_cover_every_event() -> None:
    fresh = {}
    covered: set[str] = set()
    for name, content, tags in traces(range(40)):
        fresh[name] = content
        covered |= set(tags)
    committed = {path.name: path.read_bytes() for path in VECTORS.glob("*.json")}
    assert sorted(committed) == sorted(fresh)
    stale = [name for name in fresh if committed[name] != fresh[name]]
    assert not stale, "run: python -m tests.sync.model export"
    assert sum(map(len, committed.values())) < 1_500_000
    assert covered >= {
        "hello", "hello with another epoch", "enqueue", "cancel", "resolve", "build_push", "build_pull",
        "push_response applied", "push_response rejected", "push_response quarantined",
        "push_response ignored or repeated", "push_response stop retry", "push_response stop forked",
        "push_response stop epoch", "push_response stop gap", "pull_response page", "pull_response commit",
        "pull_response late", "pull_response refused epoch", "pull_response refused tables",
        "pull_response drop", "pull_response reset",
        "pull_response restarted", "tab_killed discards", "tab_killed resumes", "evicted", "cloned",
        "outbox seen", "recovered", "recovered from the journal", "hidden", "issue by dependency",
    }  # fmt: skip
