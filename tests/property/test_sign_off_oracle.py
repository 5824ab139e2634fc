"""Sign-off against an oracle: a naive transcription of the conditions, on random histories."""

from datetime import timedelta
from random import Random

from generator.views.sign_offs import sign_offs
from tests.search import Wanted, rounds
from tests.sign_off_worlds import FIRST_DAY, SEATS, Edit, Rules, Sign, World, judged

_WANTED = Wanted("random sign-off histories agree with the oracle", 1500, 50_000)


def _world(random: Random) -> World:
    events: list[Edit | Sign] = [Edit(random.choice(SEATS), "one")]
    for _ in range(random.randint(1, 7)):
        kind = random.random()
        if kind < 0.3:
            events.append(Edit(random.choice(SEATS), random.choice(["one", "two", "three"])))
        elif kind < 0.4:
            events.append(Edit(random.choice(SEATS), notes=random.choice(["n", "m"])))
        else:
            events.append(
                Sign(
                    random.choice(SEATS),
                    random.choice(SEATS),
                    random.choice(["", "", "", "two"]),
                    random.choice(["dec-2026-001", "dec-2026-001", "dec-2026-002"]),
                    random.choice([None, None, 2, 30]),
                )
            )
    members = tuple((seat, random.random() < 0.8, random.choice([None, None, 3])) for seat in SEATS)
    decisions = tuple(
        (
            key,
            random.choice(["accepted", "accepted", "accepted", "superseded", "proposed", "rejected"]),
            random.choice([0, 0, 0, 2]),
            random.choice([1, 2, 3, 3]),
            random.random() < 0.9,
        )
        for key in ("dec-2026-001", "dec-2026-002")
    )
    rules = Rules(members, random.choice([1, 2, 2, 3]), decisions)
    return World(tuple(events), rules, random.choice([0, 1, 5, 40]))


def _oracle(world: World) -> list[str]:
    """The states of all signatures, by nothing but the list of conditions."""
    texts: list[str] = []  # the wording after each event
    for event in world.events:
        before = texts[-1] if texts else ""
        texts.append((event.wording or before) if isinstance(event, Edit) else before)
    signs = [(day, event) for day, event in enumerate(world.events) if isinstance(event, Sign)]
    counted: list[int] = []  # days of signatures that counted when they were recorded
    states = []
    for day, sign in signs:
        signed = sign.wording or texts[day]
        since = max((other for other in counted if other < day), default=-1)
        authors = set()
        for past in range(since + 1, day + 1):
            event = world.events[past]
            previous = texts[past - 1] if past else None
            if isinstance(event, Edit) and texts[past] != previous:
                authors.add(event.seat)
        voting = [s for s, votes, last in world.rules.members if votes and (last is None or day <= last)]
        decision = next(d for d in world.rules.decisions if d[0] == sign.decision)
        _, status, taken, votes, names = decision
        fine = (
            signed == texts[day]
            and sign.seat not in authors
            and sign.seat in voting
            and status in ("accepted", "superseded")
            and taken <= day
            and names
            and votes >= world.rules.quorum
        )
        if fine:
            counted.append(day)
        states.append(_state(world, (day, sign), signed == texts[-1], fine=fine))
    return states


def _state(world: World, one: tuple[int, Sign], today: bool, *, fine: bool) -> str:
    day, sign = one
    if any(isinstance(e, Sign) and e.seat == sign.seat for e in world.events[day + 1 :]):
        return "replaced"
    if not today:
        return "lapsed"
    if not fine:
        return "invalid"
    ends = None if sign.expires_after is None else FIRST_DAY + timedelta(days=day + sign.expires_after)
    return "expired" if ends is not None and ends < world.as_of else "valid"


def test_no_random_history_disagrees_with_the_conditions() -> None:
    seen: set[str] = set()
    for number, random in rounds(_WANTED):
        world = _world(random)
        found = [view.status for view in sorted(sign_offs(judged(world)), key=lambda view: view.ref.key)]
        assert found == _oracle(world), (number, world)
        seen.update(found)
    assert seen == {"valid", "lapsed", "invalid", "expired", "replaced"}
