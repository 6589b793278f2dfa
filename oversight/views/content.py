"""Assessments and plans: content beside timeliness, never one without the other; every number opens its list."""

from dataclasses import dataclass
from itertools import chain

from django import forms
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import localdate

from cases.access import staff_view
from cases.models import Case
from cases.reference.overrides import Act
from cases.rules.addresses import address
from cases.rules.content import VERSION, Stands
from cases.rules.measures import share
from cases.rules.words import counted, within_a_sentence
from cases.services.policy import assessing_policy
from oversight.queries import content as queries
from oversight.queries.caseload import ALL, Wanted, narrowed, widest
from oversight.queries.content_rows import CSV_HEAD, content_lines, person_row
from oversight.views.team import PROVIDER, TeamForm
from staff.audit import record
from staff.kit import Column, Input, Link, Masked, Working
from staff.permissions import Action, reach
from staff.views.exports import csv_of
from staff.views.lists import remember_list

SIZE = 50
MASKED_AT_ONCE = 100
STATES = {
    "Assessment": (
        Stands.A_NONE,
        Stands.A_DRAFT,
        Stands.A_WAITING,
        Stands.A_SIGNED,
        Stands.A_SINCE,
    ),
    "Plan": (Stands.P_NONE, Stands.P_DRAFT, Stands.P_OPEN, Stands.P_AGREED),
}
PAIRS = {
    "Assessment": (Stands.A_TIMELY, Stands.A_ENOUGH),
    "Plan": (Stands.P_TIMELY, Stands.P_ENOUGH),
}
PAIRED = {code for pair in PAIRS.values() for code in pair}
HEADS = [
    "People",
    "Assessment signed",
    "Assessment on time",
    "On time and nothing missing",
    "Plan agreed",
    "Plan on time",
    "On time and nothing missing",
]
CELLS = (
    queries.ALL, Stands.A_SIGNED, Stands.A_TIMELY, Stands.A_ENOUGH, Stands.P_AGREED, Stands.P_TIMELY, Stands.P_ENOUGH,
)  # fmt: skip


@dataclass(frozen=True)
class Pair:
    """Timeliness and sufficiency of one thing: two figures that never stand alone."""

    title: str
    timely: Link
    timely_share: str
    enough: Link
    enough_share: str


@dataclass(frozen=True)
class ToDo:
    """What is missing in the assessments, or the plans, that are being written."""

    title: str
    words: str  # how many were looked at
    missing: list[Link]


class ContentForm(TeamForm):
    """Whose figures, and which of them is listed."""

    code = forms.ChoiceField(label="Where they stand", required=False)
    of = forms.CharField(required=False, widget=forms.HiddenInput)
    missing = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, data, *, user):
        super().__init__(data, user=user)
        may = reach(user.role, Action.VIEW_MEASURES)  # not all who take lists away see measures
        self.user, self.whose = user, widest(user, Action.VIEW_MEASURES) if may else ""
        self.offer("code", list(queries.CODES.items()))
        if self.whose != ALL:
            del self.fields["team"]

    def reached(self, cases):
        """Of these cases, those of the reader's scope and the team they chose."""
        cases = narrowed(cases, self.user, Wanted(whose=self.whose))
        team = self.chosen()
        return cases.filter(team=team) if team else cases

    def cases(self, action=Action.VIEW_MEASURES):
        return self.reached(Case.objects.open_to(self.user, action))

    def kept(self):
        """Cases of limited access: how many there are is said, and nothing else of them."""
        reached = Case.objects.within_reach(self.user, Action.VIEW_MEASURES)
        return self.reached(reached).ours().masked_to(self.user)

    def lacking(self, today):
        """The rule whose gate is shut that the list is asked for by; nothing where it is not, or is open by now."""
        given = self.cleaned_data
        if not given.get("missing"):
            return None
        found = queries.being_written(self.cases(), assessing_policy(today), today)
        every = (one for written in found for one in written.missing)
        asked = given.get("of"), given["missing"]
        return next((one for one in every if (one.act, one.code) == asked), None)

    def listed(self, lacking, today):
        """The cases of the list asked for: lacking something in what is being written, or under a code."""
        if self.cleaned_data.get("missing"):
            return self.cases().filter(pk__in=lacking.cases if lacking else ())
        return queries.in_content(self.cases(), self.cleaned_data.get("code") or queries.ALL, today)

    def asked(self):
        """{name: code} of each filter in force; the team is always one."""
        team = self.chosen()
        codes = {name: self.cleaned_data.get(name, "") for name in ("code", "of", "missing")}
        return {"team": team.code if team else PROVIDER} | {k: c for k, c in codes.items() if c}


@staff_view(Action.VIEW_MEASURES)
def content(request):
    today = localdate()
    form = ContentForm(request.GET, user=request.user)
    form.is_valid()
    whole, teams = queries.content_of(form.cases(), today)
    team = form.asked()["team"]
    context = {
        "form": form if form.whose == ALL else None,
        "lead": lead(whole),
        "people": _link(whole, queries.ALL, team),
        "states": [
            (title, [_link(whole, code, team) for code in codes]) for title, codes in STATES.items()
        ],
        "due": _link(whole, Stands.DUE, team),
        "pairs": [pair(whole, title, *codes, team) for title, codes in PAIRS.items()],
        "to_do": [
            to_do(one, team)
            for one in queries.being_written(form.cases(), assessing_policy(today), today)
        ],
        "columns": [Column("Team"), *(Column(text, numeric=True) for text in HEADS)],
        "teams": [(one.team.name, cells(one)) for one in teams]
        if form.whose == ALL and team == PROVIDER
        else [],
        "kept": form.kept().count(),
        "working": working(whole),
    }
    remember_list(request, "Assessments and plans")
    return render(request, "oversight/content.html", context)


