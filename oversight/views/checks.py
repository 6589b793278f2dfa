"""The checks desk: enquiries to send, chase and analyse, those that matter most first."""

from itertools import chain

from django import forms
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import localdate

from cases.access import staff_view
from cases.models import Case
from cases.queries.due import anchored, how_late
from cases.queries.messages import outbox_state
from cases.queries.notices import unread_notices
from cases.reference.checks import CheckKind, EnquiryState
from cases.rules.addresses import address, number
from cases.rules.checks import why_due
from oversight.queries import checks as queries
from oversight.queries.rows import check_row
from staff.audit import record
from staff.forms import GovukForm
from staff.kit import Link, Masked
from staff.models import Team, User
from staff.permissions import Action, Reach, reach
from staff.views.exports import csv_of
from staff.views.lists import remember_list

SIZE = 50
STEPS = {"send": "To be sent", "chase": "Sent, awaiting reply", "analyse": "Reply to be analysed"}
ANY = [("", "Any")]
ALL = "all"
EVERYBODY = [(ALL, "Any")]


def starting_point(user):
    """Whose enquiries the desk begins with: those on which this reader takes the next step."""
    match reach(user.role, Action.RECORD_CHECK):
        case Reach.OWN | Reach.ASSIGNED:
            return {"officer": user.username}
        case Reach.TEAM if user.team:
            return {"team": user.team.code}
    return {}


class FilterForm(GovukForm):
    step = forms.ChoiceField(label="Step", required=False, choices=ANY + [*STEPS.items()])
    kind = forms.ChoiceField(label="Kind", required=False, choices=ANY + CheckKind.choices())
    team = forms.ChoiceField(label="Team", required=False)
    officer = forms.ChoiceField(label="Officer", required=False)
    overdue = forms.BooleanField(label="Overdue only", required=False)

    def __init__(self, data, *, user):
        cases = Case.objects.open_to(user, Action.VIEW_CHECKS)
        teams = Team.objects.filter(pk__in=cases.values("team")).order_by("name")
        officers = User.objects.filter(pk__in=cases.values("officer"))
        offered = {
            "team": EVERYBODY + [(team.code, team.name) for team in teams],
            "officer": [
                *EVERYBODY,
                ("nobody", "No officer"),
                *((one.username, one.name) for one in officers.order_by("last_name", "first_name")),
            ],
        }
        self.start = {
            name: code for name, code in starting_point(user).items() if code in dict(offered[name])
        }
        data = data.copy()
        if not (data.get("team") or data.get("officer")):
            data.update(self.start)
        for name in offered:
            data[name] = data.get(name) or ALL
        super().__init__(data)
        for name, choices in offered.items():
            self.offer(name, choices)

    def wanted(self):
        """What was asked for; a code that is not on offer is left out and said so on the form."""
        return queries.Wanted(**self.asked())

    def asked(self):
        """{name: code} of each filter in force."""
        return {name: code for name, code in self.cleaned_data.items() if code and code != ALL}

    def address(self, page="checks-desk", **codes):
        """The desk, or its file, with these filters. Where it would begin with some, having none is a code too."""
        narrowed = codes.get("team") or codes.get("officer")
        everybody = {} if narrowed else dict.fromkeys(self.start, ALL)
        return address(reverse(page), **everybody | codes)


@staff_view(Action.VIEW_CHECKS)
def checks_desk(request):
    today, user = localdate(), request.user
    form = FilterForm(request.GET, user=user)
    form.is_valid()
    wanted, codes = form.wanted(), form.asked()
    after = number(request.GET.get("after", ""))
    found = queries.page_of_enquiries(user, wanted, after=after, size=SIZE, today=today)
    count = queries.matching(user, wanted, today).count()
    context = {
        "notices": unread_notices(request.user),
        "form": form,
        "chips": chips(form),
        "clear": form.address(),
        "totals": totals(user, form, today),
        "rows": _rows(user, found.rows, today),
        "masked": [
            Masked(*row)
            for row in Case.objects.within_reach(user, Action.VIEW_CHECKS).masked_to(user)[:100]
        ],
        "shown": f"{count:,} {'enquiry' if count == 1 else 'enquiries'}",
        "first": form.address(**codes) if after else "",
        "next": form.address(**codes, after=found.next_after) if found.next_after else "",
        "csv": form.address(page="checks-desk-csv", **codes)
        if reach(user.role, Action.EXPORT_CASES)
        else "",
        "may_take_in": reach(user.role, Action.TAKE_IN_REPLY) > Reach.NONE,
        "may_send": reach(user.role, Action.SEND_BATCH) > Reach.NONE,
        "may_see_agencies": reach(user.role, Action.VIEW_AGENCIES) > Reach.NONE,
        "outbox": outbox_state(user),
    }
    remember_list(request, "Checks desk")
    return render(request, "oversight/checks_desk.html", context)


def _rows(user, enquiries, today):
    """Each with its next action, where that is this reader's to take."""
    mine = queries.theirs_to_do(user, enquiries)
    return anchored(
        check_row(
            enquiry,
            how_late(enquiry.due_on, today),
            why_due(enquiry),
            enquiry.pk in mine,
        )
        for enquiry in enquiries
    )


CSV_HEAD = [
    "CRN",
    "Name",
    "Officer",
    "Team",
    "Kind",
    "Reference",
    "Step",
    "Asked of",
    "Sent",
    "Due",
    "Covers",
    "Does not cover",
]


@staff_view(Action.EXPORT_CASES)
def checks_desk_csv(request):
    """The same list as a file, each reply with whom it covers and whom it does not."""
    user = request.user
    form = FilterForm(request.GET, user=user)
    form.is_valid()
    record(by=user, action=Action.EXPORT_CASES, list="checks-desk", filters=form.asked())
    rows = queries.export_rows(user, form.wanted(), localdate())
    return csv_of(chain([CSV_HEAD], rows), f"checks-desk-{localdate()}")


def totals(user, form, today):
    """Each step with how many wait there and how many of them are overdue, as links."""
    counted = queries.totals(user, form.wanted(), today)
    others = {k: code for k, code in form.asked().items() if k not in ("step", "overdue")}
    found = []
    for code, state in queries.STEPS.items():
        waiting, overdue = counted.get(EnquiryState(state), (0, 0))
        found.append(
            (
                Link(STEPS[code], form.address(**others, step=code), count=waiting),
                Link("overdue", form.address(**others, step=code, overdue=True), count=overdue),
            )
        )
    return found


def chips(form):
    codes, found = form.asked(), []
    for name, code in codes.items():
        field = form.fields[name]
        words = dict(getattr(field, "choices", {})).get(code, "")
        rest = {other: value for other, value in codes.items() if other != name}
        found.append(
            Link(f"{field.label}: {words}" if words else field.label, form.address(**rest))
        )
    return found
