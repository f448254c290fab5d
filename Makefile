# Two commands do everything: `make serve` and `make test`. Both set up what they need.

PORT ?= 8765
VENV := .venv
BIN := $(VENV)/bin
# The newest Python that will do; override with `make PYTHON=/path/to/python3.12 …`.
PYTHON ?= $(shell for p in python3.14 python3.13 python3.12 python3.11 python3 python; do \
	$$p -c 'import sys, venv; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { echo $$p; break; }; done)

.PHONY: serve test coverage mutation lint types format pictures clean

serve: $(VENV)/.installed
	$(BIN)/intouch build
	$(BIN)/intouch serve --port $(PORT)

test: lint types
	$(BIN)/python -m pytest -n auto $(PYTEST)

# Every branch that some test takes, also in commands, servers and workers that tests start.
coverage: $(VENV)/.tools
	$(BIN)/coverage erase
	$(BIN)/coverage run -m pytest -n auto $(PYTEST)
	$(BIN)/coverage combine --quiet
	$(BIN)/coverage report --skip-covered --show-missing --fail-under=95

# A thousand small faults in the core, each of which a test has to notice.
mutation: $(VENV)/.tools
	$(BIN)/python -m pip install --quiet --editable '.[mutation]'
	$(BIN)/python benchmarks/mutants.py

lint: $(VENV)/.tools
	$(BIN)/ruff check
	$(BIN)/ruff format --check

types: $(VENV)/.tools
	$(BIN)/mypy

format: $(VENV)/.tools
	$(BIN)/ruff format
	$(BIN)/ruff check --fix

pictures: $(VENV)/.tools
	$(BIN)/python docs/images/take.py

$(VENV)/.python:
	@test -n "$(PYTHON)" || { echo "intouch needs Python 3.11 or newer; none was found." >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)
	touch $@

$(VENV)/.installed: $(VENV)/.python pyproject.toml
	$(BIN)/python -m pip install --quiet --editable .
	touch $@

$(VENV)/.tools: $(VENV)/.installed pyproject.toml
	$(BIN)/python -m pip install --quiet --editable '.[dev,calendar-clients,firefox]'
	@if [ -f tests/node/package.json ] && command -v npm >/dev/null; then \
		npm ci --prefix tests/node --no-audit --no-fund --silent; fi
	touch $@

clean:
	rm -rf $(VENV) _site mutants .coverage .coverage.* .pytest_cache .mypy_cache .ruff_cache .hypothesis tests/node/node_modules
