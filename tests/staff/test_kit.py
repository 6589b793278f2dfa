"""Every component: that it says all it is given, in markup that is sound."""

from dataclasses import replace

import pytest
from django import forms
from django.template.loader import render_to_string

from staff.forms import GovukForm
from staff.kit import (
    TAGS,
    Cell,
    Column,
    DueRow,
    Fact,
    Gap,
    Happening,
    Icon,
    Input,
    Line,
    Link,
    Masked,
    Matrix,
    MatrixRow,
    Working,
    on,
    shaded,
    tag,
)
from tests.staff.markup import Page, sound


def component(name, **context):
    return sound(Page(render_to_string(f"components/{name}.html", context)))


def test_the_safety_strip_shows_five_facts_at_most_in_words():
    facts = [Fact(Icon.HARM, f"Fact {number}.", "more", href="/why/") for number in range(6)]

    page = component("safety_strip", facts=facts)

    assert [one.text for one in page.all("strong")] == [f"Fact {number}." for number in range(5)]
    assert all(icon["aria-hidden"] == "true" for icon in page.all("svg"))


def test_no_safety_information_is_itself_a_fact():
    page = component("safety_strip", facts=[])

    assert "No safety information is recorded." in page.text
    assert "not the same as no risk" in page.text


@pytest.mark.parametrize(
    "icon", [Icon.HARM, Icon.RESTRICTION, Icon.STAFF, Icon.SELF_HARM, Icon.UNKNOWN, Icon.OK]
)
def test_each_kind_of_fact_has_an_icon_unlike_the_others(icon):
    drawn = render_to_string("components/icon.html", {"icon": icon})
    others = {Icon.HARM, Icon.RESTRICTION, Icon.STAFF, Icon.SELF_HARM, Icon.UNKNOWN, Icon.OK} - {
        icon
    }

    assert drawn not in {render_to_string("components/icon.html", {"icon": one}) for one in others}


LATE = DueRow(
    what="Chase the police enquiry",
    due="3 May 2018",
    by="A. Khan",
    late="3 working days late",
    rule="Chased when five working days pass.",
    source="local policy",
    person="Smith, Alan",
    crn="X123456",
    href="/cases/X123456/",
    next=Link("Record a chase", "/chase/", hidden="for Alan Smith"),
    tag=tag("overdue"),
)
SEND = DueRow(what="Send it", due="4 May 2018", next=Link("Send", "/send/", post=True))


def test_a_due_row_says_what_why_by_whom_when_and_what_next():
    page = component("due_list", rows=[LATE], caption="What is owed")

    assert page.one("div", role="region")["tabindex"] == "0"
    row = page.all("tr")[1].text
    for words in (
        "Chase the police enquiry",
        "five working days",
        "local policy",
        "A. Khan",
        "X123456",
    ):
        assert words in row
    assert page.one(class_="app-due__late").text == "3 working days late"
    assert [link["href"] for link in page.all("a")] == ["/cases/X123456/", "/chase/"]
    assert page.one("a", href="/chase/").text == "Record a chase for Alan Smith"


def test_a_next_action_that_changes_something_is_a_button():
    page = component("due_list", rows=[SEND], caption="What is owed", csrf_token="token")

    assert page.one("form")["action"] == "/send/"
    assert page.one("button").text == "Send"
    assert page.one("input", name="csrfmiddlewaretoken")["value"] == "token"


def test_on_the_page_of_a_case_a_due_row_does_not_say_who():
    page = component("due_list", rows=[LATE], caption="What is owed", nobody=True)

    assert not page.all("th", scope="row")
    assert [head.text for head in page.all("th", scope="col")] == [
        "What is owed", "When", "By whom", "Next",
    ]  # fmt: skip


def test_a_list_with_nothing_in_it_says_so():
    page = component("due_list", rows=[], caption="What is owed", empty="Checks would be here.")

    assert page.text == "Checks would be here. Nothing is owed."
    assert not page.all("table")


def test_still_to_do_counts_what_is_left_and_links_each_to_its_field():
    gaps = [Gap("Say who is at risk", "#id_who", "medium or above"), Gap("Ask the police")]
    warnings = [Gap("Like the last one", "#id_text", warning=True)]

    page = component("still_to_do", gaps=gaps, warnings=warnings, act="sign this plan")

    assert page.one("h2").text == "2 things still to do before you can sign this plan"
    assert [link["href"] for link in page.all("a")] == ["#id_who", "#id_text"]
    assert "Ask the police" in page.text


