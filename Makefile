# `make` alone lists what can be made.
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
SHELL := /bin/sh

PYTHON ?= python3
BIN := .venv/bin
READY := .venv/.ready
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet

.PHONY: help run check test lint format bench chaos diagram lock clean

help: ## List these targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-9s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: $(READY) ## Start everything with a demonstration agency; Ctrl-C stops it
	@$(BIN)/kinerja serve --demo

# Most of a test's time is spent waiting for servers and processes, so that more of them fit on two cores.
test: lint ## Check the code, then run every test
	$(BIN)/python -m pytest -n 3 --dist loadfile --no-loadscope-reorder

check: lint ## Check the code and run what needs no server: under two minutes
	$(BIN)/python -m pytest -n 3 tests/states tests/content tests/schemes tests/translations tests/replay tests/test_documentation.py \
		tests/test_documented_tables.py tests/test_repository.py

lint: $(READY) ## Check style, types and the direction of imports
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

format: $(READY) ## Put the code in the common style
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: $(READY) ## Measure against a bare engine and print the figures
	$(BIN)/python -m tests.bench

chaos: $(READY) ## Kill processes at random under load and check that nothing was lost
	$(BIN)/python -m pytest -s -m chaos tests/chaos

diagram: $(READY) ## Draw the lifecycle from its table of transitions
	$(BIN)/python -c "from states.diagram import mermaid; print(mermaid())" > docs/lifecycle.mmd

# Versions that still fit are kept; `make lock UPGRADE=--upgrade` takes the newest of all.
lock: $(READY) ## Pin every dependency with its hashes in requirements.lock
	@$(PIP) install uv
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --extra dev --generate-hashes \
		--no-emit-index-url --no-emit-find-links --no-header --no-annotate $(UPGRADE) \
		--output-file requirements.lock pyproject.toml

clean: ## Remove the virtual environment and all caches; the state in var/ stays
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis build dist
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(READY): requirements.lock pyproject.toml
	@command -v $(PYTHON) >/dev/null 2>&1 || { \
		echo "kinerja needs Python 3.11 or newer, and '$(PYTHON)' was not found. Install it, or name it: make PYTHON=/path/to/python3" >&2; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
		echo "kinerja needs Python 3.11 or newer, and '$(PYTHON)' is $$($(PYTHON) -V 2>&1). Name another: make PYTHON=python3.12" >&2; exit 1; }
	@$(BIN)/python -c 'import pip, sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1 || { \
		echo "Making the virtual environment in .venv (once; about a minute) ..."; \
		rm -rf .venv; \
		$(PYTHON) -m venv .venv || { echo "$(PYTHON) cannot make virtual environments. On Debian and Ubuntu: apt install python3-venv" >&2; exit 1; }; }
	@echo "Installing the locked dependencies ..."
	@$(PIP) install --require-hashes -r requirements.lock
	@$(PIP) install --no-build-isolation --no-deps -e .
	@touch $@
