"""Every widget, drawn with and without errors: what names what, and where the summary's links lead."""

import pytest
from django import forms
from django.template import Context, Template

from staff.forms import (
    Checkboxes,
    FlexibleDateField,
    FlexibleTimeField,
    GovukForm,
    GovukFormSet,
    LongTextField,
    Radios,
    YesNoField,
)
from tests.staff.markup import Page, sound


class EveryWidgetForm(GovukForm):
    name = forms.CharField(label="Name", help_text="As in nDelius")
    crn = forms.CharField(label="CRN", max_length=7)
    password = forms.CharField(label="Password", widget=forms.PasswordInput)
    hours = forms.IntegerField(label="Hours", min_value=1, max_value=8)
    miles = forms.DecimalField(label="Miles")
    found = LongTextField(label="What they told us", max_length=50, help_text="Their words")
    note = LongTextField(label="Note")
    on = FlexibleDateField(label="When")
    at = FlexibleTimeField(label="What time")
    team = forms.ChoiceField(label="Team", choices=[("", "Choose"), ("a", "Oxford")])
    outcome = forms.ChoiceField(
        label="Outcome",
        help_text="Of this enquiry",
        choices=[("none", "No trace"), ("some", "Information"), ("no", "Refused")],
        widget=Radios(
            hints={"some": "Any at all"}, divider_before="no", reveals={"some": ["read_on"]}
        ),
    )
    read_on = FlexibleDateField(label="When you read it")
    covers = forms.MultipleChoiceField(
        label="Whom it covers",
        choices=[("a", "Alan"), ("b", "Beth")],
        widget=Checkboxes(reveals={"b": ["where"]}),
    )
    where = forms.CharField(label="Where she lives")
    plain_radio = forms.ChoiceField(
        label="Plain", choices=[("a", "A"), ("b", "B")], widget=forms.RadioSelect
    )
    plain_boxes = forms.MultipleChoiceField(
        label="Boxes", choices=[("a", "A"), ("b", "B")], widget=forms.CheckboxSelectMultiple
    )
    shared = YesNoField(label="Shared?")
    sure = forms.BooleanField(label="I have read it", help_text="In full")
    report = forms.FileField(label="Report")


EVERY_FIELD = list(EveryWidgetForm.base_fields)
REVEALING = {"outcome": "some", "covers": ["b"]}


def draw(source, **context):
    return sound(
        Page(Template("{% load govuk crispy_forms_tags %}" + source).render(Context(context)))
    )


def page_of(form, errors=True):
    summary = '{% include "components/error_summary.html" with form=form only %}' if errors else ""
    return draw(summary + "{{ form|crispy }}", form=form)


@pytest.mark.parametrize(
    "form", [EveryWidgetForm(), EveryWidgetForm({}), EveryWidgetForm(REVEALING)]
)
def test_every_field_is_drawn_once_and_reached_by_its_own_name(form):
    page = page_of(form)

    for name in EVERY_FIELD:
        reached = page.one(id=f"id_{name}")
        assert reached.name in ("input", "select", "textarea")
        assert reached["name"] == name


@pytest.mark.parametrize("name", EVERY_FIELD)
def test_every_field_has_a_label_of_its_own(name):
    page = page_of(EveryWidgetForm())

    box = page.one(id=f"id_{name}")
    assert page.one("label", **{"for": box["id"]}).text


def test_every_error_is_in_the_summary_and_leads_to_its_box():
    form = EveryWidgetForm(REVEALING)

    page = page_of(form)

    links = {link["href"]: link.text for link in page.all("a")}
    wrong = [name for name in EVERY_FIELD if name not in REVEALING]
    assert list(links) == [f"#id_{name}" for name in wrong]
    assert links["#id_sure"] == "Tick to confirm: I have read it"
    assert all(page.one(id=href[1:]).name in ("input", "select", "textarea") for href in links)


def test_an_option_not_chosen_hides_what_it_reveals_from_the_summary():
    page = page_of(EveryWidgetForm({"outcome": "none"}))

    assert "#id_read_on" not in [link["href"] for link in page.all("a")]


