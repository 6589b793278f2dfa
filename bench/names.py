"""Search at the nation's size: names with a slip in them, and numbers, exact and with one.

Goals of the whole system: half of all searches within 20 ms and 99 of 100 within 80 ms, limited access included; of names with
a slip 97 of 100 among the first ten; a number no slower than five times its bare look-up, with one slip or none; the nation no
slower than 2.5 times all CRCs. Names are made up of those of the demonstration and of places; some are double, half have a middle one.
"""

from datetime import date
from functools import partial
from random import Random
from time import perf_counter

from django.db import connection
from django.utils.timezone import now

from bench import database
from bench.measure import timed
from cases.management.demo import names
from cases.models import Case, Identifier, Limit, Person
from cases.queries.search import answers
from cases.reference.codes import CaseState
from cases.reference.names_alike import ALIKE
from cases.rules.search import folded
from cases.services.names import key_names
from staff.models import User
from staff.permissions import Role

CRCS, NATION = 155_939, 260_000
ASKED, FIRST, AT_ONCE, SEED = 400, 10, 5_000, 2018
EVERY_HUNDREDTH = 100  # is of limited access
EVERY_TWENTIETH, EVERY_OTHER = 20, 2  # has a double surname; has a middle name
WITHIN_HALF, WITHIN_MOST, FOUND, GROWTH, NUMBERS = 0.020, 0.080, 0.97, 2.5, 5
BEGIN = [
    "Ash",
    "Barn",
    "Beck",
    "Birch",
    "Black",
    "Brad",
    "Brough",
    "Burn",
    "Cald",
    "Carl",
    "Chat",
    "Clay",
    "Cran",
    "Crow",
    "Dal",
    "Den",
    "Dun",
    "East",
    "Ed",
    "Elm",
    "Fair",
    "Fen",
    "Fox",
    "Gar",
    "Gold",
    "Hale",
    "Hart",
    "Hazel",
    "Hol",
    "Hunt",
    "Kel",
    "Kirk",
    "Lang",
    "Lin",
    "Long",
    "Lyn",
    "Mal",
    "Mel",
    "Mid",
    "Nor",
    "Oak",
    "Old",
    "Os",
    "Pem",
    "Ray",
    "Red",
    "Row",
    "Rush",
    "Sel",
    "Shel",
    "Stan",
    "Sut",
    "Thorn",
    "Tren",
    "Wal",
    "Ward",
    "Wel",
    "West",
    "Whit",
    "Win",
    "Wood",
    "Wy",
]
END = [
    "bourne",
    "bridge",
    "bury",
    "by",
    "dale",
    "den",
    "don",
    "field",
    "ford",
    "gate",
    "ham",
    "hill",
    "hurst",
    "land",
    "ley",
    "low",
    "man",
    "mere",
    "more",
    "ridge",
    "shaw",
    "stead",
    "stock",
    "stone",
    "thorpe",
    "ton",
    "ville",
    "well",
    "wick",
    "wood",
    "worth",
]
BESIDE = {"a": "s", "e": "r", "i": "o", "o": "p", "r": "t", "n": "m", "s": "d", "t": "y", "l": "k", "c": "v", "d": "f", "h": "j", "m": "n", "k": "l", "b": "v", "g": "h", "w": "e", "u": "i", "y": "t", "p": "o", "f": "g", "v": "b"}  # fmt: skip


def show_all():
    """How many goals are missed."""
    database.start()
    officer = User.objects.create_user("officer", role=Role.OFFICER)
    rng = Random(SEED)
    made, missed, halves = 0, 0, []
    for size in (CRCS, NATION):
        took = timed(partial(_fill, rng, made, size))
        keyed = timed(key_names)
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")
        made = size
        print(f"{size:,} people: names written in {took:.0f} s, their keys in {keyed:.1f} s")
        half, wrong = _show_names(rng, officer)
        halves.append(half)
        missed += wrong + _show_numbers(rng, officer)
    grown = halves[1] / halves[0]
    missed += _say("the nation beside all CRCs", f"{grown:.2f}", grown <= GROWTH, f"{GROWTH}")
    return missed


def _fill(rng, since, upto):
    surnames = [
        *names.BRITISH_SURNAMES,
        *names.SOUTH_ASIAN_SURNAMES,
        *names.BLACK_SURNAMES,
        *names.EASTERN_SURNAMES,
    ]
    surnames += [first + last for first in BEGIN for last in END]
    men = [*names.BRITISH_MEN, *names.SOUTH_ASIAN_MEN, *names.BLACK_MEN, *names.EASTERN_MEN]
    rng_of_lists = Random(SEED)
    rng_of_lists.shuffle(surnames)
    rng_of_lists.shuffle(men)
    often = [[1 / (at + 10) for at in range(len(each))] for each in (surnames, men)]
    pairs = zip(
        rng.choices(surnames, often[0], k=upto - since),
        rng.choices(men, often[1], k=upto - since),
        strict=True,
    )
    batch = []
    for number, (surname, forename) in enumerate(pairs, start=since):
        double = "" if number % EVERY_TWENTIETH else f"-{surnames[number % len(surnames)]}"
        batch.append(_case(number, surname + double, forename))
        if len(batch) == AT_ONCE or number == upto - 1:
            _write(batch, men)
            batch = []


