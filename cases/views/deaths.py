"""Pages about a death: recording it, who has been told, putting it right, and undoing a mistake."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate, now

from cases.access import case_view
from cases.forms.deaths import (
    NOBODY,
    NOT_KNOWN,
    TOLD,
    DeathForm,
    HeardForm,
    RecordDeathForm,
    UndoDeathForm,
)
from cases.queries.deaths import death_page, standing_death, undone_of
from cases.queries.header import case_header
from cases.reference.deaths import TO_THE_FAMILY, WHY, Hear
from cases.services import deaths as services
from staff.permissions import Action
from staff.views.keeping import words_of

PAGE = "death"


@case_view(Action.VIEW_CASE)
def death(request, case):
    """What happens now and who does it; or, while nobody has died, those recorded by mistake."""
    header = case_header(case, request.user, localdate(), PAGE)
    found = standing_death(case)
    context = {
        "case_header": header,
        "page": death_page(found, header.names, header.may) if found else None,
        "undone": undone_of(case, header.names),
        "to_the_family": TO_THE_FAMILY,
        "may_record": Action.RECORD_DEATH in header.may,
        "may_undo": Action.UNDO_DEATH in header.may,
        "left": bool(case.left_as),
        "back": reverse("case", args=[case.crn]),
    }
    return render(request, "cases/death/death.html", context)


@case_view(Action.RECORD_DEATH)
def record(request, case):
    if standing_death(case):
        return redirect(PAGE, crn=case.crn)
    words = words_of(request)
    form = words.form(RecordDeathForm)
    if request.method == "POST" and form.is_valid():
        made = form.carry_out(services.record_death, case=case, by=request.user, now=now())
        if made:
            words.forget()
            messages.success(request, "It is recorded, and everything to them has stopped. See below who has to hear.")  # fmt: skip
            return redirect(PAGE, crn=case.crn)
    return _drawn(request, case, "record_death", form=form, words=words)


@case_view(Action.RECORD_DEATH)
def correct(request, case):
    found, words = standing_death(case), words_of(request)
    if found is None:
        return redirect(PAGE, crn=case.crn)
    initial = {name: getattr(found, name) for name in ("told_by", "died_on", "family")}
    initial["in_custody"] = {True: "yes", False: "no", None: NOT_KNOWN}[found.in_custody]
    form = words.form(DeathForm, initial=initial)
    if request.method == "POST" and form.is_valid():
        done = form.carry_out(services.correct_death, death=found, by=request.user, now=now())
        if done:
            words.forget()
            messages.success(request, "It is put right.")
            return redirect(PAGE, crn=case.crn)
    return _drawn(request, case, "correct_death", form=form, words=words)


@case_view(Action.RECORD_DEATH)
def heard(request, case, whom):
    if whom not in set(Hear):
        raise Http404
    found, words = standing_death(case), words_of(request)
    if found is None:
        return redirect(PAGE, crn=case.crn)
    form = words.form(HeardForm, initial=_said(found, whom))
    if request.method == "POST" and form.is_valid():
        known = {"death": found, "whom": whom, "by": request.user, "now": now()}
        done = form.carry_out(services.say_heard, **known)
        if done:
            words.forget()
            messages.success(request, f"It is recorded: {Hear(whom).title.lower()}.")
            return redirect(PAGE, crn=case.crn)
    context = {
        "form": form,
        "words": words,
        "whom": Hear(whom).title,
        "why": WHY[Hear(whom)],
        "to_the_family": TO_THE_FAMILY if whom == Hear.FAMILY else [],
    }
    return _drawn(request, case, "heard", **context)


@case_view(Action.UNDO_DEATH)
def undo(request, case):
    found, words = standing_death(case), words_of(request)
    if found is None:
        return redirect(PAGE, crn=case.crn)
    form = words.form(UndoDeathForm)
    if request.method == "POST" and form.is_valid():
        done = form.carry_out(services.undo_death, death=found, by=request.user, now=now())
        if done:
            words.forget()
            messages.success(
                request,
                "It is undone, and the case is open again. What was called off stays so: speak to them first.",
            )
            return redirect("case", crn=case.crn)
    return _drawn(request, case, "undo_death", form=form, words=words)


def _said(death, whom):
    """What was said of it before, to be put right."""
    said = death.told.get(whom)
    if said is None:
        return {}
    return {"heard": TOLD if said["on"] else NOBODY, "on": said["on"], "words": said["words"]}


def _drawn(request, case, name, **context):
    header = case_header(case, request.user, localdate(), PAGE)
    back = reverse(PAGE, args=[case.crn])
    return render(
        request, f"cases/death/{name}.html", {"case_header": header, "back": back, **context}
    )
