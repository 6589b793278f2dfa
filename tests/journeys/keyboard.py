"""A page used with nothing but a keyboard."""

import re

MOST_TABS = 60
FOCUSED = """() => {
  const focused = document.activeElement
  return focused ? focused.innerText || focused.id || focused.name || "" : ""
}"""


def tab_to(page, words, most=MOST_TABS):
    """Presses Tab until what has the focus reads so, or else bears such an id or name.

    Before, wait for something of the page it is on: a press returns before the page that it leads to is there.
    """
    for _ in range(most):
        page.keyboard.press("Tab")
        focused = " ".join(page.evaluate(FOCUSED).split())
        if re.search(words, focused):
            return
    raise AssertionError(f"{words} is not reached in {most} presses of Tab on {page.url}")
