"""How the questions of one part of an assessment are laid out on its page, with what stands beside each.

Source: ui, habits (one thing a page where a decision is heavy); product rules (type once).
"""

from dataclasses import dataclass, field

from cases.forms.assessment import Row
from cases.queries.assessment_pages import Item, indicated, items
from cases.queries.assessment_whole import NOT_SCORED, score_line
from cases.queries.from_record import from_record
from cases.reference.codes import ROSH_ORDER, Rosh
from cases.reference.harm import AnalysisPart, HarmGroup
from cases.reference.needs import CUTS, NeedArea
from cases.reference.questions import QUESTIONS, of_group, of_pattern
from cases.rules.answering import GROUP_WORDS, field_name
from cases.rules.needs import need_of
from cases.rules.self_view import differs, own_view
from staff.kit import Line


@dataclass(frozen=True)
class Section:
    """Some questions under one heading. `record`: what is recorded already, so that nobody types it again."""

    rows: list[Row]
    title: str = ""
    hint: str = ""
    score: str = ""
    own: str = ""  # what the person said of it
    differs: bool = False
    record: list[Line] = field(default_factory=list)
    item: Item | None = None  # past behaviour, with every episode
    folded: list[Row] = field(default_factory=list)  # asked of a group at medium or above
    open: bool = False


def sections(part, form, *, case, names, facts, area=None):
    """The sections of a part, or of one area of need."""
    match part:
        case AnalysisPart.NEEDS:
            record = from_record(case, names)
            areas = [NeedArea(area)] if area else NeedArea
            return [_area(one, form, facts.answers, record[one]) for one in areas]
        case AnalysisPart.PATTERNS:
            return list(_patterns(form, names))
        case AnalysisPart.HARM:
            return list(_harm(form, facts))
    return [Section(form.rows())]


def _area(area, form, answers, record):
    codes = [code for code in QUESTIONS if code.startswith(f"{area.value}.")]
    return Section(
        form.rows(codes),
        title=area.title,
        score=score_line(area, answers) if area in CUTS else f"{NOT_SCORED}: described only",
        own=own_view(area, answers) or "Not asked yet",
        differs=differs(area, need_of(area, answers), answers),
        record=record,
    )


def _patterns(form, names):
    for one in items(form.items, names):
        codes = [of_pattern(one.key, what) for what in ("relevance", "words")]
        yield Section(form.rows(codes), title=one.title, hint=one.summary, item=one)


def _harm(form, facts):
    yield Section(
        form.rows(["screening.indicators"]),
        title="Screening",
        hint="Now or in the past, whatever the current offence is.",
        record=indicated(facts.patterns),
    )
    for group in HarmGroup:
        codes = [of_group(group, what) for what in GROUP_WORDS]
        yield Section(
            form.rows([of_group(group, "level")]),
            title=group.title,
            folded=form.rows(codes),
            open=_is_open(group, codes, form),
        )
    yield Section(
        form.rows(["harm.increase", "harm.reduce", "harm.because"]), title="What drives it"
    )


def _is_open(group, codes, form):
    """Where it is needed, or something is there to be read."""
    shown = form[field_name(of_group(group, "level"))].value()
    needed = ROSH_ORDER.get(shown, 0) >= ROSH_ORDER[Rosh.MEDIUM]
    return needed or any(form[field_name(code)].value() for code in codes)
