"""Contact delivered, planned and standard: an officer's own, a senior's by officer, and by team; every number a list.

Officers stand in the order of the alphabet and nobody is ranked: the figures are for supervision, where the list
behind each number is talked over. Source: features, idea 18; report 2.3.
"""

from dataclasses import dataclass
from itertools import chain

from django import forms
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import localdate

from cases.access import staff_view
from cases.models import Absence, Case
from cases.queries.contact_pages import RULE, SOURCE
from cases.queries.people import UNALLOCATED
from cases.rules.addresses import address
from cases.rules.contact_figures import VERSION, NotCounted, window_of
from cases.rules.measures import share
from cases.rules.words import counted, within_a_sentence
from cases.services.policy import meeting_policy
from oversight.queries import contact as queries
from oversight.queries.caseload import ALL, NOBODY, Wanted, narrowed
from oversight.views.team import PROVIDER, TeamForm
from staff.audit import record
from staff.kit import Column, Input, Link, Masked, Working
from staff.permissions import Action, Role, reach
from staff.rules.dates import say_date
from staff.views.exports import csv_of
from staff.views.lists import remember_list

SIZE = 50
MASKED_AT_ONCE = 100
FEW = 10  # people: below that no share is shown, because one person moves it
HEADS = [  # of a row of sums, with the code of the list behind each
    ("People", queries.ALL),
    ("Delivered", "delivered"),
    ("Planned", "planned"),
    ("Standard", "standard"),
    ("Offered, not kept", "missed"),
    ("Nobody has said", "unsaid"),
    ("Nothing offered", "not_offered"),
    ("Plan below", "below"),
]
COLUMNS = [Column("Whose"), *(Column(head, numeric=True) for head, _ in HEADS)]
SHARE = Column("Delivered of standard", numeric=True)


@dataclass(frozen=True)
class SumRow:
    name: str
    cells: list[Link]
    share: str  # delivered of the standard; of too few people none


class ContactForm(TeamForm):
    """Whose figures, and which of them is listed. An officer has their own alone."""

    officer = forms.ChoiceField(label="Officer", required=False)
    code = forms.ChoiceField(label="How they are seen", required=False)

    def __init__(self, data, *, user):
        super().__init__(data, user=user)
        self.user = user
        self.whose = "mine" if user.role == Role.OFFICER else ALL
        self.offer("code", list(queries.CODES.items()))
        if self.whose != ALL:
            del self.fields["team"]
        self.own = self._teams_of_theirs()
        held = Case.objects.open_to(user, Action.VIEW_MEASURES).filter(team__in=self.own)
        people = held.exclude(officer=None).order_by("officer__last_name", "officer__first_name")
        names = people.values_list("officer__username", "officer__first_name", "officer__last_name")
        officers = {key: f"{first} {last}".strip() for key, first, last in names}
        self.offer("officer", [("", "Any"), *officers.items(), (NOBODY, UNALLOCATED)])
        if not self.own:
            del self.fields["officer"]

    def _teams_of_theirs(self):
        """Whose officers this reader supervises: a senior's own, and those they cover."""
        if self.user.role != Role.SPO:
            return set()
        covered = Absence.objects.covered_by(self.user).teams().values_list("user__team", flat=True)
        return {self.user.team_id, *covered} - {None}

    def supervises(self):
        """Whether sums of each officer are shown: of the one team that is asked for, and is theirs."""
        team = self.chosen()
        return team is not None and team.pk in self.own

    def reached(self, cases):
        """Of these cases, those of the reader's scope, the team they chose and the officer."""
        cases = narrowed(cases, self.user, Wanted(whose=self.whose))
        team, officer = self.chosen(), self.cleaned_data.get("officer")
        cases = cases.filter(team=team) if team else cases
        if officer == NOBODY:
            return cases.filter(officer=None, team__in=self.own)
        return cases.filter(officer__username=officer, team__in=self.own) if officer else cases

    def cases(self, action=Action.VIEW_MEASURES):
        return self.reached(Case.objects.open_to(self.user, action))

    def kept(self):
        """Cases of limited access: how many there are is said, and nothing else of them."""
        team = self.chosen()
        reached = Case.objects.within_reach(self.user, Action.VIEW_MEASURES)
        reached = narrowed(reached, self.user, Wanted(whose=self.whose))
        return (reached.filter(team=team) if team else reached).ours().masked_to(self.user)

    def code_asked(self):
        return self.cleaned_data.get("code") or queries.ALL

    def asked(self):
        """{name: code} of each filter in force; the team is always one."""
        team = self.chosen()
        codes = {name: self.cleaned_data.get(name, "") for name in ("officer", "code")}
        return {"team": team.code if team else PROVIDER} | {k: c for k, c in codes.items() if c}


@staff_view(Action.VIEW_MEASURES)
def contact(request):
    today, form = localdate(), _form(request)
    weeks = meeting_policy(today).contact_weeks
    found = queries.contact_of(form.cases(), today, weeks)
    codes = {name: code for name, code in form.asked().items() if name != "code"}
    shows_teams = form.whose == ALL and codes == {"team": PROVIDER}
    context = {
        "form": form if form.whose == ALL else None,
        "lead": _period(today, weeks),
        "whole": [sum_row("Together", found.whole, codes)],
        "columns": [*COLUMNS, SHARE],
        "officer_columns": COLUMNS,
        "planned": _planned(found.whole),
        "beside": _beside(found, codes),
        "teams": [
            sum_row(team.name, sums, {"team": team.code}) for team, sums in found.teams if team
        ]
        if shows_teams
        else [],
        "officers": [
            sum_row(
                who.name if who else UNALLOCATED,
                sums,
                codes | {"officer": who.username if who else NOBODY},
                shares=False,
            )
            for who, sums in found.officers
        ]
        if form.supervises()
        else [],
        "may_see_rar": reach(request.user.role, Action.VIEW_PLAN),
        "kept": form.kept().count(),
        "working": _working(found, today, weeks),
    }
    remember_list(request, "Contact")
    return render(request, "oversight/contact.html", context)


