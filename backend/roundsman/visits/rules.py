"""Pure rules of a visit: when a route is due, how a check-in is judged, what is missing.

Mirrored by pwa/src/visits/rules.ts; both run the vectors in tests/vectors/visits. No database, no clock, no ids here.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from roundsman.core.geo import distance_m

POOR_ACCURACY_M = 100
"""A fix worse than this (metres, 68 % radius as the platforms report it) cannot say whether someone is at the door."""

PHOTOS_MAX = 30
"""More photos than this no step takes."""


class Fence(StrEnum):
    """How a position compares with the customer's pin of that day."""

    UNCHECKED = "unchecked"
    INSIDE = "inside"
    OUTSIDE = "outside"
    NO_PIN = "no_pin"
    POOR_FIX = "poor_fix"
    NO_FIX = "no_fix"


class Flag(StrEnum):
    """What a manager should notice about a visit; each is shown with the person's reason."""

    OUTSIDE = "outside"
    OUTSIDE_HARD = "outside_hard"
    NO_FIX = "no_fix"
    POOR_FIX = "poor_fix"
    CLOCK = "clock"
    LATE = "late"
    CLOSED_BY_RULE = "closed_by_rule"
    NOT_YOURS = "not_yours"
    STEP_SKIPPED = "step_skipped"
    STEP_MISSING = "step_missing"
    REUSED_PHOTO = "reused_photo"


@dataclass(frozen=True, slots=True)
class Place:
    """A position: WGS-84 in 1e-7 degrees, accuracy in metres (0 for a pin set by hand)."""

    latitude_e7: int
    longitude_e7: int
    accuracy_m: int = 0


@dataclass(frozen=True, slots=True)
class Judgement:
    """`distance_m` is to the pin, None without fix or pin; `needs_reason` asks the person for words."""

    fence: Fence
    distance_m: int | None
    needs_reason: bool
    flags: tuple[Flag, ...]


def judge_place(geofence: str, radius_m: int, pin: Place | None, fix: Place | None) -> Judgement:
    """Judge a position against a customer's pin.

    `geofence` is none, flag or hard; `radius_m` in metres. The fix's own accuracy counts in the person's favour,
    so nobody is called outside by an error the phone admits to. Nothing is ever refused here: the worst outcome
    is a reason asked and a flag set.
    """
    if fix is None:
        if geofence == "none":
            return Judgement(Fence.NO_FIX, None, False, ())
        return Judgement(Fence.NO_FIX, None, True, (Flag.NO_FIX,))
    if pin is None:
        return Judgement(Fence.NO_PIN, None, False, ())
    metres = distance_m(pin.latitude_e7, pin.longitude_e7, fix.latitude_e7, fix.longitude_e7)
    if geofence == "none":
        return Judgement(Fence.UNCHECKED, metres, False, ())
    if fix.accuracy_m > POOR_ACCURACY_M:
        return Judgement(Fence.POOR_FIX, metres, True, (Flag.POOR_FIX,))
    if metres <= radius_m + fix.accuracy_m:
        return Judgement(Fence.INSIDE, metres, False, ())
    flag = Flag.OUTSIDE_HARD if geofence == "hard" else Flag.OUTSIDE
    return Judgement(Fence.OUTSIDE, metres, True, (flag,))


def can_set_pin(judgement: Judgement, fix: Place) -> bool:
    """Whether this check-in may give the customer his first pin: a poor fix would judge every later visit wrongly."""
    return judgement.fence == Fence.NO_PIN and fix.accuracy_m <= POOR_ACCURACY_M


def is_after(done_at: int, checked_out_at: int | None) -> bool:
    """Whether a step was done after the check-out, both by their true times; when it arrived says nothing of that."""
    return checked_out_at is not None and done_at > checked_out_at


@dataclass(frozen=True, slots=True)
class Recurrence:
    """When a route is due. `weekdays` is a bitmask, Monday = 1 … Sunday = 64; days are inclusive."""

    weekdays: int
    every_weeks: int
    from_on: date
    until_on: date | None = None
    skips_holidays: bool = False


def is_due(recurrence: Recurrence, day: date, holidays: Collection[date] = ()) -> bool:
    """Whether a route is due on `day`.

    Weeks run Monday to Sunday and are counted from the week that holds `from_on`, so "every second week" means the
    same weeks whatever weekday the route begins on.
    """
    if day < recurrence.from_on or (recurrence.until_on is not None and day > recurrence.until_on):
        return False
    if not recurrence.weekdays & (1 << day.weekday()):
        return False
    if recurrence.skips_holidays and day in holidays:
        return False
    first_monday = recurrence.from_on - timedelta(days=recurrence.from_on.weekday())
    return (day - first_monday).days // 7 % recurrence.every_weeks == 0


@dataclass(frozen=True, slots=True)
class Coverage:
    """Planned against done for a set of days: how many of the planned customers were visited or skipped."""

    planned: int
    done: int
    skipped: int
    unplanned: int


def coverage(planned: Collection[str], visits: Sequence[tuple[str, str]]) -> Coverage:
    """Count `visits` (customer id, state) against the `planned` customer ids of one day.

    A customer visited twice counts once; one skipped and later visited counts as visited.
    """
    wanted = set(planned)
    seen = {customer for customer, state in visits if state in ("open", "done")}
    skipped = {customer for customer, state in visits if state == "skipped"} - seen
    return Coverage(len(wanted), len(wanted & seen), len(wanted & skipped), len(seen - wanted))


@dataclass(frozen=True, slots=True)
class Template:
    """One step a visit must or may contain; `minimum` is the least number of photos of a photo step."""

    id: str
    is_must: bool
    kind: str = "note"
    minimum: int = 1


def minimum_of(settings: Mapping[str, object]) -> int:
    """The least number of photos a step's settings ask for; 1 where they say nothing sensible."""
    minimum = settings.get("minimum", 1)
    return minimum if type(minimum) is int and 1 <= minimum <= PHOTOS_MAX else 1


def missing_steps(templates: Sequence[Template], steps: Mapping[str, tuple[str, int]]) -> list[str]:
    """Ids of must-do steps that block a check-out.

    `steps` maps template id to (state, photo count). A must-do is settled by being done, with enough photos, or by
    being skipped with a reason.
    """
    missing = []
    for template in templates:
        if not template.is_must:
            continue
        state, photos = steps.get(template.id, ("", 0))
        is_done = state == "done" and (template.kind != "photo" or photos >= template.minimum)
        if not is_done and state != "skipped":
            missing.append(template.id)
    return missing
