"""Giving several people the same place, from the page of a project: exceptions are called out, the rest written."""

from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.timezone import localdate, now

from cases.access import staff_view
from cases.queries.names import names_for
from cases.queries.reach import actions_on_each
from cases.rules.words import counted
from staff.errors import RuleBroken
from staff.permissions import Action
from unpaidwork.forms.allocating import OWN_WAY, ManyForm
from unpaidwork.models import Project
from unpaidwork.queries.place_page import choices_of
from unpaidwork.queries.projects import sites_of
from unpaidwork.queries.waiting import waiting_for_work, works_to_allocate
from unpaidwork.rules.day_keys import say_day
from unpaidwork.services.allocations import allocate_many
from unpaidwork.services.sessions import generate_sessions


@staff_view(Action.ALLOCATE_WORK)
def allocate_many_page(request, project):
    today = localdate()
    row = get_object_or_404(Project, pk=project)
    site = sites_of([row.pk], today)[row.pk]
    waiting = waiting_for_work(request.user, today)
    days, stops = choices_of(site, today)
    form = ManyForm(
        request.POST if request.method == "POST" else None,
        days=days,
        stops=stops,
        people=[(str(one.pk), waiting.words[one.pk]) for one in waiting.works],
        initial={"stop": OWN_WAY, "from_on": today, "day": days[0][0] if len(days) == 1 else None},
    )
    context = {
        "project": row,
        "form": form,
        "fields": [form[name] for name in form.fields],
        "waiting": waiting,
        "back": reverse("project", args=[row.pk]),
    }
    if request.method == "POST" and form.is_valid():
        keys = [int(key) for key in form.cleaned_data["people"]]
        placing = form.placing(row.pk)
        try:
            works = works_to_allocate(request.user, keys)
            done = allocate_many(works=works, placing=placing, by=request.user, now=now())
        except RuleBroken as refusal:
            form.add_error(None, str(refusal))
        else:
            made = [one.case_id for one in done.made]
            generate_sessions(case_ids=made, by=request.user, now=now())
            context |= _done(done, placing, request.user)
            return render(request, "unpaidwork/allocating/many_done.html", context)
    return render(request, "unpaidwork/allocating/many.html", context)


def _done(done, placing, user):
    """What came of it. Each reason is read as this reader may read that case."""
    cases = [one.work.case for one in done.exceptions]
    may = actions_on_each(cases, user) if cases else {}
    return {
        "when": say_day(placing),
        "heading": f"{counted(len(done.made), 'person', 'people')} placed",
        "made": [f"{one.case.list_name}, {one.case.crn}" for one in done.made],
        "exceptions": [
            {
                "who": f"{one.work.case.list_name}, {one.work.case.crn}",
                "why": [
                    names_for(one.work.case, may[one.work.case_id]).text(words)
                    for words in one.sentences
                ],
                "href": reverse("allocate-work", args=[one.work.case.crn]),
            }
            for one in done.exceptions
        ],
    }
