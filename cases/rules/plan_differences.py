"""What is different between two plans: objectives, steps, what happens if, how requirements are delivered.

Source: as `cases.rules.differences`, of which it is a part.
"""

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


def plan_differences(before, after, own):
    """Of the plan itself, and of the steps that stand beside it."""
    old, new = before["plan"], after["plan"]
    since = day_of(new["on"])
    yield from _objectives(old, new, since, own)
    yield from _steps(before, after, own)
    yield from _contingencies(old, new, since, own)
    yield from _deliveries(old, new, since, own)


def _pair(old, new, text, own):
    """[(earlier or None, later or None)]: by key where both have it, else by what they say.

    A later one that says again what one already paired says is paired with that one as well.
    """
    by_key = {one["id"]: one for one in old}
    pairs, left = [], []
    for one in new:
        twin = by_key.get(one["id"])
        if twin:
            pairs.append((twin, one, True))
        else:
            left.append(one)
    for one in left:
        twin = next((was for was in old if says_the_same(text(one), text(was), own)), None)
        pairs.append((twin, one, False))
    seen = {id(was) for was, _, _ in pairs if was}
    return pairs, [was for was in old if id(was) not in seen]


def _of_pair(key, code, asks, was, now, text, amount, since, own, in_words=False):
    before, after = text(was) if was else "", text(now) if now else ""
    about = news_of(before, after, own) if in_words else topics_of(after or before)
    return Difference(
        f"{key}:{(now or was)['id']}", DifferenceArea.PLAN, code, asks, before, after, amount, about, since,
        in_words and not grew(before, after, own, SHORT_NET),
    )  # fmt: skip


def _objectives(old, new, since, own):
    def text(one):
        return one["what"]

    pairs, gone = _pair(old["objectives"], new["objectives"], text, own)
    for was, now, _ in pairs:
        if was is None:
            amount = Amount.COSMETIC if says_nothing(text(now), own) else Amount.SUBSTANTIVE
            yield _of_pair(
                "objective", "objective", "New objective", None, now, text, amount, since, own
            )
            continue
        amount = text_amount(text(was), text(now), own, SHORT_NET)
        if set(was["about"]) != set(now["about"]) or was["area"] != now["area"]:
            amount = Amount.SUBSTANTIVE
        if amount:
            yield _of_pair(
                "objective", "objective", "Objective", was, now, text, amount, since, own, True
            )
    for was in gone:
        yield _of_pair(
            "objective",
            "objective",
            "Objective dropped",
            was,
            None,
            text,
            Amount.SUBSTANTIVE,
            since,
            own,
        )


def _all_steps(stands):
    of_plan = [step for one in stands["plan"]["objectives"] for step in one["steps"]]
    return [*of_plan, *stands["actions"]]


def _steps(before, after, own):
    def text(one):
        return one["what"]

    pairs, gone = _pair(_all_steps(before), _all_steps(after), text, own)
    for was, now, same in pairs:
        since = day_of(now["done_on"]) or day_of(now["made_on"])
        if was is None:
            amount = Amount.COSMETIC if says_nothing(text(now), own) else Amount.SUBSTANTIVE
            yield _of_pair("step", "step", "New step", None, now, text, amount, since, own)
        elif now["done_on"] and not was["done_on"]:
            yield _of_pair(
                "step", "step", "Step done", was, now, text, Amount.SUBSTANTIVE, since, own
            )
        elif (was["actor"], was["nature"]) != (now["actor"], now["nature"]) and same:
            yield _who_does_it(was, now, since)
        elif not same and was["id"] in {one["id"] for one in _all_steps(after)}:
            yield _of_pair(
                "step",
                "step",
                "Step that says an earlier one again",
                was,
                now,
                text,
                Amount.COSMETIC,
                since,
                own,
            )
        elif text(was) != text(now) or was["by_on"] != now["by_on"]:
            amount = text_amount(text(was), text(now), own, SHORT_NET) or Amount.COSMETIC
            yield _of_pair("step", "step", "Step", was, now, text, amount, since, own, True)
    for was in gone:
        yield _of_pair(
            "step", "step", "Step dropped", was, None, text, Amount.SUBSTANTIVE, None, own
        )


def _who_does_it(was, now, since):
    before, after = (
        ", ".join(
            title.title for title in (one["actor"] and Actor(one["actor"]), one["nature"] and Nature(one["nature"])) if title
        )
        for one in (was, now)
    )  # fmt: skip
    asks = f"Who does it, and what kind: {now['what']}"
    return Difference(
        f"step:{now['id']}", DifferenceArea.PLAN, "step", asks, before, after, Amount.SUBSTANTIVE,
        topics_of(now["what"]), since,
    )  # fmt: skip


def _contingencies(old, new, since, own):
    def text(one):
        return f"{one['what_if']}: {one['then']}"

    pairs, gone = _pair(old["contingencies"], new["contingencies"], text, own)
    for was, now, _ in pairs:
        if was is None:
            amount = Amount.COSMETIC if says_nothing(now["then"], own) else Amount.SUBSTANTIVE
            yield _of_pair(
                "contingency",
                "contingency",
                "New: if things change",
                None,
                now,
                text,
                amount,
                since,
                own,
            )
        elif text(was) != text(now):
            amount = text_amount(text(was), text(now), own, SHORT_NET)
            yield _of_pair(
                "contingency",
                "contingency",
                "If things change",
                was,
                now,
                text,
                amount,
                since,
                own,
                True,
            )
    for was in gone:
        yield _of_pair(
            "contingency", "contingency", "Dropped: if things change", was, None, text, Amount.SUBSTANTIVE, since, own
        )  # fmt: skip


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
