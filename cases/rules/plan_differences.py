"""What is different between two plans: objectives, steps, what happens if, how requirements are delivered.

Source: as `cases.rules.differences`, of which it is a part.
"""

from dataclasses import replace

from cases.reference.plans import Actor, Nature, Route
from cases.reference.reviews import DifferenceArea
from cases.rules.text_differences import (
    SHORT_NET,
    Amount,
    Difference,
    day_of,
    grew,
    news_of,
    says_nothing,
    says_the_same,
    text_amount,
)
from cases.rules.wording import topics_of
from staff.rules.dates import say_date


def plan_differences(before, after, own):
    """Of the plan itself, and of the steps that stand beside it."""
    old, new = before["plan"], after["plan"]
    since = day_of(new["on"])
    yield from _objectives(old, new, since, own)
    yield from _steps(before, after, own)
    yield from _contingencies(old, new, since, own)
    yield from _deliveries(old, new, since, own)


def _what(one):
    return one["what"]


def _if_then(one):
    return f"{one['what_if']}: {one['then']}"


TEXT = {"objective": _what, "step": _what, "contingency": _if_then}
SUBSTANTIVE, COSMETIC = Amount.SUBSTANTIVE, Amount.COSMETIC


def _pair(kind, old, new, own):
    """([(earlier or None, later, whether they have the same key)], those earlier ones that are gone).

    By key where both have it, else by what they say: a later one that says again what another says is
    paired with the same earlier one.
    """
    text = TEXT[kind]
    by_key = {one["id"]: one for one in old}
    pairs = [(by_key[one["id"]], one, True) for one in new if one["id"] in by_key]
    for one in new:
        if one["id"] not in by_key:
            twin = next((was for was in old if says_the_same(text(one), text(was), own)), None)
            pairs.append((twin, one, False))
    seen = {was["id"] for was, _, _ in pairs if was}
    return pairs, [was for was in old if was["id"] not in seen]


def _differ(kind, asks, was, now, amount, since, own):
    text = TEXT[kind]
    before, after = text(was) if was else "", text(now) if now else ""
    reworded = bool(before and after and before != after)
    return Difference(
        f"{kind}:{(now or was)['id']}",
        DifferenceArea.PLAN,
        kind,
        asks,
        before,
        after,
        amount,
        news_of(before, after, own) if reworded else topics_of(after or before),
        since,
        in_words=reworded and not grew(before, after, own, SHORT_NET),
    )


def _new_amount(text, own):
    return COSMETIC if says_nothing(text, own) else SUBSTANTIVE


def _reworded(kind, was, now, own):
    return text_amount(TEXT[kind](was), TEXT[kind](now), own, SHORT_NET)


def _objectives(old, new, since, own):
    kind = "objective"
    pairs, gone = _pair(kind, old["objectives"], new["objectives"], own)
    for was, now, _ in pairs:
        if was is None:
            amount = _new_amount(now["what"], own)
            yield _differ(kind, "New objective", None, now, amount, since, own)
            continue
        amount = _reworded(kind, was, now, own)
        if set(was["about"]) != set(now["about"]) or was["area"] != now["area"]:
            amount = SUBSTANTIVE
        if amount:
            yield _differ(kind, "Objective", was, now, amount, since, own)
    for was in gone:
        yield _differ(kind, "Objective dropped", was, None, SUBSTANTIVE, since, own)


def _all_steps(stands):
    of_plan = [step for one in stands["plan"]["objectives"] for step in one["steps"]]
    return [*of_plan, *stands["actions"], *stands.get("finished", ())]


def _steps(before, after, own):
    kind, signed = "step", day_of(after["plan"]["on"])
    new = _all_steps(after)
    pairs, gone = _pair(kind, _all_steps(before), new, own)
    still = {one["id"] for one in new}
    for was, now, same in pairs:
        made, done = day_of(now["made_on"]), day_of(now["done_on"])
        if was is None:
            yield _differ(
                kind, "New step", None, now, _new_amount(now["what"], own), done or made, own
            )
        elif not same and was["id"] in still:
            asks = "Step that says an earlier one again"
            yield _differ(kind, asks, was, now, COSMETIC, made, own)
        elif done and not was["done_on"]:
            found = _differ(kind, "Step done", was, now, SUBSTANTIVE, done, own)
            yield replace(found, after=f"Done on {say_date(done)}")
        elif (was["actor"], was["nature"]) != (now["actor"], now["nature"]):
            yield _who_does_it(was, now, signed)
        elif was["what"] != now["what"] or was["by_on"] != now["by_on"]:
            amount = _reworded(kind, was, now, own) or COSMETIC
            yield _differ(kind, "Step", was, now, amount, signed, own)
    for was in gone:
        yield _differ(kind, "Step dropped", was, None, SUBSTANTIVE, None, own)


def _who_does_it(was, now, since):
    return Difference(
        f"step:{now['id']}",
        DifferenceArea.PLAN,
        "step",
        f"Who does it, and what kind: {now['what']}",
        _who(was),
        _who(now),
        SUBSTANTIVE,
        topics_of(now["what"]),
        since,
    )


def _who(one):
    titles = (
        kind(one[name]).title for name, kind in (("actor", Actor), ("nature", Nature)) if one[name]
    )
    return ", ".join(titles)


def _contingencies(old, new, since, own):
    kind = "contingency"
    pairs, gone = _pair(kind, old["contingencies"], new["contingencies"], own)
    for was, now, _ in pairs:
        if was is None:
            amount = _new_amount(now["then"], own)
            yield _differ(kind, "New: if things change", None, now, amount, since, own)
        elif amount := _reworded(kind, was, now, own):
            yield _differ(kind, "If things change", was, now, amount, since, own)
    for was in gone:
        yield _differ(kind, "Dropped: if things change", was, None, SUBSTANTIVE, since, own)


def _deliveries(old, new, since, own):
    stood = {one["of"]: one for one in old["deliveries"]}
    for now in new["deliveries"]:
        was = stood.get(now["of"]) or {"route": "", "how": "", "arranged_on": ""}
        if all(was[one] == now[one] for one in ("route", "how", "arranged_on")):
            continue
        amount = text_amount(was["how"], now["how"], own, SHORT_NET) or Amount.COSMETIC
        if was["route"] != now["route"] or bool(was["arranged_on"]) != bool(now["arranged_on"]):
            amount = Amount.SUBSTANTIVE
        yield Difference(
            f"delivery:{now['of']}",
            DifferenceArea.PLAN,
            "delivery",
            f"How it is delivered: {now['name']}",
            _delivered(was),
            _delivered(now),
            amount,
            topics_of(f"{now['how']} {now['name']}") | {"programme"},
            since,
            in_words=was["route"] == now["route"],
        )


def _delivered(one):
    return ", ".join(filter(None, (one["route"] and Route(one["route"]).title, one["how"])))
