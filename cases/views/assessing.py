"""Pages on which an assessment is written: its task list, and each part of it."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate, now
from django.views.decorators.http import require_POST

from cases.access import case_view
from cases.forms.assessment import AnswersForm, PatternsForm, episodes_shown
from cases.forms.assessment_page import sections
from cases.queries.assessing import assessing_facts
from cases.queries.assessment_pages import desk, returned, tasks, unchanged, unfinished, who_writes
from cases.queries.assessment_tab import victims_of
from cases.queries.assessment_whole import in_words
from cases.queries.header import case_header
from cases.reference.harm import AnalysisPart, AssessmentState
from cases.reference.needs import NeedArea
from cases.rules.answering import field_name, question_of, questions_of
from cases.rules.patterns import asked_with
from cases.services import answering, assessments
from cases.services.policy import assessing_policy
from staff.errors import RuleBroken
from staff.kit import Clash, on
from staff.permissions import Action
from staff.views.keeping import say_closed, words_of

TAB = "assessment"
NOTHING_TO_WRITE = "No assessment is being written on this case. One that is signed is not changed."
GO_ON = "on"  # what the button says that saves and leads to the next part
LEADS = {
    AnalysisPart.OFFENDING: "What happened, who was harmed, and how it fits with what went before.",
    AnalysisPart.NEEDS: "Score what you know. What nobody has asked yet is not known, which is an answer: a blank is not nought.",
    AnalysisPart.SELF: "What they say themselves. Where it differs from what you find, that is something to talk about.",
    AnalysisPart.ENGAGEMENT: "What would help them take part, and what we must take into account.",
    AnalysisPart.PATTERNS: "Past behaviour says who could be hurt and when, whatever this sentence is for. If you do not know, say whom you asked and what you did.",
    AnalysisPart.HARM: "Whom could this person hurt, how, and when is it likeliest? Each group is answered by itself.",
    AnalysisPart.DOMESTIC_ABUSE: "What the spousal assault risk assessment came to, or why there is none.",
    AnalysisPart.MANAGEMENT: "What is done about the risk, by whom and when. The plan carries it out.",
}


@case_view(Action.WRITE_ASSESSMENT)
@require_POST
def begin(request, case):
    try:
        assessments.begin_assessment(case=case, by=request.user, today=localdate(), now=now())
    except RuleBroken as refusal:
        messages.info(request, str(refusal))
        return redirect(TAB, crn=case.crn)
    messages.success(
        request,
        "The assessment is begun. What is still to do stands at the top until it is signed.",
    )
    return redirect("assess", crn=case.crn)


@case_view(Action.WRITE_ASSESSMENT)
def assess(request, case):
    """The task list, with what stands in the way from the first minute."""
    assessment = unfinished(case)
    if assessment is None or assessment.state != AssessmentState.DRAFT:
        return _nothing_to_write(request, case)
    today = localdate()
    header, policy = case_header(case, request.user, today, TAB), assessing_policy(today)
    found = desk(assessment, header.names, policy, today)
    victims = victims_of(case, header.names, header.may)
    context = {
        "case_header": header,
        "desk": found,
        "begun": f"Begun {on(assessment.begun_on)} by {assessment.begun_by.name}",
        "tasks": list(tasks(found, len(victims))),
        "unchanged": unchanged(found, policy),
        "here": who_writes(case, request.user, now()),
        "returns": returned(assessment, header.names),
        "back": reverse(TAB, args=[case.crn]),
    }
    return render(request, "cases/assessment/assess.html", context)


@case_view(Action.WRITE_ASSESSMENT)
def assess_part(request, case, part):
    """One part, with all its areas where it is that of needs."""
    return _write(request, case, _known(AnalysisPart, part))


@case_view(Action.WRITE_ASSESSMENT)
def assess_area(request, case, area):
    """One area of need."""
    return _write(request, case, AnalysisPart.NEEDS, _known(NeedArea, area))


@case_view(Action.WRITE_ASSESSMENT)
def drop(request, case):
    """Give the assessment up. What was typed is kept with the case, and is in force nowhere."""
    assessment = unfinished(case)
    if assessment is None or assessment.state != AssessmentState.DRAFT:
        return _nothing_to_write(request, case)
    if request.method == "POST":
        try:
            assessments.drop_assessment(assessment=assessment, by=request.user, today=localdate())
        except RuleBroken as refusal:
            messages.info(request, str(refusal))
        else:
            messages.success(
                request,
                "The assessment is given up. The one before it, if any, stays in force.",
            )
        return redirect(TAB, crn=case.crn)
    header = case_header(case, request.user, localdate(), TAB)
    context = {"case_header": header, "back": reverse("assess", args=[case.crn])}
    return render(request, "cases/assessment/drop.html", context)


def _write(request, case, part, area=None):
    """What two people changed is put together, and nothing is overwritten."""
    assessment = unfinished(case)
    if assessment is None or assessment.state != AssessmentState.DRAFT:
        return _nothing_to_write(request, case)
    if part == AnalysisPart.VICTIMS:
        return redirect("victims", crn=case.crn)
    page = _Page(request, assessment, part, area)
    words, clashes = words_of(request), []
    form = words.form(page.kind, **page.asks())
    if request.method == "POST" and form.is_valid():
        outcome = form.carry_out(
            answering.answer_part,
            assessment=assessment,
            part=part,
            by=request.user,
            today=page.today,
            now=now(),
        )
        if outcome and not outcome.conflicts:
            words.forget()
            messages.success(request, f"{page.title} saved.")
            return redirect(page.next())
        if outcome:
            form, clashes = page.again(form.given()["given"], outcome.conflicts)
    return page.shown(form, words, clashes)


class _Page:
    """One part of an assessment as somebody writes it."""

    def __init__(self, request, assessment, part, area):
        self.request, self.assessment = request, assessment
        self.case, self.part, self.area = assessment.case, part, area
        self.today = localdate()
        self.header = case_header(self.case, request.user, self.today, TAB)
        self.facts = assessing_facts([assessment], self.today)[assessment.pk]
        self.asked = ()
        if part == AnalysisPart.PATTERNS:
            self.asked = asked_with(self.facts.patterns, episodes_shown(request.POST))
        self.kind = PatternsForm if part == AnalysisPart.PATTERNS else AnswersForm
        self.title = area.title if area else part.title

    def asks(self):
        """What the form is made with."""
        former = self.assessment.follows
        known = {
            "questions": questions_of(self.part, self.asked, self.area),
            "answers": self.assessment.answers,
            "carried": self.assessment.carried,
            "pulled": on(former.completed_on) if former else "",
        }
        return known | ({"items": self.asked} if self.part == AnalysisPart.PATTERNS else {})

    def again(self, given, conflicts):
        """(form, clashes) for what both changed: all that stands now, and the reader's own words in those boxes."""
        self.assessment.refresh_from_db()
        mine = {code: given[code] for code in conflicts}
        form = self.kind(**self.asks(), mine=mine)
        return form, [self._clash(code) for code in conflicts]

    def _clash(self, code):
        question = question_of(code, self.asked)
        stands = in_words(question, self.assessment.answers.get(code))
        return Clash(question.asks, self.header.names.text(stands), f"#id_{field_name(code)}")

    def next(self):
        """The next part or area, or the task list."""
        crn = self.case.crn
        steps = list(NeedArea) if self.area else list(AnalysisPart)
        here = steps.index(self.area or self.part)
        if self.request.POST.get("then") != GO_ON:
            return reverse("assess", args=[crn])
        if here + 1 < len(steps):
            page = "assess-area" if self.area else "assess-part"
            return reverse(page, args=[crn, steps[here + 1].value])
        after = AnalysisPart.SELF.value
        return (
            reverse("assess-part", args=[crn, after])
            if self.area
            else reverse("assess", args=[crn])
        )

    def shown(self, form, words, clashes):
        context = {
            "case_header": self.header,
            "title": self.title,
            "lead": LEADS[self.part],
            "form": form,
            "words": words,
            "clashes": clashes,
            "sections": sections(
                self.part,
                form,
                case=self.case,
                names=self.header.names,
                facts=self.facts,
                area=self.area,
            ),
            "go_on": GO_ON,
            "back": reverse("assess", args=[self.case.crn]),
        }
        return render(self.request, "cases/assessment/part.html", context)


def _known(kind, code):
    try:
        return kind(code)
    except ValueError as problem:
        raise Http404 from problem


def _nothing_to_write(request, case):
    say_closed(request, NOTHING_TO_WRITE)
    return redirect(TAB, crn=case.crn)
