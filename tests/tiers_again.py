"""National tiers reckoned a second time, case by case from the rows, with the figures of the reference said here again.

Source: risk flags reference 1.1 and 1.2. Nothing of `oversight` is read.
"""

from datetime import date, timedelta
from decimal import Decimal

ROSH = {"RVHR": 150, "RHRH": 20, "RMRH": 10, "RLRH": 0}
RANK = ["RLRH", "RMRH", "RHRH", "RVHR"]
MAPPA = {"M3": 150, "M2": 150, "M1": 5}
COMPLEX = {"RMDO", "ALSH", "RVLN", "RCCO", "RCPR", "RCHD", "RPIR", "RVAD", "STRG", "RTAO"}
OUTCOMES = {f"BRE{number:02}" for number in (1, 2, 3, 4, 5, 6, 7, 8, 10, 13, 14, 16)} | {"REC01", "REC02"}  # fmt: skip
NEEDS = {  # section: its items, weight, standard from, severe from
    "accommodation": (("nfa", "suitable", "permanent", "location"), 1, 2, 7),
    "ete": (("unemployed", "history", "skills", "attitude"), 1, 3, 7),
    "relationships": (("family", "childhood", "partners"), 1, 2, 5),
    "lifestyle": (("activities", "influenced", "reckless"), 1, 2, 5),
    "drugs": (("current", "injected", "motivation", "major"), 1, 2, 8),
    "alcohol": (("current", "binge", "frequency", "motivation"), 1, 4, 7),
    "thinking": (("recognises", "solves", "consequences", "views"), 2, 4, 7),
    "attitudes": (("supportive", "supervision", "community", "change"), 2, 2, 7),
}
LONGEST = timedelta(weeks=55)


def tier_again(case, today):
    """Such as B2."""
    entries = list(case.registrations.filter(active=True, provisional=False))
    last = any(one.type_code == "PRC" for one in entries)
    return f"{protect(case, entries, today)}{change(case, entries, today)}{'S' if last else ''}"


def protect(case, entries, today):
    harm = sorted((one.started_on or date.min, RANK.index(one.type_code)) for one in entries if one.type_code in ROSH)  # fmt: skip
    rosh = ROSH[RANK[harm[-1][1]]] if harm else 0
    known = score(case, "rsr")
    rsr = (
        0
        if known is None
        else 20
        if 7 <= known <= Decimal("99.99")
        else 10
        if 3 <= known <= Decimal("6.99")
        else 0
    )
    levels = sorted((one.started_on or date.min, one.level_code) for one in entries if one.type_code == "MAPP" and one.level_code in MAPPA)  # fmt: skip
    points = max(rosh, rsr) + (MAPPA[levels[-1][1]] if levels else 0)
    points += 2 * len({one.type_code for one in entries} & COMPLEX)
    if case.sex == "F" and enforced(case, today):
        points += 2
    return "A" if points >= 150 else "B" if points >= 20 else "C" if points >= 10 else "D"


def enforced(case, today):
    since = today.replace(year=today.year - 1)
    return any(
        one.outcome_code in OUTCOMES
        and one.sentence
        and (one.sentence.terminated_on is None or one.sentence.terminated_on >= since)
        for one in case.interventions.select_related("sentence")
    )


def change(case, entries, today):
    if not any(mandate(one) for one in case.sentences.filter(active=True, terminated_on=None)):
        return 0
    here = case.assessments.filter(state__in=["signed", "replaced"], completed_on__range=(today - LONGEST, today))  # fmt: skip
    there = case.imported_assessments.filter(completed_on__range=(today - LONGEST, today))
    mine, oasys = here.order_by("completed_on", "pk").last(), there.order_by("completed_on", "pk").last()  # fmt: skip
    if mine is None and oasys is None:
        return 2
    points = 0
    if mine and not (oasys and oasys.completed_on >= mine.completed_on):
        points += sum(need(mine.answers, section) for section in NEEDS)
    percent = score(case, "ogrs3")
    points += int(percent or 0) // 10
    points += 2 * any(one.type_code == "IIOM" for one in entries)
    return 3 if points >= 20 else 2 if points >= 10 else 1


def mandate(sentence):
    if not sentence.description:
        return False
    if sentence.order in ("custody", "custody_pss"):
        return True
    running = sentence.requirements.filter(active=True, terminated_on=None, restrictive=False)
    return running.exclude(main_code__in=["W", "W1"]).exists()


def need(answers, section):
    items, weight, standard, severe = NEEDS[section]
    scores = [answers.get(f"{section}.{item}") for item in items]
    total = sum(int(one) for one in scores if one in ("0", "1", "2"))
    return weight * ((total >= standard) + (total >= severe))


def score(case, kind):
    """The later; on one day that of OASys."""
    rows = case.predictors.filter(kind=kind, two_year__isnull=False)
    found = sorted((one.assessed_on, one.source == "OASys", one.two_year) for one in rows)
    return found[-1][2] if found else None
