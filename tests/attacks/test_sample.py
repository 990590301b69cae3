"""A dozen of the attacks, as `make attacks` runs them, against all layers that hold here."""

import pytest

from attacks.arena import ROOT, SETS, NoArena
from attacks.catalogue import GROUPS, Attack, attacks
from attacks.course import HONEST, make_canaries
from attacks.rounds import HONESTS, grade_round

SAMPLE = """open_the_reference search_memory_of_others search_own_memory reply_ahead_of_time
trace_the_child kill_the_grader read_address_zero numbers_that_are_none fork_bomb
fill_the_disk connect deep_operators climbing""".split()


def sample() -> list[Attack]:
    """Those with the names above."""
    return [attack for attack in attacks() if attack.name in SAMPLE]


def test_attacks_come_to_nothing() -> None:
    """No points, no leak, nothing left behind, and honest results before, between and after."""
    try:
        seen = grade_round(SETS["root"], sample(), make_canaries(), accept=False)
    except NoArena as error:
        pytest.skip(str(error))
    if missing := [layer for layer in SETS["root"].layers if seen.layers.get(layer) != "holds"]:
        pytest.skip(f"not here: {', '.join(missing)}")
    assert seen.whole == []
    bites = {student: [*filter("late".__ne__, found)] for student, found in seen.bites.items()}
    assert bites == {attack.student: [] for attack in sample()}
    honest = {seen.results[name].replace(name, "") for name in HONESTS}
    assert len({text.split('"autograder"')[0] for text in honest}) == 1
    assert f'"points": {len(HONEST)},' in honest.pop()


def test_every_attack_says_what_it_does() -> None:
    """A name of its own and one sentence; each class has some."""
    every = attacks()
    assert len({attack.student for attack in every}) == len(every)
    assert all(attack.about.endswith(".") or attack.about.endswith("?") for attack in every)
    assert {attack.group for attack in every} == {*GROUPS}
    assert len(sample()) == len(SAMPLE)


def test_the_page_says_how_many_attacks_there_are() -> None:
    """And how many in each class."""
    page = (ROOT / "SECURITY.md").read_text(encoding="utf-8")
    assert f"runs {len(attacks())} attacks" in page
    row = next(line for line in page.splitlines() if "(`root`)" in line)
    counts = [len(attacks(group)) for group in GROUPS]
    assert [int(cell.split("/")[1]) for cell in row.strip("|").split("|")[1:]] == counts
