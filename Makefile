# Two commands on a fresh machine with Python 3.11, make and git:
#   make demo   builds the sample courses in seeds/ into output/ and lists what it made
#   make test   lint, types, import rules and every test that needs only Python
# make test-long runs the tests that take minutes: killed processes, mutated files, random actions.
# make docs builds the documentation into site/, make release the distributions into dist/.
# make test-clients adds the tests that need a browser, an office suite and other programs that read the products.
# make test-moodle TREE=/folder/of/an/installed/moodle restores and plays the products in that Moodle.

PYTHON ?= python3
BIN := .venv/bin
JOBS ?= 2
# More jobs than cores, because these tests mostly wait for other programs. A test that times out is run once more, and
# the summary names it (RERUN).
CLIENT_JOBS ?= 3

# If this is set, every test process compiles all modules again.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: demo test lint suite test-long test-clients test-moodle docs release folder clients bench clean

demo: .venv/demo
	$(BIN)/coursepack build seeds -o output

# Lint needs one core for a minute; in parallel with the tests it costs half of that.
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

# The same properties as in `make test`, tried more often: killed processes, mutated files, random actions.
test-long: .venv/test
	$(BIN)/pytest -q -n $(JOBS) --ignore tests/clients -m long

test-clients: .venv/clients
	$(BIN)/pytest -q -n $(CLIENT_JOBS) --dist loadfile --reruns 1 -rfEsR tests/clients

# Installs and downloads nothing: apart from TREE it needs only what make test-clients has installed. FOREIGN: a folder
# with at least ten packages made by other programs, with which forecasts are compared.
test-moodle:
	@test -n "$(TREE)" -a -f "$(TREE)/config.php" || { echo "make test-moodle TREE=FOLDER: FOLDER is an installed Moodle (4.5 or 5.0) for trials. To get one: unpack a release of Moodle, write its config.php (wwwroot http://127.0.0.1:PORT), run php admin/cli/install_database.php; docs/moodle-backup.md tells more." >&2; exit 1; }
	@test -x $(BIN)/pytest || { echo "run make test-clients first: it installs what these tests run with" >&2; exit 1; }
	TREE="$(abspath $(TREE))" $(if $(FOREIGN),FOREIGN="$(abspath $(FOREIGN))") $(BIN)/pytest -q tests/clients/moodle

# The documentation as a web site in site/, in three languages; a dead link or a warning is an error.
docs: .venv/docs
	NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --strict --quiet --site-dir site

# Source distribution and wheel in dist/, checked by twine, and a bill of materials of what the wheel installs (CycloneDX).
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

# Programs that are not Python packages: installed by apt and npm if permitted; the tests report what is missing.
.venv/clients: pyproject.toml tests/constraints.txt tests/clients/install | .venv/bin/python
	$(BIN)/python -m pip install -q -c tests/constraints.txt -e '.[test]'
	sh tests/clients/install
	touch $@ .venv/test .venv/demo

clean:
	rm -rf .venv site dist output/* tests/clients/node_modules
