"""What was known of the risk: registers, scores, what was raised, enquiries and what came of them, restrictions, overrides."""

from cases.queries.registers import register_name
from cases.reference.checks import CheckKind
from cases.rules.words import counted
from grid.models import Escalation, Judgement, Placement
from oversight.queries.known_then.entries import entry, said

REGISTER = {
    "Level": "level_code",
    "Category": "category_code",
    "Part they play": "part",
    "Firearm": "firearm",
    "On it now": "active",
    "From": "started_on",
    "Ended": "ended_on",
    "Review by": "review_on",
    "Warns staff": "warn_staff",
    "Provisional": "provisional",
    "Where that comes from": "evidence",
    "Notes": "notes",
}
SCORE = {"One year": "one_year", "Two years": "two_year", "Level": "level", "Assessed": "assessed_on", "Source": "source"}  # fmt: skip
PLACED = {
    "Level": "level",
    "Band": "band",
    "Needs": "needs",
    "Because": "because",
    "Placed": "placed_on",
}
JUDGED = {
    "Stands": "state",
    "Complex": "complex",
    "Linked to harm": "linked_to_harm",
    "How it is managed": "being_managed",
    "What contact does": "effect_of_contact",
    "Made by": "made_by",
    "Made": "made_on",
    "Until": "until_on",
    "Decided by": "decided_by",
    "What was decided": "decision_note",
}
ESCALATED = {
    "Stands": "state",
    "Because": "because",
    "Meanwhile": "meanwhile",
    "Opened": "opened_on",
    "Closed": "closed_on",
    "Outcome": "outcome",
}
RAISED = {
    "Contact": "contact_level",
    "Because": "because",
    "Raised": "at",
    "By": "by",
    "Assessed": "assessed_on",
}
COULD_BE_HURT = {
    "How": "how",
    "Since": "since_on",
    "No longer since": "ended_on",
    "Because": "ended_because",
}
ENQUIRY = {
    "Why": "because",
    "Note": "because_note",
    "Triggered": "triggered_on",
    "Stands": "state",
    "Next step by": "due_on",
    "Asked of": "asked_of",
    "Sent": "sent_on",
    "Chased": "chased_on",
    "Times chased": "chases",
    "Replied": "replied_on",
    "Reply": "reply",
    "What they wrote": "reply_text",
    "Analysed": "analysed_on",
    "Analysed by": "analysed_by",
    "It changes": "changes",
    "It also changes": "also_changes",
    "Analysis": "analysis",
    "Not needed because": "not_needed_because",
}
CAME_IN = {
    "Who said so": "information.said_by",
    "By name": "information.who",
    "Happened": "information.happened_on",
    "What was said": "information.text",
    "Harm": "information.harm",
    "Came": "information.at",
    "Taken by": "information.by",
    "Stands": "state",
    "Read as": "read_as",
    "Because": "because",
    "Read": "read_on",
    "Read by": "read_by",
}
INTERIM = {
    "What could happen": "worst_case",
    "Who is protected": "who_is_protected",
    "What we do": "what_we_do",
    "Until": "expires_on",
    "Made": "made_on",
    "Made by": "made_by",
    "Senior": "agreement",
    "What the senior said": "answer",
    "Ended": "ended_on",
}
RESTRICTION = {
    "Terms": "terms",
    "What it forbids": "prohibits",
    "Protects": "protects.name",
    "Made by": "made_by",
    "From": "from_on",
    "Until": "to_on",
    "Copy seen": "copy_seen_on",
    "Source": "source",
    "Ended": "ended_on",
    "Ended because": "ended_because",
}
AREA = {"Shape": "shape", "Metres around it": "buffer"}
OVERRIDE = {
    "Stands": "state",
    "Gates": "sentences",
    "What is not known": "unknown",
    "Read and asked": "read_and_asked",
    "Why it is safer": "why_safer",
    "Who is protected": "who_is_protected",
    "Who was told": "who_was_told",
    "What closes it": "what_closes_it",
    "Until": "expires_on",
    "Asked": "asked_at",
    "Asked by": "asked_by",
    "Decided": "decided_at",
    "Decided by": "decided_by",
    "What was decided": "decision_note",
    "What it showed": "read_note",
    "Closed": "closed_on",
    "How": "closed_how",
}


def registers(case, since):
    for one in case.registrations.order_by("pk"):
        yield entry(one, register_name(one), REGISTER)
    for one in case.predictors.order_by("pk"):
        yield entry(one, one.get_kind_display(), SCORE)


def placement(case, since):
    for one in Placement.objects.filter(case=case, superseded_on=None).order_by("pk"):
        yield entry(one, f"Placement: {one.get_place_display()}", PLACED)
    judged = Judgement.objects.filter(case=case).select_related("made_by", "decided_by")
    for judgement in judged.order_by("pk"):
        yield entry(judgement, "Judgement on the placement", JUDGED)
    put = Escalation.objects.filter(case=case).prefetch_related("steps__by")
    for escalation in put.order_by("pk"):
        steps = [
            [step.get_state_display(), f"{said(step.at)}: {step.words} {step.outside}".strip()]
            for step in sorted(escalation.steps.all(), key=lambda step: step.pk)
        ]
        yield entry(escalation, "Risk put to the NPS", ESCALATED, *steps)


def raised(case, since):
    for one in case.raises.select_related("by").order_by("pk"):
        yield entry(one, one.get_kind_display(), RAISED)
    for one in case.potential_victims.select_related("person").order_by("pk"):
        who = [["Who", one.person.name]]
        yield entry(one, one.get_group_display(), COULD_BE_HURT, *who, kept=one.person.protected)


def enquiries(case, since):
    rows = case.enquiries.select_related("analysed_by").prefetch_related("subjects", "steps__by")
    for one in rows.order_by("pk"):
        subjects = [_subject(each) for each in sorted(one.subjects.all(), key=_key)]
        steps = [["Step", _step(each)] for each in sorted(one.steps.all(), key=_key)]
        yield entry(one, CheckKind(one.kind).title, ENQUIRY, *subjects, *steps)


def information(case, since):
    rows = case.readings.select_related("information__by", "read_by")
    for one in rows.order_by("pk"):
        yield entry(one, one.information.get_kind_display(), CAME_IN)


def protection(case, since):
    for one in case.interim_plans.select_related("made_by").order_by("pk"):
        yield entry(one, "Interim plan", INTERIM)
    for one in case.restrictions.select_related("protects").prefetch_related("areas").order_by("pk"):  # fmt: skip
        areas = sorted(one.areas.all(), key=_key)
        many = [["Banned areas", counted(len(areas), "area")]] if areas else []
        yield entry(one, one.get_kind_display(), RESTRICTION, *many)
        for area in areas:
            yield entry(area, "Banned area", AREA, ["Where", area.label], kept=True)


def overrides(case, since):
    for one in case.overrides.select_related("asked_by", "decided_by").order_by("pk"):
        yield entry(one, one.get_act_display(), OVERRIDE)


def _key(one):
    return one.pk


def _subject(one):
    born = f", born {said(one.born_on)}" if one.born_on and not one.protected else ""
    reply = f": {one.get_reply_display().lower()}" if one.reply else ""
    return ["About", f"{one.name}{born}{reply}"]


def _step(one):
    by = f", {one.by.name}" if one.by else ""
    note = f". {one.note}" if one.note else ""
    return f"{said(one.on)}: {one.did.replace('_', ' ')}{by}{note}"
