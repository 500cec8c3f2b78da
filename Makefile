# Two commands on a fresh machine with Python 3.11, make and git:
#   make demo   builds seeds/ into output/ and prints what it made
#   make test   lint, types, arrows and every test that needs Python alone
# make test-long runs what of them takes minutes: kills, mutations, random acts.
# make docs builds the documentation into site/, make release what is published into dist/.
# make test-clients adds the tests that need a browser, an office suite and other readers;
# make test-moodle TREE=/folder/of/an/installed/moodle restores and plays the products in that Moodle.

PYTHON ?= python3
BIN := .venv/bin
JOBS ?= 2
# Programs of others are waited for more than they compute; one that answers too late is asked once more, and the
# summary names that test (RERUN).
CLIENT_JOBS ?= 3

# Where it is set every process of the tests compiles all modules anew.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: demo test lint suite test-long test-clients test-moodle docs release folder clients bench clean

demo: .venv/demo
	$(BIN)/coursepack build seeds -o output

# The lint needs one core for a minute: beside the tests it costs half of that.
test: .venv/test
	$(BIN)/ruff check coursepack tests benchmarks tools
	$(BIN)/ruff format --check coursepack tests benchmarks tools
	$(MAKE) -j 2 lint suite

lint:
	$(BIN)/mypy
	$(BIN)/lint-imports

suite:
	rm -rf .codes
	COURSEPACK_CODES=.codes $(BIN)/pytest -q -n $(JOBS) --ignore tests/clients -m "not long"
	$(BIN)/python -m tools.codes --raised .codes

# What takes minutes and says what the others say, more often: kills, mutations, random acts.
test-long: .venv/test
	$(BIN)/pytest -q -n $(JOBS) --ignore tests/clients -m long

test-clients: .venv/clients
	$(BIN)/pytest -q -n $(CLIENT_JOBS) --dist loadfile --reruns 1 -rfEsR tests/clients

# Installs and fetches nothing: what it needs beside TREE, make test-clients has installed. FOREIGN: a folder with
# ten packages or more that others made, which forecasts are held against.
test-moodle:
	@test -n "$(TREE)" -a -f "$(TREE)/config.php" || { echo "make test-moodle TREE=FOLDER: FOLDER is an installed Moodle (4.5 or 5.0) for trials. To get one: unpack a release of Moodle, write its config.php (wwwroot http://127.0.0.1:PORT), run php admin/cli/install_database.php; docs/moodle-backup.md tells more." >&2; exit 1; }
	@test -x $(BIN)/pytest || { echo "run make test-clients first: it installs what these tests run with" >&2; exit 1; }
	TREE="$(abspath $(TREE))" $(if $(FOREIGN),FOREIGN="$(abspath $(FOREIGN))") $(BIN)/pytest -q tests/clients/moodle

# The documentation as a site in site/, in three languages; a dead link or a warning ends it.
docs: .venv/docs
	NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --strict --quiet --site-dir site

# Source distribution and wheel in dist/, judged by twine, and what the wheel installs as a bill of materials (CycloneDX).
release: .venv/release
	rm -rf dist .venv/clean
	$(BIN)/python -m build --outdir dist
	$(BIN)/twine check --strict dist/*.whl dist/*.tar.gz
	$(PYTHON) -m venv .venv/clean
	.venv/clean/bin/python -m pip install -q -c tests/constraints.txt dist/*.whl
	$(BIN)/cyclonedx-py environment .venv/clean/bin/python --pyproject pyproject.toml --output-reproducible --of JSON -o "dist/$$(basename dist/*.whl -py3-none-any.whl).cdx.json"

# A folder in dist/ that runs on this system without an installed Python (tools/frozen.py).
folder: | .venv/bin/python
	rm -rf .venv/frozen dist/coursepack
	$(PYTHON) -m venv .venv/frozen
	.venv/frozen/bin/python -m pip install -q -c tests/constraints.txt '.[review,print]' pyinstaller
	.venv/frozen/bin/pyinstaller --noconfirm --log-level WARN --onedir --name coursepack --distpath dist --workpath .venv/frozen/work --specpath .venv/frozen --collect-all coursepack --collect-all docx --collect-all docxtpl --collect-all typst --collect-all minify --collect-data latex2mathml --collect-data bagit --collect-data tzdata --recursive-copy-metadata coursepack tools/frozen.py

.venv/bin/python:
	$(PYTHON) -c 'import sys; sys.version_info >= (3, 11) or sys.exit("Python 3.11 or newer is needed (make PYTHON=python3.11 ...)")'
	$(PYTHON) -m venv .venv

.venv/demo: pyproject.toml tests/constraints.txt | .venv/bin/python
	$(BIN)/python -m pip install -q -c tests/constraints.txt -e .
	touch $@

.venv/test: pyproject.toml tests/constraints.txt | .venv/bin/python
	$(BIN)/python -m pip install -q -c tests/constraints.txt -e '.[test]'
	touch $@ .venv/demo

.venv/docs: pyproject.toml tests/constraints.txt | .venv/bin/python
	$(BIN)/python -m pip install -q -c tests/constraints.txt -e '.[docs]'
	touch $@

.venv/release: pyproject.toml tests/constraints.txt | .venv/bin/python
	$(BIN)/python -m pip install -q -c tests/constraints.txt -e '.[release]'
	touch $@

# Programs that are no Python packages: through apt and npm where this user may; the tests name what is missing.
.venv/clients: pyproject.toml tests/constraints.txt tests/clients/install | .venv/bin/python
	$(BIN)/python -m pip install -q -c tests/constraints.txt -e '.[test]'
	sh tests/clients/install
	touch $@ .venv/test .venv/demo

clean:
	rm -rf .venv site dist output/* tests/clients/node_modules
