"""A breach pack as one indexed PDF: our own pages made by typst, and behind them each letter as it went.

Our pages and the letters are tagged (PDF/UA-1), and stay so in the whole: their trees are put together, so that a screen
reader goes through it from the first page to the last. What it says goes to the template as data.
"""

import io
import json
from pathlib import Path

from pypdf import PdfReader, PdfWriter
from pypdf.generic import ArrayObject, NameObject, NumberObject

from cases.agencies.typeset import as_pdf

TEMPLATE = Path(__file__).with_name("breach_pack.typ")
TRIES = 4  # an index that grows by a page moves what follows it


def breach_pack(said, letters):
    """The bytes of the PDF. `said`: `cases.queries.enforcement.bundle.bundle_of`; `letters`: [(title, bytes)]. Raises CannotPrint."""
    papers = [(title, PdfReader(io.BytesIO(content))) for title, content in letters]
    written, own, guess = b"", None, 1
    for _ in range(TRIES):
        written = _own(said, papers, guess)
        own = PdfReader(io.BytesIO(written))
        if len(own.pages) == guess:
            break
        guess = len(own.pages)
    return _bound(own, papers) if papers else written


def _own(said, papers, own):
    """Our own pages, where they are so many as `own`."""
    appended, page = [], own + 1
    for title, paper in papers:
        appended.append({"title": title, "page": page})
        page += len(paper.pages)
    return as_pdf(TEMPLATE, pack=json.dumps(said), appended=json.dumps(appended), all=str(page - 1))


def _bound(own, papers):
    writer = PdfWriter(clone_from=own)
    for title, paper in papers:
        begins = len(writer.pages)
        writer.append(paper, import_outline=False)
        added = writer.pages[begins:]
        _join_tags(writer, paper, added)
        writer.add_outline_item(title=title, page_number=begins)
    whole = io.BytesIO()
    writer.write(whole)
    return whole.getvalue()


def _join_tags(writer, paper, pages):
    """The tree of a letter becomes the last branch of ours. One that has none is not tagged, and says so by that."""
    ours = writer.root_object.get("/StructTreeRoot")
    theirs = paper.trailer["/Root"].get("/StructTreeRoot")
    if ours is None or theirs is None:
        return
    ours, theirs = ours.get_object(), theirs.get_object()
    shift = int(ours.get("/ParentTreeNextKey", _next_key(ours)))
    copy = theirs.clone(writer)
    numbers = _numbers(ours)
    highest = shift
    for key, value in _pairs(copy["/ParentTree"].get_object()):
        numbers += [NumberObject(key + shift), value]
        highest = max(highest, key + shift + 1)
    ours[NameObject("/ParentTreeNextKey")] = NumberObject(highest)
    for page, as_it_was in zip(pages, paper.pages, strict=True):
        if "/StructParents" in as_it_was:  # which is left out where a page is appended
            number = int(as_it_was["/StructParents"]) + shift
            page[NameObject("/StructParents")] = NumberObject(number)
        for annotation in page.get("/Annots", ()):
            _move(annotation.get_object(), shift)
    _hang(ours, copy)


def _move(annotation, shift):
    if "/StructParent" in annotation:
        number = int(annotation["/StructParent"]) + shift
        annotation[NameObject("/StructParent")] = NumberObject(number)


def _hang(ours, copy):
    """The branches of the copy hang on our own tree."""
    kids = ours["/K"]
    if not isinstance(kids, ArrayObject):
        kids = ArrayObject([ours.raw_get("/K")])
        ours[NameObject("/K")] = kids
    branches = copy["/K"] if isinstance(copy["/K"], ArrayObject) else [copy.raw_get("/K")]
    for branch in branches:
        branch.get_object()[NameObject("/P")] = ours.indirect_reference
        kids.append(branch)


def _numbers(tree_root):
    """The flat list of numbers of our parent tree, made flat where it was not."""
    tree = tree_root["/ParentTree"].get_object()
    if "/Nums" not in tree:
        flat = ArrayObject()
        for key, value in _pairs(tree):
            flat += [NumberObject(key), value]
        tree.pop("/Kids", None)
        tree[NameObject("/Nums")] = flat
    return tree["/Nums"]


def _pairs(tree):
    """(key, value as it is referred to) of a number tree, however deep."""
    for kid in tree.get("/Kids", ()):
        yield from _pairs(kid.get_object())
    numbers = tree.get("/Nums", ArrayObject())
    for at in range(0, len(numbers), 2):
        yield int(numbers[at]), list.__getitem__(numbers, at + 1)


def _next_key(root):
    return max((key for key, _ in _pairs(root["/ParentTree"].get_object())), default=-1) + 1
