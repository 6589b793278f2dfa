"""What courts ask: the list of what waits, and of one case recording it, answering it and that it is no longer needed."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate, localtime, now

from cases.access import case_view, staff_view
from cases.forms.courts import CourtReplyForm, CourtRequestForm, WithdrawRequestForm
from cases.models import Case
from cases.queries.header import case_header
from cases.rules.addresses import address, number
from cases.rules.courts import RequestState, say_moment, state_of
from cases.rules.words import counted
from cases.services import courts as services
from oversight.queries import courts as queries
from oversight.queries.court_work import composed_for
from oversight.views.team import PROVIDER, TeamForm
from staff.kit import Masked
from staff.permissions import Action, Reach, reach
from staff.views.keeping import words_of
from staff.views.lists import remember_list

PAGE = "court-requests"
SIZE = 50
MASKED_AT_ONCE = 100


class FilterForm(TeamForm):
    def __init__(self, data, *, user):
        super().__init__(data, user=user)
        if reach(user.role, Action.ANSWER_COURT) < Reach.PROVIDER:
            del self.fields["team"]


@staff_view(Action.ANSWER_COURT)
def waiting(request):
    user, at, here = request.user, now(), reverse("court-requests-waiting")
    form = FilterForm(request.GET, user=user)
    form.is_valid()
    team, after = form.chosen(), number(request.GET.get("after", ""))
    code = team.code if team else PROVIDER
    found = queries.page_of_requests(user, team, after=after, size=SIZE)
    reached = Case.objects.within_reach(user, Action.ANSWER_COURT)
    masked = (reached.filter(team=team) if team else reached).masked_to(user)[:MASKED_AT_ONCE]
    context = {
        "form": form,
        "clear": address(here, team=code),
        "rows": queries.request_rows(found.rows, user, at),
        "masked": [Masked(*row) for row in masked],
        "shown": counted(queries.waiting_in(user, team).count(), "request"),
        "first": address(here, team=code) if after else "",
        "next": address(here, team=code, after=found.next_after) if found.next_after else "",
    }
    remember_list(request, "What courts ask")
    return render(request, "oversight/agencies/court_requests.html", context)


@case_view(Action.ANSWER_COURT)
def court_requests(request, case):
    header = case_header(case, request.user, localdate(), PAGE)
    context = {
        "case_header": header,
        "page": queries.requests_page(case, header.names, now()),
        "back": reverse("case", args=[case.crn]),
    }
    return render(request, "cases/courts/requests.html", context)


@case_view(Action.ANSWER_COURT)
def record_request(request, case):
    at, words = localtime(now()), words_of(request)
    begun = {"asked_on": at.date(), "asked_time": at.time(), "needed_on": at.date()}
    form = words.form(CourtRequestForm, initial=begun)
    if request.method == "POST" and form.is_valid():
        made = form.carry_out(services.record_request, case=case, by=request.user, now=now())
        if made:
            words.forget()
            messages.success(request, "It is recorded. The reply is composed below: check it, send it, and say how.")  # fmt: skip
            return redirect("answer-court", crn=case.crn, court_request=made.pk)
    return _drawn(request, case, "record", form=form, words=words)


@case_view(Action.ANSWER_COURT)
def answer(request, case, court_request):
    """The line is composed from the record at this moment, also when the reply to it is sent."""
    found, at = _found(case, court_request), now()
    if state_of(found.replied_at, found.withdrawn_at) != RequestState.WAITING:
        messages.info(request, _closed(found))
        return redirect(PAGE, crn=case.crn)
    words, composed = words_of(request), composed_for(case, found.wants, at)
    form = words.form(CourtReplyForm, initial={"reply": composed})
    if request.method == "POST" and form.is_valid():
        known = {"request": found, "composed": composed, "by": request.user, "now": at}
        if form.carry_out(services.reply_to_court, **known):
            words.forget()
            messages.success(request, _answered(case, request.user))
            return redirect(PAGE, crn=case.crn)
    header = case_header(case, request.user, localdate(), PAGE)
    lines = list(queries.lines_of(found, header.names, at))
    context = {"lines": lines, "late": found.needed_by < at}
    return _drawn(request, case, "answer", header=header, form=form, words=words, **context)


@case_view(Action.ANSWER_COURT)
def withdraw(request, case, court_request):
    found, words = _found(case, court_request), words_of(request)
    form = words.form(WithdrawRequestForm)
    if request.method == "POST" and form.is_valid():
        known = {"request": found, "by": request.user, "now": now()}
        if form.carry_out(services.withdraw_request, **known):
            words.forget()
            messages.success(request, "It is withdrawn. Nothing is owed on it any more.")
            return redirect(PAGE, crn=case.crn)
    return _drawn(request, case, "withdraw", form=form, words=words)


def _found(case, pk):
    found = queries.find_request(case, pk)
    if found is None:
        raise Http404
    return found


def _closed(found):
    """Said to whoever comes second."""
    if found.withdrawn_at:
        return "The court no longer needs it. Nothing was sent."
    at = say_moment(localtime(found.replied_at))
    return f"It was answered by {found.replied_by.name}, {at}. What was said is below."


def _answered(case, user):
    told = "" if case.officer_id in (None, user.pk) else f" {case.officer.name} is told that you answered."  # fmt: skip
    return f"It is recorded as sent and stands in the log of contacts.{told}"


def _drawn(request, case, name, header=None, **context):
    header = header or case_header(case, request.user, localdate(), PAGE)
    back = reverse(PAGE, args=[case.crn])
    context = {"case_header": header, "back": back, **context}
    return render(request, f"cases/courts/{name}.html", context)
