"""Whether a page can be used by everybody, as far as axe-core can tell.

Every page is judged by all of its rules, at each width that it is looked at. What is built as something that was found good
on this page or an earlier one is left out of what they look at: `built.js` says what a build is. How it is drawn is part of
that, so what is drawn otherwise at another width is judged there; a phone takes nothing for good because a desktop did.
"""

import re
from collections import defaultdict
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe

from tests.journeys.widths import TABLET

AXE = Axe()
IS_THERE = "'axe' in window || ('bringAxe' in window && (bringAxe(), true))"
# Of each text axe reads the colours of everything behind it, and to read "rgb(11, 12, 12)" thousands of times took a
# fifth of its time. What a colour is hangs on its words alone; one that cannot be read is not kept, and fails as ever.
KEEP_COLOURS = """
(() => {
  const { Color } = axe.commons.color
  const read = Color.prototype.parseString
  const known = new Map()
  Color.prototype.parseString = function (words) {
    if (!known.has(words)) known.set(words, read.call(new Color(0, 0, 0), words))
    const { r, g, b, alpha } = known.get(words)
    return Object.assign(this, { r, g, b, alpha })
  }
})()
"""
# What a colour is made of it keeps in seven maps beside it, as older browsers need; to make so many took a quarter of the
# rest. It keeps them on itself, where nothing else finds them. `test_axe.py` holds what is found to what axe finds.
BESIDE_ITSELF = re.compile(r"\((?:\w+=new WeakMap,){6}\w+=new WeakSet,")
ON_ITSELF = """(() => {
  const own = Symbol()
  return {
    has: it => own in it, get: it => it[own], set(it, what) { it[own] = what }, add(it) { it[own] = true }
  }
})()"""


def _with_its_colours_kept(script: str) -> str:
    (maps,) = BESIDE_ITSELF.findall(script)  # or there is another axe, of which this is not known
    return script.replace(maps, re.sub(r"new Weak(Map|Set)", ON_ITSELF, maps))


SCRIPT = f"{_with_its_colours_kept(AXE.axe_script)}\n;{KEEP_COLOURS}"
BRING = f"window.bringAxe = () => {{ {SCRIPT} }}"
BUILT = (Path(__file__).parent / "built.js").read_text()
# What fails, and not all the rest that was kept: it takes a fifth of the time to hand that over
RUN = """async leftOut => {
  const where = leftOut?.length ? {exclude: leftOut.map(number => lookedAt[number])} : document
  return (await axe.run(where, {resultTypes: ['violations']})).violations
}"""
FOUND_GOOD: dict[bool, set[str]] = defaultdict(set)  # builds, by whether the page is a wide one
# The one thing excepted: GOV.UK Frontend marks a radio that reveals more with aria-expanded, knowingly
# (alphagov/govuk-frontend issue 979); axe calls it wrong.
EXCEPTED_RULE, EXCEPTED_CLASS, EXCEPTED_ATTRIBUTE = (
    "aria-allowed-attr",
    "govuk-radios__input",
    "aria-expanded",
)


def bring(page) -> None:
    """For a walk that checks every page it opens: it is not handed over anew to each, which took a third of a second."""
    page.add_init_script(BRING)


def check_accessible(page) -> None:
    """Fail with every violation, once for what is built alike: where it is and how to mend it."""
    page.wait_for_load_state()  # a press alone waits for the first line of an answer
    found_good = FOUND_GOOD[page.viewport_size["width"] >= TABLET]
    built = [one.split(":") for one in page.evaluate(BUILT).split(" ")]
    new = _holds_new(built, found_good)
    if not new[0]:
        return
    left_out = [  # each with all that is in it
        number for number, (within, _) in enumerate(built) if not new[number] and new[int(within)]
    ]
    if not page.evaluate(IS_THERE):
        page.evaluate(SCRIPT)
    found = page.evaluate(RUN, left_out)
    faults = [
        _words(rule, node) for rule in found for node in rule["nodes"] if not _excepted(rule, node)
    ]
    assert not faults, f"{page.url} has {len(faults)} accessibility faults:\n\n" + "\n\n".join(
        faults
    )
    found_good.update(build for _, build in built)


def _holds_new(built: list, found_good: set[str]) -> list[bool]:
    """Of each element, whether it or anything in it is built as nothing before it on the page, nor what was found good."""
    met, new = set(found_good), []
    for _, build in built:
        new.append(build not in met)
        met.add(build)
    for number in range(len(built) - 1, 0, -1):  # from the innermost out
        new[int(built[number][0])] |= new[number]
    return new


def _excepted(rule: dict, node: dict) -> bool:
    return (
        rule["id"] == EXCEPTED_RULE
        and EXCEPTED_CLASS in node["html"]
        and EXCEPTED_ATTRIBUTE in node["failureSummary"]
    )


def _words(rule: dict, node: dict) -> str:
    where = " ".join(str(step) for step in node["target"])
    return f"{rule['id']}: {rule['help']}\n  at {where}\n  {node['html'][:300]}\n  {node['failureSummary']}"
