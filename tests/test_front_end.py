"""What is served beside the pages: built from packages, with nothing that is not ours to use."""

import json
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
BUILT = ROOT / "static" / "built"
OURS = ROOT / "static" / "src"
TEMPLATES = sorted(ROOT.glob("templates/**/*.html"))


@pytest.fixture(scope="module")
def stylesheet():
    return (BUILT / "site.css").read_text()


@pytest.mark.parametrize("forbidden", ["GDS Transport", "crest", "@font-face", "@import"])
def test_the_stylesheet_has_no_font_or_crest_of_the_governments_own(stylesheet, forbidden):
    assert forbidden not in stylesheet


def test_the_stylesheet_reaches_for_nothing_outside(stylesheet):
    named = re.findall(r"url\(([^)]*)\)", stylesheet)
    addresses = re.findall(r"https?://(?!\"\])", stylesheet)  # [href^="http://"] only selects

    assert named
    assert not [address for address in named if re.match(r"[\"']?(https?:)?//", address)]
    assert not addresses


def test_every_image_the_stylesheet_names_is_there_and_no_other(stylesheet):
    named = set(re.findall(r"url\(\"?images/([^\")]+)", stylesheet))

    assert named == {path.name for path in (BUILT / "images").iterdir()}


@pytest.mark.parametrize("script", sorted(path.name for path in OURS.glob("*.js")))
def test_our_own_scripts_are_served_as_they_are_written(script):
    assert (BUILT / script).read_text() == (OURS / script).read_text()


def test_no_package_script_names_a_map_that_is_not_served():
    for script in BUILT.glob("*.js"):
        assert "sourceMappingURL" not in script.read_text()


def test_the_lock_names_no_registry():
    packages = json.loads((ROOT / "package-lock.json").read_text())["packages"]

    assert len(packages) > 3
    assert not [name for name, package in packages.items() if "resolved" in package]
    assert all("integrity" in package for name, package in packages.items() if name)


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_page_holds_a_script_or_a_style_of_its_own(path):
    source = path.read_text()

    assert not re.search(r"\sstyle=|<style|\son[a-z]+=|javascript:", source)
    for script in re.findall(r"<script([^>]*)>", source):
        assert "src=" in script


@pytest.mark.parametrize(
    "path", sorted(ROOT.glob("templates/components/*.html")), ids=lambda path: path.name
)
def test_every_component_begins_by_listing_its_inputs(path):
    assert path.read_text().startswith("{# ")


@pytest.mark.parametrize(
    "path", sorted(ROOT.glob("templates/components/*.html")), ids=lambda path: path.stem
)
def test_every_component_is_in_the_guide(path):
    guide = (ROOT / "docs" / "screens.md").read_text()
    parts = {"due_row", "icon", "messages"}  # stand only inside another

    assert path.stem in parts or f"{path.stem}.html" in guide
