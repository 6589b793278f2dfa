"""The shape of the code, kept true: which way imports point, what each kind of module may hold."""

import ast
import sys
import warnings
from functools import cache
from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.urls import URLResolver, get_resolver

from staff.permissions import Action

ROOT = Path(__file__).parent.parent
ROWS = [  # an app imports only from rows above its own here, never from a sibling
    ["staff"],
    ["cases"],
    ["grid", "unpaidwork", "ttg"],
    ["oversight"],
    ["probation"],
]
LAYERS = [  # within an app, likewise
    ["errors", "permissions", "reference"],
    ["rules"],
    ["models"],
    ["audit"],
    ["access", "agencies", "queries", "oidc", "sessions"],
    ["services"],
    ["kit"],
    ["forms", "navigation", "templatetags"],
    ["api", "management", "tasks", "views"],
    ["urls"],
]
PROJECT = {
    "api", "celery", "embedded", "health", "local", "names_of_choices", "outside", "parsers", "problems", "run", "settings", "urls", "wsgi",
}  # fmt: skip
PURE = {"holidays", "dateutil", "shapely", "pyproj", "rapidfuzz", "jellyfish", "ortools"}
# Reached before anybody has signed in, or by a machine: these name no action
PUBLIC = {
    "sign-in", "sign-out", "stay-signed-in", "home", "help", "health-live", "health-ready", "api-schema", "api-root",
    "api-sign-in", "api-sign-out", "answer-referral",
}  # fmt: skip
LINES_OF_A_MODULE = (300, 600)  # warn above the first, fail above the second
LINES_OF_A_FUNCTION = (40, 80)

APPS = [app for row in ROWS for app in row]
MODULES = {
    ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"): path
    for app in APPS
    for path in ROOT.glob(f"{app}/**/*.py")
    if "migrations" not in path.parts
}
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)


@cache
def tree_of(module):
    """Read when first asked for: each process of a run collects every test, and few run those of this file."""
    return ast.parse(MODULES[module].read_text())


@cache
def nodes_of(module):
    return list(ast.walk(tree_of(module)))


def imported_by(module):
    """Every name, with a dot before it where the import is relative."""
    for node in nodes_of(module):
        if isinstance(node, ast.ImportFrom):
            start = "." * node.level + (node.module or "")
            yield from (f"{start}.{name.name}" for name in node.names)
        elif isinstance(node, ast.Import):
            yield from (name.name for name in node.names)


def place_in(table, name):
    return next((number for number, row in enumerate(table) if name in row), None)


def kind_of(module):
    """The kind of module that `app.kind.noun` is; blank for the app itself."""
    return [*module.split("."), ""][1]


def faults(find, modules):
    """What `find(module)` says of each; a rule that was asked of no module would hold of anything."""
    asked = list(modules)
    assert asked, "no module is of this kind"
    return [f"{module}: {fault}" for module in asked for fault in find(module)]


def wrong_imports(module):
    app = module.split(".")[0]
    for target in imported_by(module):
        other = target.split(".")[0]
        if target.startswith("."):
            yield f"write absolute imports, not {target}"
        elif other in APPS and other != app:
            if place_in(ROWS, other) >= place_in(ROWS, app):
                yield f"may not import {target}"
        elif other in APPS and app != "probation":
            kind, wanted = kind_of(module), kind_of(target)
            below, here = place_in(LAYERS, wanted), place_in(LAYERS, kind)
            if None in (below, here) or (kind != wanted and below >= here):
                yield f"may not import {target}"


def test_imports_point_one_way():
    assert faults(wrong_imports, MODULES) == []


def unknown_kind(module):
    known = PROJECT if module.startswith("probation.") else {kind for row in LAYERS for kind in row}
    if kind_of(module) not in known | {"apps"} and not module.endswith("__main__"):
        yield "is of no known kind"


def test_every_module_is_of_a_known_kind():
    assert faults(unknown_kind, (module for module in MODULES if "." in module)) == []


def not_plain(module):
    top = set(tree_of(module).body)
    for node in nodes_of(module):
        if isinstance(node, ast.Import | ast.ImportFrom) and node not in top:
            yield f"import at the top of the module: line {node.lineno}"
        if isinstance(node, FUNCTIONS):
            if node.name == "save":
                yield f"write a service, not a save(): line {node.lineno}"
            if any("receiver" in ast.unparse(mark) for mark in node.decorator_list):
                yield f"call a service, do not listen for signals: line {node.lineno}"


def test_modules_are_plain():
    assert faults(not_plain, MODULES) == []


def says_nothing(module):
    if not ast.get_docstring(tree_of(module)):
        yield "does not say what it is for"


def test_every_module_says_what_it_is_for():
    written = (module for module, path in MODULES.items() if path.stat().st_size)

    assert faults(says_nothing, written) == []


def lengths(module):
    """Of the module and each of its functions: which, its lines, and how many are warned of and too many."""
    yield "the module", len(MODULES[module].read_text().splitlines()), LINES_OF_A_MODULE
    for node in nodes_of(module):
        if isinstance(node, FUNCTIONS):
            yield node.name, node.end_lineno - node.lineno + 1, LINES_OF_A_FUNCTION


def too_long(module):
    for name, lines, (warn, fail) in lengths(module):
        if lines > warn:
            warnings.warn(f"{module}: {name} has {lines} lines", stacklevel=2)
        if lines > fail:
            yield f"{name} has {lines} lines"


def test_modules_and_functions_are_short():
    assert faults(too_long, MODULES) == []


def not_for_rules(module):
    for target in imported_by(module):
        package = target.split(".")[0]
        outside = package in PURE | sys.stdlib_module_names
        ours = package in APPS and kind_of(target) in {"reference", "rules", "permissions"}
        refusal = f"{target}.".startswith("staff.errors.")
        if not (outside or ours or refusal):
            yield f"{target} is not for rules"


def test_rules_are_pure():
    assert faults(not_for_rules, (m for m in MODULES if kind_of(m) == "rules")) == []


def endpoints(patterns):
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from endpoints(pattern.url_patterns)
        else:
            yield pattern


def test_every_address_names_its_action():
    for endpoint in endpoints(get_resolver().url_patterns):
        view = getattr(endpoint.callback, "cls", endpoint.callback)
        named = isinstance(getattr(view, "action", None), Action)
        assert named or endpoint.name in PUBLIC, f"{endpoint.name} declares no action"


def test_the_database_is_postgresql_and_there_is_no_admin_site():
    engines = {database["ENGINE"] for database in settings.DATABASES.values()}

    assert engines == {"django.db.backends.postgresql"}
    assert "django.contrib.admin" not in settings.INSTALLED_APPS


@pytest.mark.django_db
def test_migrations_match_the_models():
    said = StringIO()

    call_command("makemigrations", check=True, dry_run=True, stdout=said)

    assert said.getvalue().strip() == "No changes detected"


@pytest.mark.parametrize("app", ["staff", "cases", "grid", "unpaidwork"])
def test_migrations_are_linear(app):
    names = sorted(path.stem for path in (ROOT / app / "migrations").glob("[0-9]*.py"))

    assert [name[:4] for name in names] == [f"{n:04}" for n in range(1, len(names) + 1)]
