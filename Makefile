# make run: a demo at 127.0.0.1. make test: everything that is checked. Neither needs anything but
# Python 3.11 or newer and make.
PYTHON ?= python3
PORT ?= 8000
BIN := .venv/bin
PIP := PIP_DISABLE_PIP_VERSION_CHECK=1 $(BIN)/python -m pip install --quiet

# Half of the tests wait for a browser or a server: more of them at once than there are processors.
WORKERS := -n 4 --dist worksteal

# What these look at is the same on either database (and bench and packaging always use SQLite).
PAGES := access_for_all bytes coach conversation data dying_line every_language every_state \
    keyboard leaving_quickly lock main_job offline old_browsers outbox reading recording ringing \
    signed_out two_phones workbench zoomed
FILES := localisation/test_bad_files localisation/test_out_and_in packs/test_bad_packs \
    pilots/test_card pilots/test_packs pilots/test_pictures recordings/test_sounds
ON_EITHER := access bench i18n packaging programmes web $(FILES:%=%.py) $(PAGES:%=browser/test_%.py)

.PHONY: run test lint types catalogues tests browser redis clean

run: .venv/run
	@$(BIN)/companion catalogues compile
	@$(BIN)/companion demo --port $(PORT) $(if $(FRESH),--fresh)

test: .venv/test browser redis lint types catalogues tests

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Companion needs Python 3.11 or newer")'
	@$(PYTHON) -m venv .venv

.venv/run: .venv/bin/python pyproject.toml
	@$(PIP) -e . >&2
	@touch $@

.venv/test: .venv/run pyproject.toml
	$(PIP) -e '.[test]'
	@touch $@

browser: .venv/test
	@$(BIN)/python -m tests.chromium

redis: .venv/test
	@$(BIN)/python -m tests.redis_server

lint: .venv/test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: .venv/test
	$(BIN)/mypy

catalogues: .venv/test
	$(BIN)/companion catalogues compile
	$(BIN)/companion catalogues check

tests: .venv/test browser redis catalogues
	TEST_ENGINE=sqlite $(BIN)/python -m pytest $(WORKERS)
	TEST_ENGINE=postgresql $(BIN)/python -m pytest $(WORKERS) $(ON_EITHER:%=--ignore=tests/%)

clean:
	rm -rf .venv demo-data .mypy_cache .ruff_cache .pytest_cache .hypothesis
