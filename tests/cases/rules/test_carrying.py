from cases.rules.carrying import carried_forward

BEFORE = {
    "drugs.notes": "Uses none.",
    "harm.because": "It was so then.",  # of that assessment alone
    "pattern.violence-staff.words": "Once, in 2004.",
    "pattern.violence-staff.covers": ["offence-1"],
}


def test_what_carries_is_pulled_forward_and_marked():
    answers, carried = carried_forward(BEFORE)

    assert set(answers) == set(BEFORE) - {"harm.because"}
    assert carried == ["drugs.notes", "pattern.violence-staff.words"]


def test_what_an_answer_was_about_goes_with_it_and_is_nothing_to_confirm():
    answers, carried = carried_forward(BEFORE)

    assert answers["pattern.violence-staff.covers"] == ["offence-1"]
    assert "pattern.violence-staff.covers" not in carried
