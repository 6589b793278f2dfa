"""Fields and forms in the GOV.UK manner."""

import json
from datetime import date, time, timedelta

import pytest
from django import forms
from django.http import QueryDict
from django.template.loader import render_to_string
from django.utils.timezone import localdate

from staff.forms import (
    Checkboxes,
    FlexibleDateField,
    FlexibleTimeField,
    GovukForm,
    GovukFormSet,
    LongTextField,
    Radios,
    SharedForm,
    YesNoField,
)
from staff.kit import Clash
from staff.rules.merging import marks


class ReplyForm(GovukForm):
    outcome = forms.ChoiceField(
        label="Outcome",
        choices=[("none", "No trace"), ("information", "Information"), ("refused", "Refused")],
        widget=Radios(reveals={"information": ["found", "read_on"], "refused": ["reasons"]}),
    )
    found = LongTextField(label="What they told us", max_length=10)
    read_on = FlexibleDateField(label="When you read it", past=True)
    reasons = forms.MultipleChoiceField(
        label="Why", choices=[("a", "No consent"), ("b", "No power")], widget=Checkboxes()
    )


def errors_of(form):
    return {name: [str(error) for error in errors] for name, errors in form.errors.items()}


def test_what_an_option_reveals_is_required_once_it_is_chosen():
    form = ReplyForm({"outcome": "information"})

    assert errors_of(form) == {
        "found": ["Enter what they told us"],
        "read_on": ["Enter when you read it"],
    }


def test_what_another_option_would_have_revealed_is_neither_required_nor_kept():
    form = ReplyForm(
        {"outcome": "none", "found": "typed and then unchosen", "reasons": ["nonsense"]}
    )

    assert form.is_valid()
    assert form.cleaned_data == {"outcome": "none", "found": "", "read_on": None, "reasons": []}


def test_one_of_a_list_that_was_never_asked_for_is_left_as_no_words():
    class Form(GovukForm):
        called = forms.ChoiceField(
            choices=[("spoke", "Spoke"), ("away", "No answer")],
            widget=Radios(reveals={"spoke": ["well"]}),
        )
        well = forms.ChoiceField(choices=[("yes", "Yes"), ("unsure", "Not sure")], widget=Radios())

    form = Form({"called": "away"})

    assert form.is_valid()
    assert form.cleaned_data == {"called": "away", "well": ""}


def test_a_yes_or_no_may_reveal():
    class Form(GovukForm):
        told = YesNoField(label="Told?", widget=Radios(reveals={"no": ["why_not"]}))
        why_not = forms.CharField(label="Why not")

    assert errors_of(Form({"told": "no"})) == {"why_not": ["Enter why not"]}
    assert Form({"told": "yes"}).is_valid()


def test_a_form_with_a_prefix_reveals_too():
    assert ReplyForm({"a-outcome": "none"}, prefix="a").is_valid()


@pytest.mark.parametrize("typed, kept", [("yes", True), ("no", False)])
def test_yes_and_no_are_true_and_false(typed, kept):
    class Form(GovukForm):
        shared = YesNoField(label="May this be shared?", required=False)

    form = Form({"shared": typed})

    assert form.is_valid()
    assert form.cleaned_data["shared"] is kept


def test_yes_or_no_left_alone_is_neither():
    class Form(GovukForm):
        shared = YesNoField(label="May this be shared?", required=False)

    form = Form({})

    assert form.is_valid()
    assert form.cleaned_data["shared"] is None
    assert str(Form(initial={"shared": False})["shared"]).count("checked") == 1


@pytest.mark.parametrize(
    "field, error",
    [
        (forms.CharField(label="Date of birth"), "Enter date of birth"),
        (forms.CharField(label="CRN"), "Enter CRN"),
        (forms.CharField(label="Who was asked?"), "Answer “Who was asked?”"),
        (forms.ChoiceField(label="Team", choices=[]), "Choose team"),
        (YesNoField(label="Told?"), "Choose an answer to “Told?”"),
        (forms.BooleanField(label="I have read it"), "Tick to confirm: I have read it"),
        (forms.CharField(error_messages={"required": "Say who"}), "Say who"),
    ],
)
def test_an_empty_answer_is_told_which_and_how(field, error):
    class Form(GovukForm):
        it = field

    assert errors_of(Form({})) == {"it": [error]}


