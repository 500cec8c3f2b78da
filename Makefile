# Two commands on a fresh machine with Python 3.11, make and git:
#   make demo   builds seeds/ into output/ and prints what it made
#   make test   lint, types, arrows and every test that needs Python alone
# make test-clients adds the tests that need a browser, an office suite and other readers.

PYTHON ?= python3
BIN := .venv/bin
JOBS ?= 2

.PHONY: demo test test-clients clients bench clean

demo: .venv/demo
	$(BIN)/coursepack build seeds -o output

test: .venv/test
	$(BIN)/ruff check coursepack tests benchmarks tools
	$(BIN)/ruff format --check coursepack tests benchmarks tools
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/pytest -q -n $(JOBS) --ignore tests/clients

test-clients: .venv/clients
	$(BIN)/pytest -q tests/clients

.venv/bin/python:
	$(PYTHON) -c 'import sys; sys.version_info >= (3, 11) or sys.exit("Python 3.11 or newer is needed (make PYTHON=python3.11 ...)")'
	$(PYTHON) -m venv .venv

.venv/demo: pyproject.toml tests/constraints.txt | .venv/bin/python
	$(BIN)/python -m pip install -q -c tests/constraints.txt -e .
	touch $@

.venv/test: pyproject.toml tests/constraints.txt | .venv/bin/python
	$(BIN)/python -m pip install -q -c tests/constraints.txt -e '.[test]'
	touch $@ .venv/demo

# Programs that are no Python packages: through apt and npm where this user may; the tests name what is missing.
.venv/clients: pyproject.toml tests/constraints.txt tests/clients/install | .venv/bin/python
	$(BIN)/python -m pip install -q -c tests/constraints.txt -e '.[test]'
	sh tests/clients/install
	touch $@ .venv/test .venv/demo

clean:
	rm -rf .venv output/* tests/clients/node_modules
