"""A fault is found however much of its page is built as what was found good before, and however far down it stands."""

from collections import defaultdict

import pytest

from tests.journeys import axe
from tests.journeys.widths import DESKTOP, PHONE, TABLET, WIDTHS, ZOOMED

LAST = 60
STYLE = """body { color: #0b0c0c; background: #fff } .box { overflow: auto; height: 60px; width: 200px } .pale { color: #999 }
.hidden { display: none } a { color: #1d70b8 }"""


def row(number, word="Read"):
    return (
        f'<tr><th scope="row"><a href="/{number}/">{word} {number}</a></th><td class="said">{word} it</td>'
        f'<td><label for="a{number}">Answer {number}</label><input id="a{number}" name="a{number}"></td></tr>'
    )


def good_page(rows=LAST, word="Read", style=STYLE):
    return f"""<!doctype html><html lang="en"><head><title>{word}</title><style>{style}</style></head><body>
<nav aria-label="Main"><a href="/">{word} home</a></nav><nav aria-label="Of the case"><a href="/case/">{word} more</a></nav>
<main><h1>{word}</h1><h2>{word} first</h2><div class="box">{word}</div><h2>{word} then</h2>
<p>{word} this <button aria-expanded="false">{word}</button> <img src="data:," alt=""></p>
<dl><dt>{word}</dt><dd>{word} of it</dd></dl><ul><li>{word} one</li><li>{word} two</li></ul>
<table><thead><tr><th scope="col">{word}</th><th scope="col">{word}</th><th scope="col">{word}</th></tr></thead>
<tbody>{"".join(row(number, word) for number in range(1, rows + 1))}</tbody></table></main></body></html>"""


GOOD = good_page()
LINK = f'<a href="/{LAST}/">Read {LAST}</a>'
SAID = f"{LINK}</th><td"
FAULTS = {  # the rule that finds it: what is there instead, once for each
    "link without a name": ("link-name", LINK, f'<a href="/{LAST}/"></a>'),
    "link that only shows its name": ("link-name", LINK, f'<a href="/{LAST}/"><b aria-hidden="true">Read</b></a>'),
    "link without a name in another build": ("link-name", LINK, f'<b>Read</b> <i><a href="/{LAST}/"></a></i>'),
    "missing label": ("label", f'<label for="a{LAST}">Answer {LAST}</label>', f"Answer {LAST}"),
    "label that is hidden": ("label", f'<label for="a{LAST}">', f'<label for="a{LAST}" class="hidden">'),
    "label of nothing": ("label", f'<label for="a{LAST}">Answer {LAST}</label>', f'<label for="a{LAST}"></label>'),
    "key that is two links'": ("accesskeys", "<h1>Read</h1>", "<h1>Read</h1>" + 2 * '<a href="/" accesskey="r">Read</a>'),
    "pale words": ("color-contrast", f'{SAID} class="said"', f'{SAID} class="said pale"'),
    "pale by where it stands": ("color-contrast", "</style>", f"tr:nth-child({LAST}) .said {{ color: #999 }}</style>"),
    "pale beneath what says no more": ("color-contrast", "</style>", f"tr:nth-child({LAST}) {{ background: #555 }}</style>"),
    "term that is nothing": ("definition-list", "<dd>Read of it</dd>", ""),
    "item that is none": ("list", "<li>Read two</li>", "<p>Read two</p>"),
    "image without words": ("image-alt", 'data:," alt=""', 'data:,"'),
    "button without a name": ("button-name", ">Read</button>", "></button>"),
    "state that is none": ("aria-valid-attr-value", 'aria-expanded="false"', 'aria-expanded="shut"'),
    "heading too deep": ("heading-order", "<h2>Read then</h2>", "<h4>Read then</h4>"),
    "no heading of the page": ("page-has-heading-one", "<h1>Read</h1>", "<p>Read</p>"),
    "landmarks of one name": ("landmark-unique", "Of the case", "Main"),
    "more that moves than fits": ("scrollable-region-focusable", '"box">', '"box">' + "Read on and on. " * 50),
    "no language": ("html-has-lang", ' lang="en"', ""),
    "no title": ("document-title", "<title>Read</title>", "<title></title>"),
    "what is hidden but reached": ("aria-hidden-focus", f'{SAID} class="said"', f'{SAID} class="said" aria-hidden="true" tabindex="0"'),
    "words outside every landmark": ("region", "</main>", "</main><p>Read</p>"),
}  # fmt: skip


@pytest.fixture
def page(chromium, migrated, monkeypatch):
    """Of its own site no more than `test_axe.py` has."""
    monkeypatch.setattr(axe, "FOUND_GOOD", defaultdict(set))
    with chromium.new_context(viewport={"width": DESKTOP, "height": 900}) as context:
        page = context.new_page()
        page.evaluate(axe.SCRIPT)
        page.evaluate(
            "asked = 0; run = axe.run; axe.run = (...given) => { asked++; return run(...given) }; 0"
        )
        yield page


def judge(page, content):
    """Gives how often axe was asked."""
    page.set_content(content)
    page.evaluate("asked = 0")
    axe.check_accessible(page)
    return page.evaluate("asked")


@pytest.mark.parametrize("rule, there, instead", FAULTS.values(), ids=FAULTS)
def test_a_fault_is_found_on_a_page_built_as_a_good_one_but_for_it(page, rule, there, instead):
    assert GOOD.count(there) == 1
    assert judge(page, GOOD) == 1

    with pytest.raises(AssertionError, match=f"\n\n{rule}: "):
        judge(page, GOOD.replace(there, instead))


@pytest.mark.parametrize("rule, there, instead", FAULTS.values(), ids=FAULTS)
def test_a_fault_is_found_by_whoever_has_seen_nothing_before(page, rule, there, instead):
    with pytest.raises(AssertionError, match=f"\n\n{rule}: "):
        judge(page, GOOD.replace(there, instead))


def test_a_page_that_was_not_good_is_found_so_again(page):
    pale = GOOD.replace(SAID, SAID.replace("<td", '<td id="pale" style="color: #999"'))

    for _ in range(2):
        with pytest.raises(AssertionError, match='color-contrast: .*\n.*\n.*id="pale"'):
            judge(page, pale)


@pytest.mark.parametrize("width", [TABLET, PHONE, ZOOMED])
def test_what_is_pale_there_alone_is_found_at_a_smaller_width(page, width):
    pale = good_page(style=f"{STYLE} @media (max-width: {width}px) {{ td {{ color: #999 }} }}")
    assert judge(page, pale) == 1
    for smaller in WIDTHS:
        page.set_viewport_size({"width": smaller, "height": 900})
        judge(page, GOOD)

    page.set_viewport_size({"width": width, "height": 900})
    with pytest.raises(AssertionError, match="color-contrast: "):
        judge(page, pale)


def test_what_was_good_on_a_desktop_is_judged_anew_on_a_phone(page):
    judge(page, GOOD)
    page.set_viewport_size({"width": PHONE, "height": 900})

    assert judge(page, GOOD) == 1


def test_the_same_page_about_others_and_with_fewer_of_them_is_not_judged_again(page):
    judge(page, GOOD)

    assert judge(page, good_page(rows=LAST - 20, word="Look at")) == 0