def test_still_to_do_ends():
    page = component("still_to_do", gaps=[], warnings=[], act="sign this plan")

    assert page.one("h2").text == "Nothing stands in the way: you can sign this plan"


TEAM = Matrix(
    caption="GRID of Oxford",
    columns=["0 to 49", "50 to 74"],
    rows=[
        MatrixRow(
            "Medium", [Cell("medium, 0 to 49", 3, "/m1/", shade=2), Cell("medium, 50 to 74")], 3
        ),
        MatrixRow(
            "Low", [Cell("low, 0 to 49", 6, "/l1/", shade=4), Cell("low, 50 to 74", 1, "/l2/")], 7
        ),
    ],
    totals=[9, 1],
    total=10,
    beside=[Link("Cannot place", "/none/", count=4), Link("Limited access", "", count=2)],
)


def test_every_number_of_the_grid_opens_its_people():
    page = component("grid_matrix", matrix=TEAM)

    links = {link["href"]: link.text for link in page.all("a")}
    assert links == {
        "/m1/": "3 people in medium, 0 to 49",
        "/l1/": "6 people in low, 0 to 49",
        "/l2/": "1 person in low, 50 to 74",
        "/none/": "Cannot place",
    }
    assert "Limited access 2" in " ".join(page.one("ul").text.split())
    assert [one.text for one in page.all(class_="app-matrix__total")] == ["3", "7", "9", "1", "10"]


def test_the_totals_of_the_grid_open_their_people_where_there_are_lists_of_them():
    rows = [replace(row, href=f"/{row.label.lower()}/") for row in TEAM.rows]
    page = component(
        "grid_matrix", matrix=replace(TEAM, rows=rows, hrefs=["/first/", ""], href="/all/")
    )

    links = {link["href"]: link.text for link in page.all("a")}
    totals = {href: links.get(href) for href in ("/medium/", "/low/", "/first/", "/all/")}
    assert len(links) == 4 + len(totals)
    assert totals == {
        "/medium/": "3 people: medium",
        "/low/": "7 people: low",
        "/first/": "9 people: 0 to 49",
        "/all/": "10 people in a group",
    }


def test_the_grid_is_a_real_table_with_heads_for_rows_and_columns():
    page = component("grid_matrix", matrix=TEAM)

    assert [head.text for head in page.all("th", scope="row")] == ["Medium", "Low", "Total"]
    assert [head.text for head in page.all("th", scope="col")] == ["Total", "0 to 49", "50 to 74"]


def test_on_a_case_one_group_is_marked_in_words():
    rows = [MatrixRow("Medium", [Cell("medium, 0 to 49", here=True), Cell("medium, 50 to 74")])]
    matrix = Matrix("Placement of 3 May 2018", ["0 to 49", "50 to 74"], rows)

    page = component(
        "grid_matrix_case",
        matrix=matrix,
        inputs=[Input("Score", "42", "3 May 2018", "conviction")],
        moves=["A score of 50 would move it."],
    )

    assert page.one("td", aria_current="true").text == "Here: medium, 0 to 49"
    assert "42 conviction, 3 May 2018" in page.one("dd").text
    assert page.one("li").text == "A score of 50 would move it."


@pytest.mark.parametrize(
    "count, most, shade", [(0, 0, 0), (0, 9, 0), (1, 9, 1), (5, 9, 3), (9, 9, 4)]
)
def test_a_group_is_shaded_by_its_share_of_the_fullest(count, most, shade):
    assert shaded(count, most) == shade


def test_a_working_opens_to_its_inputs_rule_source_and_version():
    working = Working(
        "How it was worked out", [Input("Arrived", "3 May 2018", source="nDelius")],
        "Fifteen working days on.", "contract", "2", "24 May 2018",
    )  # fmt: skip

    page = component("working", working=working)

    assert page.one("summary").text == "How it was worked out"
    for words in (
        "Arrived",
        "nDelius",
        "Fifteen working days on.",
        "contract",
        "Version: 2",
        "24 May 2018",
    ):
        assert words in page.one("details").text


def test_filters_are_chips_that_take_themselves_away():
    class FilterForm(GovukForm):
        team = forms.ChoiceField(label="Team", choices=[("", "All")], required=False)

    page = component(
        "filter", form=FilterForm(), chips=[Link("Team: Oxford", "?")], clear="/caseload/"
    )

    assert page.one("a", class_="moj-filter__tag").text == "Remove this filter: Team: Oxford"
    assert page.one("a", href="/caseload/").text == "Clear filters"
    assert page.one("form")["method"] == "get"
    assert page.one("select", name="team")


