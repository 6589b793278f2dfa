"""The shape of the code, kept true: which way imports point, what each kind of module may hold."""

import ast
import sys
import warnings
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
    ["access", "agencies", "queries", "oidc"],
    ["services"],
    ["kit"],
    ["forms", "navigation", "templatetags"],
    ["api", "management", "tasks", "views"],
    ["urls"],
]
PROJECT = {
    "api", "celery", "embedded", "health", "local", "outside", "problems", "run", "settings", "urls", "wsgi",
}  # fmt: skip
PURE = {"holidays", "dateutil", "shapely", "pyproj", "rapidfuzz", "ortools"}
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
TREES = {module: ast.parse(path.read_text()) for module, path in MODULES.items()}
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)


def imported_by(module):
    for node in ast.walk(TREES[module]):
        if isinstance(node, ast.ImportFrom):
            assert not node.level, f"{module}: write absolute imports"
            yield from (f"{node.module}.{name.name}" for name in node.names)
        elif isinstance(node, ast.Import):
            yield from (name.name for name in node.names)


def place_in(table, name):
    return next((number for number, row in enumerate(table) if name in row), None)


def kind_of(module):
    """The kind of module that `app.kind.noun` is; blank for the app itself."""
    return [*module.split("."), ""][1]


@pytest.mark.parametrize("module", MODULES)
def test_imports_point_one_way(module):
    app = module.split(".")[0]
    for target in imported_by(module):
        other = target.split(".")[0]
        if other not in APPS:
            continue
        if other != app:
            assert place_in(ROWS, other) < place_in(ROWS, app), f"{module} may not import {target}"
        elif app != "probation":
            kind, wanted = kind_of(module), kind_of(target)
            below = place_in(LAYERS, wanted) < place_in(LAYERS, kind)
            assert kind == wanted or below, f"{module} may not import {target}"


@pytest.mark.parametrize("module", [module for module in MODULES if "." in module])
def test_every_module_is_of_a_known_kind(module):
    known = PROJECT if module.startswith("probation.") else {kind for row in LAYERS for kind in row}

    assert kind_of(module) in known | {"apps"} or module.endswith("__main__")


@pytest.mark.parametrize("module", MODULES)
def test_modules_are_plain(module):
    top = TREES[module]
    nested = [
        node.lineno
        for node in ast.walk(top)
        if isinstance(node, ast.Import | ast.ImportFrom) and node not in top.body
    ]
    saves = [n.lineno for n in ast.walk(top) if isinstance(n, FUNCTIONS) and n.name == "save"]
    receivers = [
        node.lineno
        for node in ast.walk(top)
        if isinstance(node, FUNCTIONS)
        and any("receiver" in ast.unparse(mark) for mark in node.decorator_list)
    ]

    assert not nested, f"import at the top of the module: lines {nested}"
    assert not saves, f"write a service, not a save(): lines {saves}"
    assert not receivers, f"call a service, do not listen for signals: lines {receivers}"


@pytest.mark.parametrize("module", [m for m, path in MODULES.items() if path.stat().st_size])
def test_every_module_says_what_it_is_for(module):
    assert ast.get_docstring(TREES[module])


@pytest.mark.parametrize("module", MODULES)
def test_modules_and_functions_are_short(module):
    measured = [
        (module, len(MODULES[module].read_text().splitlines()), LINES_OF_A_MODULE),
        *(
            (f"{module}.{node.name}", node.end_lineno - node.lineno + 1, LINES_OF_A_FUNCTION)
            for node in ast.walk(TREES[module])
            if isinstance(node, FUNCTIONS)
        ),
    ]
    for name, lines, (warn, _) in measured:
        if lines > warn:
            warnings.warn(f"{name} has {lines} lines", stacklevel=2)

    assert [(name, lines) for name, lines, (_, fail) in measured if lines > fail] == []


@pytest.mark.parametrize("module", [m for m in MODULES if kind_of(m) == "rules"])
def test_rules_are_pure(module):
    for target in imported_by(module):
        package = target.split(".")[0]
        outside = package in PURE | sys.stdlib_module_names
        ours = package in APPS and kind_of(target) in {"reference", "rules", "permissions"}
        refusal = f"{target}.".startswith("staff.errors.")
        assert outside or ours or refusal, f"{module}: {target} is not for rules"


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
