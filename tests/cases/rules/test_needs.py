import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.reference.needs import CUTS, ITEMS, NeedArea, Score
from cases.reference.questions import of_area
from cases.rules.needs import Need, need_of, priorities, score_of, unscored

SCORED = list(ITEMS)


def scored(area, *scores):
    return {
        of_area(area, code): score for (code, _), score in zip(ITEMS[area], scores, strict=False)
    }


@pytest.mark.parametrize("area", list(NeedArea))
def test_where_nothing_is_scored_there_is_no_score_and_never_nought(area):
    assert (score_of(area, {}), need_of(area, {})) == (None, None)


@pytest.mark.parametrize("area", SCORED)
def test_what_is_not_known_is_not_scored(area):
    assert score_of(area, scored(area, *["unknown"] * 4)) is None


def test_what_is_scored_adds_up():
    assert score_of(NeedArea.DRUGS, scored(NeedArea.DRUGS, "2", "1", "unknown", "0")) == 3


def test_all_of_it_no_problem_is_nought():
    assert score_of(NeedArea.DRUGS, scored(NeedArea.DRUGS, "0", "0", "0", "0")) == 0


@pytest.mark.parametrize("area", SCORED)
def test_the_cut_offs_decide(area):
    cut = CUTS[area]
    for total in range(2 * len(ITEMS[area]) + 1):
        twos, ones = divmod(total, 2)
        given = scored(area, *["2"] * twos, *["1"] * ones)
        expected = Need.SEVERE if total >= cut.severe else Need.STANDARD if total >= cut.standard else Need.NONE  # fmt: skip
        if given:
            assert need_of(area, given) == expected


@given(st.dictionaries(st.sampled_from([of_area(a, c) for a in ITEMS for c, _ in ITEMS[a]]), st.sampled_from(list(Score))))  # fmt: skip
def test_an_area_is_scored_throughout_or_named(answers):
    left = unscored(answers)

    for area, items in ITEMS.items():
        assert (area in left) == any(of_area(area, code) not in answers for code, _ in items)


@pytest.mark.parametrize(
    ("answers", "found"),
    [
        ({}, []),
        ({"alcohol.harm": "yes"}, [NeedArea.ALCOHOL]),
        ({"alcohol.harm": "no", "alcohol.offending": "yes"}, []),
        ({**scored(NeedArea.ALCOHOL, "2", "2", "2", "1"), "alcohol.offending": "yes"}, [NeedArea.ALCOHOL]),
        (scored(NeedArea.ALCOHOL, "2", "2", "2", "2"), []),
        ({"health.harm": "yes", "health.offending": "yes"}, [NeedArea.HEALTH]),
    ],
)  # fmt: skip
def test_linked_to_harm_or_severe_and_linked_to_reoffending_comes_first(answers, found):
    assert priorities(answers) == found
