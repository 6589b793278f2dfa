"""Reads a rendered page the way a browser does: elements with their attributes and text."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = {"br", "hr", "img", "input", "link", "meta", "path", "rect"}


@dataclass
class Element:
    name: str
    attributes: dict
    text: str = ""
    inside: list = field(default_factory=list)  # names of the elements around it

    def __getitem__(self, attribute):
        return self.attributes.get(attribute)


class Page(HTMLParser):
    """The elements of a page in order, each with all the text inside it."""

    def __init__(self, html):
        super().__init__()
        self.elements, self.open, self.words = [], [], []
        self.feed(html)
        self.close()

    def handle_starttag(self, name, attributes):
        element = Element(name, dict(attributes), inside=[one.name for one in self.open])
        self.elements.append(element)
        if name not in VOID:
            self.open.append(element)

    def handle_endtag(self, name):
        if name not in VOID:
            assert self.open, f"</{name}> closes nothing"
            closed = self.open.pop()
            assert closed.name == name, f"<{closed.name}> is closed by </{name}>"

    def handle_data(self, text):
        self.words.append(text)
        for element in self.open:
            element.text += text

    def close(self):
        super().close()
        assert not self.open, f"left open: {[one.name for one in self.open]}"

    def all(self, element_name=None, /, **wanted):
        """Elements of this name with these attributes; class_ asks for one class of several."""
        one_class = wanted.pop("class_", None)
        return [
            element
            for element in self.elements
            if element_name in (None, element.name)
            and (one_class is None or one_class in (element["class"] or "").split())
            and all(element[key.replace("_", "-")] == value for key, value in wanted.items())
        ]

    def one(self, element_name=None, /, **wanted):
        found = self.all(element_name, **wanted)
        assert len(found) == 1, f"{len(found)} of {element_name} {wanted}"
        return found[0]

    @property
    def ids(self):
        return [element["id"] for element in self.elements if element["id"]]

    @property
    def text(self):
        return " ".join(" ".join(self.words).split())


def sound(page):
    """The page, once everything in it that names something else is known to name what is there."""
    assert len(page.ids) == len(set(page.ids)), f"ids twice: {page.ids}"
    for element in page.elements:
        named = [
            *(element["aria-describedby"] or "").split(),
            *(element["aria-labelledby"] or "").split(),
            *([element["for"]] if element["for"] else []),
            *([element["data-aria-controls"]] if element["data-aria-controls"] else []),
        ]
        assert set(named) <= set(page.ids), f"{element.name} names {named}, not on the page"
        assert not element["style"], "a style attribute, which the content security policy refuses"
        handlers = [name for name in element.attributes if name.startswith("on")]
        assert not handlers, f"{handlers}, which the content security policy refuses"
    return page
