"""No wording of ours reassures: no trace of some people is never said to mean that there is nothing.

Source: product rules, checks: "No trace on 3 May for A and B at 4 X Street, asked of Y", never "no
domestic abuse".
"""

import ast
import re
from pathlib import Path

import pytest
from django.urls import reverse
from django.utils.timezone import localdate

from cases.reference.checks import CheckKind, Reply
from staff.permissions import Role
from tests.factories import (
    CaseFactory,
    EnquiryFactory,
    RelatedPersonFactory,
    SubjectFactory,
    UserFactory,
)

ROOT = Path(__file__).parent.parent
REASSURING = re.compile(
    r"nothing\s+(?:is\s+|was\s+)?known|no\s+known\s+(?:risk|abuse|violence|concern|history)|no\s+domestic\s+abuse|no\s+(?:safeguarding\s+)?concerns\b"
    r"|all[\s-]clear|\bcame\s+back\s+clear|\bclear\s+(?:check|reply|result|of\s+concern)|no\s+adverse|nil\s+return",
    re.IGNORECASE,
)
# What agencies and extracts say is read here; what officers type to get past a box is refused
READS_THEIR_WORDS = (
    "cases/rules/importing/",
    "cases/management/demo/",
    "cases/rules/interim.py",
    "cases/rules/stock.py",
)
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
MODULES = [
    path
    for app in ("staff", "cases", "grid", "unpaidwork", "oversight")
    for path in sorted((ROOT / app).rglob("*.py"))
    if "migrations" not in path.parts
    and not str(path.relative_to(ROOT)).startswith(READS_THEIR_WORDS)
]


def said_in(module):
    """Every text of a module that is no docstring."""
    tree = ast.parse(module.read_text())
    docs = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    return [
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docs
    ]


def test_no_template_reassures():
    found = {str(path): REASSURING.findall(path.read_text()) for path in TEMPLATES}

    assert {path: words for path, words in found.items() if words} == {}


def test_no_rule_form_or_page_reassures():
    found = {
        str(path): [text for text in said_in(path) if REASSURING.search(text)] for path in MODULES
    }

    assert {path: words for path, words in found.items() if words} == {}


@pytest.mark.django_db
@pytest.mark.parametrize("reply", [Reply.NO_TRACE, Reply.PARTIAL])
@pytest.mark.parametrize("kind", [CheckKind.POLICE, CheckKind.CHILDREN])
def test_no_page_list_or_file_reassures_about_a_child_nobody_asked_about(client, kind, reply):
    case = CaseFactory()
    RelatedPersonFactory(case=case, name="Jo Marsh")
    enquiry = EnquiryFactory(case=case, kind=kind, replied=True, reply=reply, due_on=localdate())
    SubjectFactory(enquiry=enquiry, name=case.name, born_on=case.born_on, reply=reply)
    client.force_login(UserFactory(role=Role.HEAD))

    addresses = [
        reverse("case", args=[case.crn]),
        reverse("case-checks", args=[case.crn]),
        reverse("check", args=[case.crn, enquiry.pk]),
        reverse("api-enquiries", args=[case.crn]),
        reverse("checks-desk-csv"),
    ]
    for address in addresses:
        answer = client.get(address)
        body = b"".join(answer) if answer.streaming else answer.content
        assert REASSURING.findall(body.decode()) == [], address
        assert re.search(
            r"(Does not cover|Not covered by any reply): [^\"<]*Jo Marsh", body.decode()
        ), address
