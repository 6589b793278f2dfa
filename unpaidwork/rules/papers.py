"""What the three papers about somebody's unpaid work say, as plain values.

A skills passport and a certificate are the person's own, to show to whom they like: nothing on them says why they
worked, by which number we know them, or what staff wrote. The closing report goes to whoever holds the case, and
through them to a court. Source: report 4.1.3; unpaid work reference 7.
"""

from cases.rules.words import counted
from staff.rules.dates import say_date
from unpaidwork.reference.sessions import LEFT_WITH_LEAVE, LEFT_WITHOUT_LEAVE, Came, Grade
from unpaidwork.rules.hours import say_minutes
from unpaidwork.rules.progress import projects_of, skills_of, tasks_of

BROUGHT = "Of these, before they came to us or with another provider"
SO_FAR = "This unpaid work goes on: it is no closing report."
NO_SKILLS = "No skill is recorded yet."


def section(heading, lines=(), heads=(), rows=(), quote=""):
    return {
        "heading": heading,
        "lines": list(lines),
        "heads": list(heads),
        "rows": [list(row) for row in rows],
        "quote": quote,
    }


def passport(*, name, sessions, courses, organisation, made_on):
    """`courses`: (title, provider, day it was finished) of those that were credited."""
    minutes = sum(one.minutes for one in sessions)
    skills = [
        (one.what, counted(one.times, "session"), say_minutes(one.minutes))
        for one in skills_of(sessions)
    ]
    tasks = [(one.what, counted(one.times, "session")) for one in tasks_of(sessions)]
    sections = [
        section(
            "Skills practised",
            lines=() if skills else [NO_SKILLS],
            heads=("Skill", "How often", "Over"),
            rows=skills,
        )
    ]
    if tasks:
        sections.append(section("What was done", heads=("Task", "How often"), rows=tasks))
    if courses:
        rows = [(title, provider, say_date(on)) for title, provider, on in courses]
        sections.append(section("Courses finished", heads=("Course", "By", "Finished"), rows=rows))
    return {
        "title": "Skills passport",
        "name": name,
        "lead": f"{counted(len(sessions), 'session')} of work for the community, {say_minutes(minutes)} in all."
        if sessions
        else "Work for the community, from the first session on.",
        "sections": sections,
        "foot": "",
        "made": f"{organisation}, {say_date(made_on)}",
    }


def certificate(*, name, found, sessions, completed_on, organisation):
    """Of all hours worked. `found`: the `Hours`."""
    where = [one.what for one in projects_of(sessions)]
    sections = []
    if where:
        sections.append(section("Worked for", lines=where))
    skills = [one.what for one in skills_of(sessions)]
    if skills:
        sections.append(section("Practised", lines=skills))
    return {
        "title": "Certificate",
        "name": name,
        "lead": f"has completed {say_minutes(found.ordered)} of work for the community, on {say_date(completed_on)}.",
        "sections": sections,
        "foot": "",
        "made": f"{organisation}, {say_date(completed_on)}",
    }


CAME = {  # how a session came out, as the register has it: as the court reads it
    Came.LEFT.title: "Worked to the end",
    LEFT_WITH_LEAVE: "Left before the end with leave",
    LEFT_WITHOUT_LEAVE: "Left before the end without leave, whatever was decided of it",
    Came.SENT_HOME.title: "Sent home for behaviour",
    Came.NO_WORK.title: "Sent home by us: counted as offered",
    Came.NOT_COME.title: "Did not come, whatever was decided of it",
}


def closing_report(*, name, crn, order, found, brought, came, sessions, courses, reviews, state, over, organisation, made_on):  # fmt: skip
    """`brought`: minutes worked elsewhere; `over`: whether it closes anything, or is a report so far; `came`: {how it came out, in words: how many}; `reviews`: (point, day, their words, why none, strengths, what changed)."""
    hours = [
        ("Ordered", say_minutes(found.ordered) if found.known else "Not recorded"),
        ("Worked", say_minutes(found.worked)),
        *([(BROUGHT, say_minutes(brought))] if brought else []),
        ("Courses", say_minutes(found.courses)),
        ("Left", say_minutes(found.left) if found.known else "Not known"),
        ("To be worked by", say_date(found.finish_by)),
    ]
    attended = [(words, str(came[title])) for title, words in CAME.items() if came.get(title)]
    skills = [
        (one.what, counted(one.times, "session"), say_minutes(one.minutes))
        for one in skills_of(sessions)
    ]
    did = [
        (one.what, counted(one.times, "session"))
        for one in (*projects_of(sessions), *tasks_of(sessions))
    ]
    sections = [
        section("Hours", lines=[state], heads=("", ""), rows=hours),
        section("Sessions", lines=[] if attended else ["None yet."], heads=("What came of them", "How many"), rows=attended),
        section("Work done", lines=[] if did else ["Not recorded."], heads=("Project or task", "How often"), rows=did),
        section("Skills practised", lines=[] if skills else [NO_SKILLS], heads=("Skill", "How often", "Over"), rows=skills),
        section("How they worked", lines=_graded(sessions)),
    ]  # fmt: skip
    if courses:
        rows = [(title, provider, say_date(on)) for title, provider, on in courses]
        sections.append(section("Courses credited", heads=("Course", "By", "Finished"), rows=rows))
    sections += [_looked_back(*one) for one in reviews]
    if not reviews:
        sections.append(section("Looking back", lines=["Nobody has looked back on it with them."]))
    return {
        "title": "Unpaid work: closing report" if over else "Unpaid work: report so far",
        "name": name,
        "lead": f"{order}." if over else f"{order}. {SO_FAR}",
        "sections": sections,
        "foot": crn,
        "made": f"{organisation}, {say_date(made_on)}",
    }


def _looked_back(point, day, words, absent, strengths, changed):
    lines = [f"Their view is not here: {absent}"] if absent and not words else []
    lines.append(f"What has grown: {strengths}")
    if changed:
        lines.append(f"What changed: {changed}")
    return section(f"{point}, {say_date(day)}", lines=lines, quote=words)


def _graded(sessions):
    lines = []
    for what, codes in (
        ("Work", [one.quality for one in sessions]),
        ("Behaviour", [one.behaviour for one in sessions]),
    ):
        known = [code for code in codes if code and code != Grade.NOT_APPLICABLE]
        said = [
            f"{grade.title.lower()} {counted(known.count(grade.value), 'time')}"
            for grade in Grade
            if known.count(grade.value)
        ]
        lines.append(f"{what}: {', '.join(said) or 'not recorded'}.")
    return lines
