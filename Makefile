# Two commands carry the system: `make run` starts it, `make test` proves it.
# Needed: x86-64 Linux, Python 3.11 or 3.12 with venv, make, git. Everything else is fetched by `make setup`.

PORT ?= 8000
WORKERS ?= 2
export PORT
# Where this is set, every program that a run starts compiles each module of ours anew
unexport PYTHONDONTWRITEBYTECODE

BIN := .venv/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes
NPM := PATH="$(CURDIR)/$(BIN):$$PATH" npm
FRONT_END := static/build.mjs $(shell find static/src -type f 2>/dev/null)

# A user without a home of their own (a service account) has nowhere to keep npm's downloads.
ifneq ($(shell test -w "$$HOME" && echo yes),yes)
export npm_config_cache := $(CURDIR)/.venv/npm-cache
endif

.PHONY: help run setup test lint types nightly unordered bench lock clean
.DELETE_ON_ERROR:

help:
	@sed -n 's/^## //p' Makefile

## make run      set up and start everything at http://localhost:8000 (another port: make run PORT=9000)
run: setup
	@$(BIN)/python -m probation.run

## make setup    fetch and build everything without starting; ./manage.py COMMAND then works by itself
setup: .venv/installed staticfiles/staticfiles.json

## make test     set up and run every check and test, journeys in a real browser included
test: setup lint types
	@echo "Are the migrations complete?"
	@./manage.py makemigrations --check --dry-run
	@$(BIN)/python -m pytest -n $(WORKERS) --dist worksteal -m "not nightly"

## make lint     style and layout of the Python
lint: .venv/installed-for-tests
	@echo "Checking style"
	@$(BIN)/ruff check --quiet
	@$(BIN)/ruff format --quiet --check

## make types    the types, where they are given
types: .venv/installed-for-tests
	@echo "Checking types"
	@SECRET_KEY=none DATABASE_URL=postgres:///none REDIS_URL=redis://none $(BIN)/mypy

## make nightly  the long tests and the benchmarks
nightly: setup .venv/installed-for-tests
	@$(BIN)/python -m pytest -n $(WORKERS) --dist worksteal -m nightly
	@$(MAKE) --no-print-directory bench

## make unordered    the tests that need no browser, with whatever a query leaves in no order turned round
unordered: setup .venv/installed-for-tests
	@$(BIN)/python -m pytest -n $(WORKERS) --dist worksteal -m "not nightly and not browser" -p tests.unordered

## make bench    speed and size at national scale, against the goals in docs
bench: setup
	@$(BIN)/python -m bench

## make lock     choose the newest versions that requirements*.in and package.json allow
lock: .venv/made
	@tool=$$(mktemp -d) && trap 'rm -rf "$$tool"' EXIT && \
	$(BIN)/python -m venv "$$tool" && "$$tool/bin/pip" install --quiet --disable-pip-version-check uv && \
	for set in requirements requirements-embedded requirements-dev; do \
		"$$tool/bin/uv" pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes \
			--no-header --output-file $$set.txt $$set.in || exit 1; \
	done
	@$(NPM) update --package-lock-only --ignore-scripts

## make clean    remove what set-up fetched and built; the data in .local stays
clean:
	@rm -rf .venv node_modules static/built staticfiles .pytest_cache .ruff_cache .mypy_cache .hypothesis

.venv/made:
	@python=$$(for name in python3.12 python3.11 python3; do \
		$$name -c 'import sys, venv, ensurepip; sys.exit(not (3, 11) <= sys.version_info < (3, 13))' 2>/dev/null \
			&& echo $$name && break; \
	done); \
	if [ -z "$$python" ]; then \
		echo "Python 3.11 or 3.12 with venv is needed (on Debian: apt install python3-venv)." >&2; exit 1; \
	fi; \
	$$python -m venv --clear .venv
	@$(BIN)/python -c 'import pathlib, sysconfig; \
		pathlib.Path(sysconfig.get_path("purelib"), "probation.pth").write_text("$(CURDIR)\n")'
	@touch $@

.venv/installed: .venv/made requirements.txt requirements-embedded.txt
	@echo "Fetching the Python packages (about a minute the first time)"
	@$(PIP) -r requirements.txt -r requirements-embedded.txt
	@touch $@

.venv/installed-for-tests: .venv/installed requirements-dev.txt
	@echo "Fetching the packages that the tests need"
	@$(PIP) -r requirements-dev.txt
	@touch $@

node_modules/.package-lock.json: .venv/installed package.json package-lock.json .npmrc
	@echo "Fetching the front-end packages"
	@$(NPM) ci --silent --ignore-scripts
	@touch $@

static/built/site.css: node_modules/.package-lock.json $(FRONT_END)
	@echo "Building the stylesheet"
	@$(NPM) run --silent build
	@touch $@

staticfiles/staticfiles.json: static/built/site.css
	@./manage.py collectstatic --no-input --verbosity 0
	@touch $@