def _case(number, surname, forename):
    return Case(
        crn=f"{'ABCDEFGHIJKLMNOPQRSTUVWXYZ'[number % 26]}{number:06}", surname=surname, forename=forename,
        sort_name=folded(f"{surname} {forename}"), born_on=date(1980, 1, 1), state=CaseState.SUPERVISED, facts_changed_at=now(),
    )  # fmt: skip


def _write(batch, middle_names):
    Case.objects.bulk_create(batch)
    Person.objects.bulk_create(
        Person(case=one, middle_names=middle_names[one.pk % len(middle_names)])
        for one in batch[::EVERY_OTHER]
    )
    Identifier.objects.bulk_create(
        Identifier(case=one, kind=Identifier.Kind.PNC, value=one.crn, match=f"{1970 + one.pk % 45}/{one.pk:07}{'ABCDEFGHJKLMNPQRTUVWXYZ'[one.pk % 23]}")
        for one in batch
    )  # fmt: skip
    kept = [one for one in batch if one.pk % EVERY_HUNDREDTH == 0]
    Limit.objects.bulk_create(
        Limit(case=one, restricted=True, message="x", ask="y") for one in kept
    )


def _sample(rng):
    keys = [
        one
        for one in rng.sample(range(1, Case.objects.count()), ASKED + ASKED // 50)
        if one % EVERY_HUNDREDTH
    ]
    first = Case.objects.order_by("pk").values_list("pk", flat=True)[0]
    return list(Case.objects.filter(pk__in=[first + one for one in keys], limit=None)[:ASKED])


def _show_names(rng, officer):
    took, found = [], 0
    for case in _sample(rng):
        words = case.sort_name.split()
        at = rng.randrange(len(words))
        words[at] = _slipped(rng, words[at])
        seconds, answer = _took(partial(answers, officer, " ".join(words)))
        took.append(seconds)
        first = answer.shown[:FIRST]
        found += case.sort_name in {one.sort_name for one in first}
    took.sort()
    half, most, share = took[len(took) // 2], took[int(len(took) * 0.99)], found / len(took)
    wrong = _say(
        "a name with a slip, half of them", f"{half * 1000:.1f} ms", half <= WITHIN_HALF, "20 ms"
    )
    wrong += _say(
        "a name with a slip, 99 of 100", f"{most * 1000:.1f} ms", most <= WITHIN_MOST, "80 ms"
    )
    return half, wrong + _say(
        "found among the first ten", f"{share:.3f}", share >= FOUND, f"{FOUND}"
    )


def _slipped(rng, word):
    """As it may be typed by somebody who hears it, or is in haste."""
    at = rng.randrange(1, len(word)) if len(word) > 1 else 0
    said = sorted(
        other for other in ALIKE if ALIKE[other] & ALIKE.get(word, frozenset()) and other != word
    )
    ways = [
        word[: at - 1] + word[at] + word[at - 1] + word[at + 1 :],
        word[:at] + word[at + 1 :],
        word[:at] + word[at] + word[at:],
        word[:at] + BESIDE.get(word[at], "e") + word[at + 1 :],
        rng.choice(said) if said else word[:at] + word[at] + word[at:],
    ]
    return rng.choice(ways)


def _show_numbers(rng, officer):
    wrong, cases = 0, _sample(rng)
    for name, slipped in (("a CRN", False), ("a CRN with one slip", True)):
        least, ours, found = [], [], 0
        for case in cases:
            text = _misread(rng, case.crn) if slipped else case.crn
            least.append(_took(partial(_look_up, case.crn))[0])
            seconds, answer = _took(partial(answers, officer, text))
            ours.append(seconds)
            found += case in answer.shown
        ratio = sorted(ours)[len(ours) // 2] / sorted(least)[len(least) // 2]
        wrong += _say(
            f"{name}, beside its bare look-up", f"{ratio:.1f}", ratio <= NUMBERS, f"{NUMBERS}"
        )
        if not slipped:
            wrong += _say(f"{name}, found", f"{found / len(cases):.3f}", found == len(cases), "1")
        else:
            print(
                f"  {name}, found among the first ten where no one else has what was typed: {found / len(cases):.3f}"
            )
    return wrong


def _misread(rng, crn):
    at = rng.randrange(1, len(crn))
    return (
        crn[:at]
        + rng.choice([figure for figure in "0123456789" if figure != crn[at]])
        + crn[at + 1 :]
    )


def _took(work):
    """(seconds, the answer). Of hundreds of searches each, so that nothing is cleared away between them as `timed` does."""
    began = perf_counter()
    answer = work()
    return perf_counter() - began, answer


def _look_up(crn):
    with connection.cursor() as cursor:
        cursor.execute("SELECT id, crn, surname, forename FROM cases_case WHERE crn = %s", [crn])
        return cursor.fetchall()


def _say(what, figure, met, goal):
    print(f"  {what:<48}{figure:>12}   goal {goal}{'' if met else '  MISSED'}")
    return not met
