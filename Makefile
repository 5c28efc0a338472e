# Everything a developer types. `make run` and `make test` set up whatever is missing first.
SHELL := /bin/bash
PY ?= python3
BIN := .venv/bin
EMBEDDED := $(BIN)/python -m resilience_site.embedded
APPS := access accounts audit clients coping core dashboard homework mindset portal reminders resilience_site safety selfcare strengths therapy
SUDO = $(shell [ "$$(id -u)" = 0 ] || command -v sudo || echo "false needs root:")
APT = $(SUDO) env DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=300
INSTALL = $(APT) update -qq && $(APT) install -y -qq --no-install-recommends
COMPILE := $(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header --no-annotate pyproject.toml

.PHONY: help setup run reset-demo test test-full security lint format bench bench-portal screenshots lock system-test
.NOTPARALLEL:

help:
	@echo "run          start the product at http://127.0.0.1:8000 (HOST, PORT, DATA_DIR, DEMO_PASSWORD)"
	@echo "reset-demo   delete its data; the next start makes it anew"
	@echo "test         lint, then every quick test, then the journeys in a browser"
	@echo "test-full    the same with the slow tests"
	@echo "security     every stranger at every address, forged tokens, every page in a browser; ends with a line of figures"
	@echo "lint format  check; put into form"
	@echo "bench        pages, writes, reminders beside their budgets (docs/performance.md)"
	@echo "bench-portal the client's first page on a bad line, in a browser"
	@echo "screenshots  the pictures of the README"
	@echo "setup lock   install into .venv; pin the dependencies anew"

setup: .venv/.ok

.venv/.ok: requirements-dev.txt
	@$(PY) -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 14))' || { echo "Python 3.11, 3.12 or 3.13 is needed: name one with make PY=python3.12 ..." >&2; exit 1; }
	@$(PY) -c 'import ensurepip' 2>/dev/null || { $(INSTALL) python3-venv >/dev/null; } || { echo "Python's venv module is missing: install the package python3-venv." >&2; exit 1; }
	@echo "Installing into .venv ..."
	@$(PY) -m venv .venv
	@sed -n '/^uv==/,/[^\\]$$/p' requirements-dev.txt > .venv/uv.txt
	@$(BIN)/pip install -q --disable-pip-version-check --require-hashes -r .venv/uv.txt
	@$(BIN)/uv pip sync -q -p $(BIN)/python --require-hashes requirements-dev.txt 2>.venv/uv.log || \
		{ echo "uv could not (.venv/uv.log); pip takes a minute ..."; $(BIN)/pip install -q --disable-pip-version-check --require-hashes -r requirements-dev.txt; }
	@touch $@

run: setup
	@exec $(EMBEDDED) run

reset-demo: setup
	@exec $(EMBEDDED) reset

# A browser for the journeys; libatomic1 is for the driver's own Node on Debian 12.
system-test: setup
	@command -v chromium >/dev/null || { echo "Installing Chromium ..."; $(INSTALL) chromium fonts-liberation libatomic1 >/dev/null; } || \
		{ echo "The journeys need a browser: install the packages chromium, fonts-liberation and libatomic1." >&2; exit 1; }

test: lint system-test
	@$(EMBEDDED) exec --test -- $(BIN)/pytest -q -n 2 --ignore=tests/journeys
	@$(EMBEDDED) exec --serve -- $(BIN)/pytest -q -n 2 --dist loadfile tests/journeys

test-full: lint system-test
	@$(EMBEDDED) exec --test -- $(BIN)/pytest -q -n 2 -m "" --ignore=tests/journeys
	@$(EMBEDDED) exec --serve -- $(BIN)/pytest -q -m "" tests/journeys

# Ends with one JSON line; about ten minutes.
security: system-test
	@$(BIN)/python -m tests.security

lint: setup
	@$(BIN)/ruff check -q .
	@$(BIN)/ruff format -q --check .
	@SECRET_KEY=lint DATABASE_URL=postgresql://lint@/lint REDIS_URL=redis://lint $(BIN)/mypy $(APPS)
	@$(BIN)/djlint --quiet --lint $$(find templates $(APPS) -type d -name templates -prune)
	@$(BIN)/lint-imports --no-logo

format: setup
	@$(BIN)/ruff check -q --fix .
	@$(BIN)/ruff format -q .

bench: setup
	@$(EMBEDDED) exec --test -- $(BIN)/python -m bench

bench-portal: system-test
	@$(EMBEDDED) exec --serve -- $(BIN)/python -m bench.portal

screenshots: system-test
	@$(EMBEDDED) exec --serve -- $(BIN)/python -m tests.screenshots

# One package only: make lock UPGRADE="-P django"
lock: setup
	@$(COMPILE) $(UPGRADE) --extra embedded -o requirements.txt
	@$(COMPILE) $(UPGRADE) --extra embedded --group dev -c requirements.txt -o requirements-dev.txt