@pytest.mark.parametrize(
    "field, typed, error",
    [
        (forms.CharField(label="Name", max_length=3), "abcd", "Name must be 3 characters or fewer"),
        (
            forms.CharField(label="Over 110%", max_length=3),
            "abcd",
            "Over 110% must be 3 characters or fewer",
        ),
        (
            forms.CharField(label="Over 110% for how long?", max_length=3),
            "abcd",
            "Your answer to “Over 110% for how long?” must be 3 characters or fewer",
        ),
        (
            forms.IntegerField(label="How many days?", min_value=1),
            "0",
            "Your answer to “How many days?” must be 1 or more",
        ),
        (
            forms.IntegerField(label="How many days?", max_value=9),
            "10",
            "Your answer to “How many days?” must be 9 or less",
        ),
        (forms.IntegerField(label="Hours", min_value=1), "0", "Hours must be 1 or more"),
        (forms.IntegerField(label="Hours", max_value=9), "10", "Hours must be 9 or less"),
        (forms.IntegerField(label="Hours"), "x", "Enter a whole number for hours, for example 12"),
        (forms.DecimalField(label="Miles"), "x", "Enter a number for miles, for example 12"),
        (
            forms.EmailField(label="Secure e-mail address"),
            "duty desk",
            "Enter secure e-mail address in full, for example name@example.gov.uk",
        ),
        (
            forms.URLField(label="Web form", assume_scheme="https"),
            "no such",
            "Enter web form in full, for example https://www.example.gov.uk",
        ),
        (
            forms.ChoiceField(label="Team", choices=[("a", "A")]),
            "b",
            "Choose one of the answers given for team",
        ),
    ],
)
def test_an_answer_that_cannot_be_is_told_how_to_mend_it(field, typed, error):
    class Form(GovukForm):
        it = field

    assert errors_of(Form({"it": typed})) == {"it": [error]}


def test_wording_the_errors_of_one_form_leaves_its_class_alone():
    class Form(GovukForm):
        it = forms.CharField(label="Name")

    Form({})

    assert Form.base_fields["it"].error_messages["required"] == "This field is required."


def test_a_new_line_counts_as_one_character():
    form = ReplyForm({"outcome": "information", "read_on": "today", "found": "1234\r\n6789"})

    assert form.is_valid(), errors_of(form)
    assert form.cleaned_data["found"] == "1234\n6789"


@pytest.mark.parametrize(
    "rule, days, error",
    [
        ("past", 1, "is still to come"),
        ("past", 0, None),
        ("future", -1, "has been"),
        ("future", 0, None),
    ],
)
def test_a_date_may_have_to_be_behind_or_ahead(rule, days, error):
    class Form(GovukForm):
        on = FlexibleDateField(label="When", **{rule: True})

    form = Form({"on": (localdate() + timedelta(days=days)).isoformat()})

    assert form.is_valid() == (error is None)
    assert error is None or error in form.errors["on"][0]


def test_a_date_that_makes_no_sense_says_how_to_mend_it():
    class Form(GovukForm):
        on = FlexibleDateField(label="When")

    assert errors_of(Form({"on": "31/2/2018"})) == {
        "on": ["February 2018 has 28 days. Check the day"]
    }


def test_a_date_and_a_time_are_kept_as_such_and_shown_as_understood():
    class Form(GovukForm):
        on = FlexibleDateField(label="When")
        at = FlexibleTimeField(label="What time")

    form = Form({"on": "3/5/18", "at": "2.30 pm"})

    assert form.is_valid()
    assert form.cleaned_data == {"on": date(2018, 5, 3), "at": time(14, 30)}
    assert 'value="3 May 2018"' in str(Form(initial={"on": date(2018, 5, 3)})["on"])
    assert 'value="2:30pm"' in str(Form(initial={"at": time(14, 30)})["at"])


