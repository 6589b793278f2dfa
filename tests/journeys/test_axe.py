"""What we changed of axe, so that it takes less long, finds what axe itself finds."""

import json

import pytest

from tests.journeys import axe as ours
from tests.journeys.widths import DESKTOP, PHONE

COLOURS = (
    "#767676", "#777777", "rgb(0 0 0 / 55%)", "rgba(0, 0, 0, 0.5)", "hsl(210 60% 60%)", "rebeccapurple", "silver",
    "color(srgb 0.5 0.5 0.5)", "transparent",
)  # fmt: skip
BEHIND = (
    "#fff",
    "#f3f2f1",
    "#1d70b8",
    "rgb(29 112 184 / 30%)",
    "linear-gradient(#fff, #000)",
    "black",
)
OPACITIES = (1, 0.8)
TEXTS = "".join(
    f'<div style="background: {behind}"><p style="color: {colour}; opacity: {opacity}">Read me</p></div>'
    for behind in BEHIND
    for colour in COLOURS
    for opacity in OPACITIES
)
BLENDED = "".join(
    f'<div style="background: #888"><p style="background: #c33; mix-blend-mode: {mode}; color: #777">Blended</p></div>'
    for mode in ("multiply", "screen", "overlay", "hue", "saturation", "color", "luminosity")
)
FAULTY = f"""<html><head><title>Faults</title></head><body><main>
<img src="data:,"><input name="one"><p style="position: absolute; left: 700px; color: #aaa">Over there</p>
<p style="text-shadow: 0 0 2px #999; color: #999">In a shadow</p>{TEXTS}{BLENDED}</main></body></html>"""
FEWEST = 40  # texts that are hard to read among them


@pytest.fixture
def page(chromium, migrated):
    """Without a site, as this is about axe alone; what is migrated has it wait for the journeys, with whose browser it runs."""
    with chromium.new_context() as context:
        page = context.new_page()
        page.set_content(FAULTY)
        yield page


@pytest.mark.parametrize("width", [DESKTOP, PHONE])
def test_it_finds_each_fault_that_axe_finds_and_says_the_same_of_it(page, width):
    page.set_viewport_size({"width": width, "height": 900})
    page.evaluate(ours.AXE.axe_script)
    theirs = page.evaluate(ours.RUN)
    page.evaluate(ours.SCRIPT)

    found = page.evaluate(ours.RUN)

    contrast = next(one for one in found if one["id"] == "color-contrast")
    assert len(contrast["nodes"]) > FEWEST
    assert len(found) > 3
    assert json.dumps(found) == json.dumps(theirs)