@pytest.mark.parametrize("name", [n for n in EVERY_FIELD if n not in REVEALING])
def test_a_field_in_error_says_so_beside_its_box(name):
    form = EveryWidgetForm(REVEALING)
    grouped = isinstance(form.fields[name].widget, forms.RadioSelect)

    page = page_of(form, errors=False)

    error = page.one(id=f"id_{name}_error")
    assert form.errors[name][0] in error.text
    tied = [one for one in page.elements if error["id"] in (one["aria-describedby"] or "").split()]
    assert [one.name for one in tied] == ["fieldset"] if grouped else tied[0]["id"] == f"id_{name}"


def test_a_field_without_errors_shows_none():
    page = page_of(EveryWidgetForm())

    assert not page.all(class_="govuk-error-message")
    assert not page.all(class_="govuk-error-summary")
    assert not page.all(class_="govuk-form-group--error")


def test_a_hint_is_tied_to_the_box_or_to_the_group():
    page = page_of(EveryWidgetForm())

    assert page.one(id="id_name")["aria-describedby"] == "id_name_helptext"
    assert page.one(id="id_sure")["aria-describedby"] == "id_sure_helptext"
    assert page.one("fieldset", aria_describedby="id_outcome_helptext")
    assert page.one(id="id_name_helptext").text == "As in nDelius"


def test_radios_and_checkboxes_are_told_apart_whoever_wrote_the_widget():
    page = page_of(EveryWidgetForm())

    kinds = {name: {box["type"] for box in page.all("input", name=name)} for name in EVERY_FIELD}
    assert kinds["outcome"] == kinds["plain_radio"] == kinds["shared"] == {"radio"}
    assert kinds["covers"] == kinds["plain_boxes"] == kinds["sure"] == {"checkbox"}


def test_a_group_has_a_legend_and_each_option_a_hint_and_a_divider_of_its_own():
    page = draw("{% govuk_field form.outcome size='m' %}", form=EveryWidgetForm())

    assert page.one("legend", class_="govuk-fieldset__legend--m").text == "Outcome"
    assert page.one(id="id_outcome_1")["aria-describedby"] == "id_outcome_1-item-hint"
    assert page.one(class_="govuk-radios__divider").text == "or"


def test_a_revealed_field_stands_under_its_option_and_shows_without_javascript():
    page = page_of(EveryWidgetForm())

    option = page.one(id="id_outcome_1")
    revealed = page.one(id=option["data-aria-controls"])
    assert "When you read it" in revealed.text
    assert "govuk-radios__conditional--hidden" in revealed["class"]
    assert page.text.count("When you read it") == 1


def test_a_chosen_option_shows_what_it_reveals():
    page = page_of(EveryWidgetForm(REVEALING))

    assert "hidden" not in page.one(id="conditional-id_outcome_1")["class"]
    assert page.one(id="id_outcome_1").attributes.keys() >= {"checked"}
    assert page.one(id="id_covers_1").attributes.keys() >= {"checked"}


def test_a_long_answer_is_counted_and_never_cut_off():
    page = page_of(EveryWidgetForm({"found": "x" * 60}))

    box = page.one("textarea", id="id_found")
    assert page.one(class_="govuk-character-count")["data-maxlength"] == "50"
    assert box["aria-describedby"] == "id_found_helptext id_found_error id_found-info"
    assert box["maxlength"] is None
    assert box.text.strip() == "x" * 60
    assert "up to 50 characters" in page.one(id="id_found-info").text
    assert page.one("input", id="id_crn")["maxlength"] is None


def test_a_number_is_asked_for_in_a_text_box_that_keeps_what_was_typed():
    page = page_of(EveryWidgetForm({"hours": "about 3"}))

    box = page.one(id="id_hours")
    assert (box["type"], box["inputmode"], box["value"]) == ("text", "numeric", "about 3")
    assert page.one(id="id_miles")["inputmode"] == "decimal"


def test_a_date_says_what_was_understood_only_once_it_makes_sense():
    sent = page_of(EveryWidgetForm({"on": "3/5/18", "at": "14:30"}))
    wrong = page_of(EveryWidgetForm({"on": "31/2/18"}))

    assert sent.one(id="id_on_understood").text == "Understood as Thursday 3 May 2018"
    assert sent.one(id="id_at_understood").text == "Understood as 2:30pm"
    assert sent.one(id="id_on")["value"] == "3/5/18"
    assert "Understood" not in wrong.text
    assert "Understood" not in page_of(EveryWidgetForm()).text