@staff_view(Action.VIEW_MEASURES)
def content_people(request):
    today, user = localdate(), request.user
    form = ContentForm(request.GET, user=user)
    form.is_valid()
    codes, here = form.asked(), reverse("content-people")
    lacking, after = form.lacking(today), request.GET.get("after", "")
    cases = form.listed(lacking, today)
    found = queries.page_of_content(cases, after=after, size=SIZE)
    context = {
        "form": form,
        "heading": heading(form, lacking),
        "chips": [],
        "clear": address(here, team=codes["team"]),
        "rows": [person_row(case, today) for case in found.rows],
        "masked": [Masked(*row) for row in form.kept()[:MASKED_AT_ONCE]],
        "shown": counted(cases.count(), "person", "people"),
        "first": address(here, **codes) if after else "",
        "next": address(here, **codes, after=found.next_after) if found.next_after else "",
        "csv": address(reverse("content-csv"), **codes)
        if reach(user.role, Action.EXPORT_CASES)
        else "",
        "figures": address(reverse("content"), team=codes["team"]),
    }
    remember_list(request, "Assessments and plans")
    return render(request, "oversight/content_people.html", context)


@staff_view(Action.EXPORT_CASES)
def content_csv(request):
    """The same list as a file: each line says whether it was on time beside whether anything is missing."""
    today, user = localdate(), request.user
    form = ContentForm(request.GET, user=user)
    form.is_valid()
    may_take = form.cases(Action.EXPORT_CASES).values("pk")
    cases = form.listed(form.lacking(today), today).filter(pk__in=may_take)
    record(by=user, action=Action.EXPORT_CASES, list="content", filters=form.asked())
    rows = queries.with_content(cases).select_related("officer", "team").order_by(*queries.ORDER)
    lines = content_lines(rows.iterator(chunk_size=2000), today)
    return csv_of(chain([CSV_HEAD], lines), f"assessments-and-plans-{today}")


def heading(form, lacking):
    if form.cleaned_data.get("missing"):
        return f"Still to do: {within_a_sentence(lacking.rule)}" if lacking else "Nothing missing"
    return queries.CODES[form.cleaned_data.get("code") or queries.ALL]


def lead(figures):
    """The headline in a sentence: both figures, or neither."""
    due = figures.counts[Stands.DUE]
    if not due:
        return "Nobody in your reach has a plan that was due yet."
    timely, enough = (
        share(figures.counts[code], due) for code in (Stands.A_TIMELY, Stands.A_ENOUGH)
    )
    return (
        f"{timely}% of assessments were on time. {enough}% were on time and have nothing missing."
    )


def pair(figures, title, timely, enough, team):
    return Pair(
        title,
        _link(figures, timely, team),
        _per_cent(figures, timely),
        _link(figures, enough, team),
        _per_cent(figures, enough),
    )


def to_do(written, team):
    title = (
        "Missing from assessments being written"
        if written.act == Act.ASSESSMENT
        else "Missing from plans being written"
    )
    words = f"{written.in_all:,} being written."
    if written.looked_at < written.in_all:
        words = f"Counted over the {written.looked_at:,} begun longest ago, of {written.in_all:,} being written."
    here = reverse("content-people")
    links = [
        Link(
            one.rule,
            address(here, team=team, of=one.act, missing=one.code),
            count=len(one.cases),
        )
        for one in written.missing
    ]
    return ToDo(title, words, links)


def cells(figures):
    """The row of a team: each number with its share of those whose plan was due, as a link to its people."""
    links = []
    for head, code in zip(HEADS, CELLS, strict=True):
        link = _link(figures, code, figures.team.code)
        text = (
            f"{link.count:,} ({_per_cent(figures, code)})" if code in PAIRED else f"{link.count:,}"
        )
        links.append(Link(text, link.href, hidden=head))
    return links


def _link(figures, code, team):
    count = figures.people if code == queries.ALL else figures.counts[code]
    return Link(
        queries.CODES[code], address(reverse("content-people"), team=team, code=code), count=count
    )


def _per_cent(figures, code):
    part = share(figures.counts[code], figures.counts[Stands.DUE])
    return "nobody" if part is None else f"{part}%"


def working(figures):
    """How the figures are counted, in the layout of everything computed."""
    return Working(
        title="How this is counted",
        inputs=[
            Input(queries.CODES[queries.ALL], f"{figures.people:,}"),
            Input(
                Stands.DUE.title, f"{figures.counts[Stands.DUE]:,}", source="the clock on the plan"
            ),
        ],
        rule="Of people supervised by us. On time: a plan signed by the day it was due, 15 working days after the first "
        "appointment that was attended; an assessment completed by that day in this sentence, wherever it was made. "
        "Nothing missing: signed here with every gate open, no override of it still to be closed, and for an assessment "
        "no rise standing and no answer, conviction or report of harm since. One who is assessed anew is counted both as "
        "signed and as being written.",
        source="the published service level for plans; local policy, gates",
        version=VERSION,
        answer=lead(figures),
    )
