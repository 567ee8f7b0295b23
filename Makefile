# `make run` and `make test` do all their own set-up; no other step is needed first.
# Needs: GNU make, and Python 3.11 or newer with its venv module. No root.

PYTHON ?= $(shell command -v python3.11 || command -v python3)
BIN    := .venv/bin
ARGS   ?=
WORKERS ?= 2

# Both names, since old and new pip differ in which one reaches the build of our own package.
PIP := PIP_CONSTRAINT=constraints.txt PIP_BUILD_CONSTRAINT=constraints.txt \
       $(BIN)/python -m pip --disable-pip-version-check install --quiet

RUN_STAMP := .venv/.installed
DEV_STAMP := .venv/.installed-dev
LOOK := web/static/dkfds/css/dkfds.css

.DEFAULT_GOAL := help
.PHONY: help run test test-long check bench wheel clean

help:
	@echo 'make run        set up if needed, then start the demo (options: make run ARGS=--no-serve)'
	@echo 'make test       set up if needed, then every check and test, with reduced counts'
	@echo 'make test-long  the same with every count in full'
	@echo 'make check      the checks that run no code: ruff, mypy, import-linter'
	@echo 'make bench      the benchmarks'
	@echo 'make wheel      the wheel, in dist/'
	@echo 'make clean      remove the environment, caches and what was built'

run: $(RUN_STAMP) $(LOOK)
	@$(BIN)/governance demo $(ARGS)

test: check $(LOOK)
	$(BIN)/pytest -n $(WORKERS) --dist worksteal $(ARGS)

test-long: export GOVERNANCE_TEST_COUNTS = full
test-long: test

check: $(DEV_STAMP)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: $(DEV_STAMP)
	$(BIN)/pytest tests/benchmarks -o python_files='bench_*.py' -s $(ARGS)

wheel: $(DEV_STAMP) $(LOOK)
	$(BIN)/python -m hatchling build --target wheel

clean:
	rm -rf .venv dist build web/static/dkfds .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache

# Where it cannot be fetched the file is not made and nothing fails: the pages have a plain look of their own.
$(LOOK): web/look/package-lock.json web/look/fetch.py | $(RUN_STAMP)
	@echo 'Fetching the look of the pages, Det Fælles Designsystem ...'
	@$(BIN)/python web/look/fetch.py

$(BIN)/python:
	@test -n "$(PYTHON)" || { echo 'Python 3.11 or newer is needed, and no python3 was found' >&2; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	    { echo 'Python 3.11 or newer is needed, and $(PYTHON) is older: make PYTHON=/path/to/python' >&2; exit 1; }
	$(PYTHON) -m venv .venv || { rm -rf .venv; exit 1; }

$(RUN_STAMP): pyproject.toml constraints.txt | $(BIN)/python
	@echo 'Installing what it needs into .venv (first time, or since its dependencies changed) ...'
	$(PIP) --editable '.[docs]'
	@touch $@

$(DEV_STAMP): pyproject.toml constraints.txt | $(BIN)/python
	@echo 'Installing what it needs, and the tools of its tests, into .venv ...'
	$(PIP) --editable '.[dev]'
	@touch $(RUN_STAMP) $@