def test_a_list_sorts_by_links_and_says_how_it_is_sorted():
    columns = [
        Column("Name", "?sort=name", "descending"),
        Column("Group"),
        Column("Days", numeric=True),
    ]

    page = Page(
        "<table>"
        + render_to_string("components/table_head.html", {"columns": columns})
        + "</table>"
    )

    assert page.one("th", aria_sort="descending").text == "Name"
    assert page.one("a")["href"] == "?sort=name"


def test_a_masked_row_shows_the_number_the_message_and_whom_to_ask_and_nothing_else():
    masked = Masked("X999999", "Access is limited.", "Beth Osei")
    row = render_to_string("components/masked_row.html", {"masked": masked, "columns": 6})

    page = sound(Page(f"<table><tbody>{row}</tbody></table>"))

    assert page.text == "X999999 Limited access Access is limited. Ask Beth Osei."
    assert page.one("td")["colspan"] == "5"
    assert not page.all("a")


def test_a_list_goes_on_and_back_and_out_to_a_file_only_where_it_can():
    all_of_it = component("list_foot", shown="2 people")
    page = component("list_foot", shown="First 50", first="?", next="?after=9", csv="?csv=1")

    assert [link["href"] for link in page.all("a")] == ["?", "?after=9", "?csv=1"]
    assert not all_of_it.all("a")


def test_a_line_without_a_value_reads_not_recorded():
    page = component("summary_list", lines=[Line("Address", "", "/change/"), Line("Age", "34")])

    assert [value.text for value in page.all("dd", class_="govuk-summary-list__value")] == [
        "Not recorded",
        "34",
    ]
    assert page.one("a").text == "Change address"


def test_a_timeline_says_what_when_and_by_whom():
    item = Happening(
        "Office visit",
        "3 May 2018",
        "by A. Khan",
        "Talked.\nWork.",
        "/c/1/",
        tag("attended"),
        "2018-05-03",
    )

    page = component("timeline", items=[item])

    assert page.one("h3").text == "Office visit"
    assert page.one("time")["datetime"] == "2018-05-03"
    assert page.one(class_="govuk-tag--green").text == "Attended"
    assert len(page.all("br")) == 1


def test_an_empty_timeline_says_what_would_be_there():
    assert (
        "Contacts would be here."
        in component("timeline", items=[], empty="Contacts would be here.").text
    )


def test_a_decision_ends_with_what_happens_next():
    page = component(
        "confirmation", heading="Enquiry sent", text="3 May 2018", next=["The hub chases it."]
    )

    assert page.one("h1").text == "Enquiry sent"
    assert page.one("li").text == "The hub chases it."


@pytest.mark.parametrize(
    "name, given, words",
    [
        ("inset", {"text": "Ring first."}, "Ring first."),
        ("warning", {"text": "Review overdue."}, "! Warning Review overdue."),
        ("quote", {"words": "I am trying.", "who": "Alan", "when": "3 May 2018"}, "“I am trying.” Alan, 3 May 2018"),
        ("back_link", {"href": "/caseload/"}, "Back"),
        ("tag", {"tag": tag("due")}, "Due"),
        ("tag", {"tag": None}, ""),
        ("page_head", {"heading": "Checks", "lead": "Open ones."}, "Checks Open ones."),
        ("empty", {"would": "Checks would be here.", "next": Link("All", "/all/")}, "Checks would be here. All"),
    ],
)  # fmt: skip
def test_the_small_ones_say_what_they_are_given(name, given, words):
    assert component(name, **given).text == words


def test_a_chart_is_a_table_too():
    page = component(
        "show_as_table",
        caption="Open, by team",
        columns=[Column("Team"), Column("Open", numeric=True)],
        rows=[["Oxford", 40]],
    )

    assert page.one("th", scope="row").text == "Oxford"
    assert page.one("td").text == "40"


def test_tags_keep_to_the_colours_that_mean_something():
    assert {one.colour for one in TAGS.values()} == {
        "red",
        "orange",
        "yellow",
        "blue",
        "green",
        "grey",
        "purple",
    }
    assert len({one.text for one in TAGS.values()}) == len(TAGS)


def test_a_status_that_nobody_named_is_a_mistake():
    with pytest.raises(KeyError):
        tag("whatever")


def test_a_date_that_is_not_there_reads_not_recorded():
    assert on(None) == "not recorded"