@staff_view(Action.VIEW_MEASURES)
def contact_people(request):
    today, user, form = localdate(), request.user, _form(request)
    weeks = meeting_policy(today).contact_weeks
    found = queries.contact_of(form.cases(), today, weeks)
    keys = queries.under(found.found, form.code_asked())
    after, here, codes = request.GET.get("after", ""), reverse("contact-people"), form.asked()
    page = queries.page_of_contact(keys, after=after, size=SIZE)
    context = {
        "form": form,
        "heading": queries.CODES[form.code_asked()],
        "lead": f"{_period(today, weeks)} {_together(found.found, keys)}",
        "chips": [],
        "clear": address(here, team=codes["team"]),
        "columns": [
            Column("Person on probation"),
            *([] if form.whose != ALL else [Column("Officer")]),
            *(Column(head, numeric=True) for head in queries.NUMBERS.values()),
            Column("Why"),
        ],
        "mine": form.whose != ALL,
        "rows": queries.person_rows(page.rows, found.found, user),
        "masked": [Masked(*row) for row in form.kept()[:MASKED_AT_ONCE]],
        "shown": counted(len(keys), "person", "people"),
        "first": address(here, **codes) if after else "",
        "next": address(here, **codes, after=page.next_after) if page.next_after else "",
        "csv": address(reverse("contact-csv"), **codes)
        if reach(user.role, Action.EXPORT_CASES)
        else "",
        "figures": address(reverse("contact-figures"), team=codes["team"]),
    }
    remember_list(request, "Contact")
    return render(request, "oversight/contact_people.html", context)


@staff_view(Action.EXPORT_CASES)
def contact_csv(request):
    """The same list as a file: numbers, and nothing of what was written."""
    today, user, form = localdate(), request.user, _form(request)
    found = queries.contact_of(form.cases(), today, meeting_policy(today).contact_weeks)
    keys = queries.under(found.found, form.code_asked())
    may_take = Case.objects.open_to(user, Action.EXPORT_CASES).filter(pk__in=keys)
    record(by=user, action=Action.EXPORT_CASES, list="contact", filters=form.asked())
    rows = may_take.select_related("officer", "team").order_by(*queries.ORDER)
    lines = queries.contact_lines(rows.iterator(chunk_size=2000), found.found)
    return csv_of(chain([queries.CSV_HEAD], lines), f"contact-{today}")


def _form(request):
    form = ContactForm(request.GET, user=request.user)
    form.is_valid()
    return form


def sum_row(name, sums, codes, *, shares=True):
    cells = []
    for head, code in HEADS:
        number = sums.people if code == queries.ALL else getattr(sums, code)
        href = address(reverse("contact-people"), **codes, code=code) if number else ""
        cells.append(Link(f"{number:,}", href, hidden=head))
    return SumRow(name, cells, _share(sums) if shares else "")


def _planned(sums):
    """Planned beside the standard of the same people; blank where every plan says how often, or none does."""
    with_plan = sums.people - sums.no_plan
    if not with_plan or not sums.no_plan:
        return ""
    return (
        f"Planned is of the {counted(with_plan, 'person', 'people')} whose plan says how often: planned "
        f"{sums.planned:,}, beside a standard of {sums.standard_with_plan:,}."
    )


def _share(sums):
    if sums.people < FEW:
        return "Too few to compare"
    part = share(sums.delivered, sums.standard)
    return "None asked" if part is None else f"{part}%"


def _beside(found, codes):
    """What else is counted, and who is not, each with the list behind it."""
    numbers = {
        name: getattr(found.whole, name)
        for name in ("offered", "telephone", "home_visits", "no_plan", "short")
    }
    titles = {**queries.NUMBERS, **queries.GROUPS}
    links = [(titles[name], name, number) for name, number in numbers.items()]
    links += [
        (f"Not counted: {within_a_sentence(one.title)}", str(one), found.not_counted[one])
        for one in NotCounted
        if found.not_counted[one]
    ]
    here = reverse("contact-people")
    return [
        Link(f"{number:,}", address(here, **codes, code=code) if number else "", hidden=title)
        for title, code, number in links
    ]


def _together(found, keys):
    """The sums of the list, which are the numbers that lead to it."""
    sums = queries.sums_of([found[pk] for pk in keys])
    return (
        f"Together: delivered {sums.delivered:,}, planned {sums.planned:,}, standard {sums.standard:,}."
        if sums.people
        else ""
    )


def _period(today, weeks):
    window = window_of(today, weeks)
    return f"From {say_date(window.first)} to {say_date(window.last)}, counted now."


def _working(found, today, weeks):
    sums = found.whole
    return Working(
        title="How this is counted",
        inputs=[
            Input("People counted", f"{sums.people:,}", _period(today, weeks)),
            Input("Without a plan that says how often", f"{sums.no_plan:,}"),
            Input("Not counted", f"{sum(found.not_counted.values()):,}"),
        ],
        rule=f"{RULE} Planned adds up only those whose plan says how often. No share is shown of fewer than {FEW} people.",
        source=SOURCE,
        version=VERSION,
        answer=f"Delivered {sums.delivered:,}, planned {sums.planned:,}, standard {sums.standard:,}.",
    )