def test_a_password_is_never_sent_back():
    page = page_of(EveryWidgetForm({"password": "secret"}))

    assert not page.one(id="id_password")["value"]


def test_what_was_typed_is_escaped():
    page = page_of(EveryWidgetForm({"name": '"><script>alert(1)</script>'}))

    assert page.one(id="id_name")["value"] == '"><script>alert(1)</script>'
    assert not page.all("script")


def test_a_label_may_be_the_heading_of_the_page():
    legend = draw("{% govuk_field form.outcome size='l' heading=True %}", form=EveryWidgetForm())
    label = draw("{% govuk_field form.name size='l' heading=True %}", form=EveryWidgetForm())

    assert legend.one("h1").text == "Outcome"
    assert label.one("h1").text == "Name"


def test_a_unit_stands_beside_its_box():
    page = draw("{% govuk_field form.hours suffix='hours' width='3' %}", form=EveryWidgetForm())

    assert page.one(class_="govuk-input__suffix").text == "hours"
    assert "govuk-input--width-3" in page.one(id="id_hours")["class"]


def test_an_error_of_the_whole_form_comes_first_and_leads_nowhere():
    form = EveryWidgetForm(REVEALING)
    form.add_error(None, "Somebody else has recorded this reply.")

    page = page_of(form)

    first = page.one("ul", class_="govuk-error-summary__list").text.split("\n")
    assert "Somebody else has recorded this reply." in " ".join(first)
    assert "Somebody else" not in "".join(link.text for link in page.all("a"))


class ChildForm(GovukForm):
    name = forms.CharField(label="Name")
    lives = YesNoField(label="Lives in the household?")


class ChildSet(GovukFormSet):
    item = "child"

    def clean(self):
        if not any(form.has_changed() for form in self.forms):
            raise forms.ValidationError("Add a child, or say there are none")


children = forms.formset_factory(ChildForm, formset=ChildSet, extra=2, can_delete=True)
SENT = {"form-TOTAL_FORMS": "2", "form-INITIAL_FORMS": "0"}


def test_each_of_several_has_a_legend_and_ids_of_its_own():
    page = draw("{{ formset|crispy }}", formset=children())

    legends = [one.text for one in page.all("legend") if one.text.startswith("Child")]
    assert legends == ["Child 1", "Child 2"]
    assert {"id_form-0-lives", "id_form-1-lives"} <= set(page.ids)
    assert page.one(id="id_form-TOTAL_FORMS")["value"] == "2"


def test_the_summary_leads_to_the_right_one_of_several():
    formset = children({**SENT, "form-1-name": "Carl"})

    page = draw(
        '{% include "components/error_summary.html" with form=formset only %}{{ formset|crispy }}',
        formset=formset,
    )

    assert [link["href"] for link in page.all("a")] == ["#id_form-1-lives"]
    assert page.one(id="id_form-1-lives")["type"] == "radio"


def test_an_error_of_the_whole_set_leads_to_its_first_box():
    page = draw(
        '{% include "components/error_summary.html" with form=formset only %}{{ formset|crispy }}',
        formset=children(SENT),
    )

    assert page.one("a")["href"] == "#id_form-0-name"
    assert page.one("a").text == "Add a child, or say there are none"


def test_two_forms_share_one_summary():
    page = draw(
        '{% include "components/error_summary.html" with form=one form2=two only %}{{ one|crispy }}{{ two|crispy }}',
        one=ChildForm({}, prefix="a"),
        two=ChildForm({}, prefix="b"),
    )

    assert [link["href"] for link in page.all("a")] == [
        "#id_a-name", "#id_a-lives", "#id_b-name", "#id_b-lives",
    ]  # fmt: skip
    assert len(page.all(class_="govuk-error-summary")) == 1


def test_crispy_draws_a_whole_form_with_its_errors_and_its_token():
    page = draw("{% crispy form %}", form=ChildForm({}), csrf_token="token")

    assert page.one("form")["method"] == "post"
    assert page.one("input", name="csrfmiddlewaretoken")["value"] == "token"
    assert [link["href"] for link in page.all("a")] == ["#id_name", "#id_lives"]