def test_an_unchanged_date_is_not_a_change():
    class Form(GovukForm):
        on = FlexibleDateField(label="When")

    assert not Form({"on": "3/5/2018"}, initial={"on": date(2018, 5, 3)}).has_changed()


def test_a_form_of_a_formset_is_removed_by_the_name_of_the_thing():
    class ChildSet(GovukFormSet):
        item = "child"

    formset = forms.formset_factory(ReplyForm, formset=ChildSet, can_delete=True)()

    assert formset.forms[0]["DELETE"].label == "Remove this child"


def test_a_spare_form_of_a_formset_left_empty_stays_empty():
    formset = forms.formset_factory(ReplyForm, formset=GovukFormSet)(
        {"form-TOTAL_FORMS": "1", "form-INITIAL_FORMS": "0"}
    )

    assert formset.is_valid()
    assert formset.cleaned_data == [{}]


class PeopleFormSet(GovukFormSet):
    item = "person"


People = forms.formset_factory(ReplyForm, formset=PeopleFormSet, extra=1)


def test_words_that_were_kept_are_shown_again_without_a_word_of_what_is_wrong():
    form = ReplyForm({"outcome": "information", "read_on": "the day before"})

    form.withhold_errors()

    assert errors_of(form) == {}
    assert form["read_on"].value() == "the day before"
    assert not form.is_valid()


def test_a_formset_is_shown_again_likewise():
    kept = {"form-TOTAL_FORMS": "2", "form-INITIAL_FORMS": "0", "form-1-found": "Call-outs"}
    people = People(kept)

    people.withhold_errors()

    assert [errors_of(form) for form in people] == [{}, {}]
    assert people.forms[1]["found"].value() == "Call-outs"
    assert not people.total_error_count()
    assert not people.is_valid()


class NatureForm(SharedForm):
    who = LongTextField(label="Who is at risk?", required=False)
    nature = LongTextField(label="How?", required=False)


def drawn(stands):
    """The form as a browser gets it."""
    form = NatureForm(stands=stands)
    return {"seen": form["seen"].value(), **stands}


def test_a_shared_form_carries_marks_of_what_stood_and_none_of_its_words():
    stands = {"who": "His former partner", "nature": "Assault"}

    sent = NatureForm(drawn(stands), stands=stands)

    assert sent.is_valid()
    assert sent.cleaned_data["seen"] == marks(stands, ["who", "nature"])
    assert "partner" not in drawn(stands)["seen"]


@pytest.mark.parametrize("seen", ["", "not marks", "[1, 2]"])
def test_marks_that_were_tampered_with_have_seen_nothing(seen):
    form = NatureForm({"seen": seen, "who": "Somebody"}, stands={})

    assert form.is_valid()
    assert form.cleaned_data["seen"] == {}


def test_what_both_changed_is_shown_with_what_stands_and_sent_again_is_written_knowingly():
    begun = {"who": "His partner", "nature": "Assault"}
    mine = QueryDict(mutable=True)
    mine.update(drawn(begun) | {"who": "His partner and her son"})
    stands = {"who": "His former partner", "nature": "Stalking"}
    form = NatureForm(mine, stands=stands)
    assert form.is_valid()

    clashes = form.show_clashes(["who"], who="A. Khan", when="today at 10:42am")
    page = render_to_string("components/conflict.html", {"clashes": clashes})

    assert clashes == [
        Clash("Who is at risk?", "His former partner", "#id_who", "A. Khan", "today at 10:42am")
    ]
    assert "His former partner" in page
    assert form["who"].value() == "His partner and her son"
    assert errors_of(form) == {"who": ["A. Khan changed this while you were writing"]}
    again = json.loads(form["seen"].value())
    assert again == {**marks(stands, ["who"]), **marks(begun, ["nature"])}
