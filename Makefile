# The commands of the project: `make help` lists them.
PYTHON ?= python3
BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check -qq install

.DEFAULT_GOAL := help
.PHONY: help env browser book test check lint lab notebooks data bench \
  mutants elsewhere proof prose pdf lock audit clean

help: ## list these commands
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-13s%s\n", $$1, $$2 }' $(MAKEFILE_LIST)

# The environment in .venv grows in levels, and every command makes those that
# it needs: a reader who says `make lab` installs no Sphinx and no pytest. A
# level's stamp is written last, so that an installation that was interrupted
# is begun again.
RUN := .venv/.run
BOOK := .venv/.book
TEST := .venv/.test
BROWSER := .venv/.browser
MUTANTS := .venv/.mutants

$(RUN): requirements.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Python 3.11 or later is needed, and $(PYTHON) is not. Try: make $(MAKECMDGOALS) PYTHON=python3.12" >&2; exit 1; }
	@echo "Installing into .venv; the first time this takes a minute or two."
	@$(PYTHON) -m venv .venv
	@$(PIP) --require-hashes -r requirements.txt
	@$(PIP) --no-deps --no-build-isolation -e .
	@touch $@

$(BOOK) $(TEST) $(BROWSER) $(MUTANTS): .venv/.%: requirements/%.txt $(RUN)
	@$(PIP) --require-hashes -r $<
	@touch $@

env: $(RUN) ## make the environment that runs the notebooks, in .venv

# Pyodide and Viz.js, with which the cells run on the pages. Without a network
# the book is built all the same: the script says so, and does not fail.
LIVE := book_ext/live/node_modules/.package-lock.json

$(LIVE): book_ext/live/package-lock.json | $(RUN)
	@sh scripts/fetch_live.sh

browser: $(BROWSER) $(LIVE) ## add what the browser tests need, besides the Chromium installed on your system

book: $(BOOK) $(LIVE) ## build the book and say where to open it
	@rm -rf _build/html _build/.doctrees _build/jupyter_execute
	@$(BIN)/jupyter-book build . -q -W -n --keep-going
	@echo "The book is built. Open _build/html/index.html in your browser."

pdf: $(BROWSER) book ## print the built book into _build/micrograd.pdf, with the Chromium installed on your system
	@$(BIN)/python scripts/print_pdf.py

# `make test TESTS=tests/exercises` runs a part of them.
TESTS ?= tests chapters

test: $(BOOK) $(TEST) ## confirm every output in the notebooks, and test the package and the book
	$(BIN)/python -m pytest -q -n auto --dist loadscope --nbval --nbval-current-env $(TESTS)

check: $(TEST) ## test the package alone, in seconds
	$(BIN)/python -m pytest -q -m "not slow" tests/package

lint: $(TEST) ## look at the format, the style and the types of the code, and at the workflows
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/python scripts/lint_javascript.py
	$(BIN)/zizmor --offline --persona pedantic --quiet .

lab: $(RUN) ## work in JupyterLab with a copy of the notebooks, in my_copy/
	@$(BIN)/python scripts/working_copy.py
	$(BIN)/python -m jupyterlab my_copy/00_descent.ipynb

notebooks: $(RUN) ## run all notebooks anew and store their outputs
	$(BIN)/python scripts/run_notebooks.py

data: $(RUN) ## train 26,000 networks and two language models, and store the results in data/
	$(BIN)/python scripts/measure_xor_success.py
	$(BIN)/python scripts/measure_stuck.py
	$(BIN)/python scripts/measure_answers.py
	$(BIN)/python scripts/measure_bug_zoo.py
	$(BIN)/python scripts/train_language_models.py
	$(BIN)/python scripts/checksum_data.py

# `make bench AGAINST=../other` times the engine in another copy of this folder, too.
bench: $(TEST) ## measure the engine's speed and memory against others
	$(BIN)/python -m pytest -q benchmarks
	$(BIN)/python scripts/checksum_data.py

mutants: $(TEST) $(MUTANTS) ## change the code in one place at a time, and count what the tests notice
	$(BIN)/python scripts/mutants.py
	$(BIN)/python scripts/mutate_solutions.py
	$(BIN)/python scripts/checksum_data.py

elsewhere: $(RUN) ## run the notebooks in other circumstances, train with another NumPy, and compare
	PYTHONPATH=book_ext $(BIN)/python scripts/run_elsewhere.py
	PYTHONPATH=book_ext $(BIN)/python scripts/run_other_numpy.py

proof: $(TEST) ## count what the tests look at, for the page "How we know"
	PYTHONPATH=tests:book_ext $(BIN)/python scripts/count_proof.py
	$(BIN)/python scripts/checksum_data.py

prose: $(RUN) ## report the words, minutes and lines of the chapter
	$(BIN)/python scripts/prose.py

lock: ## write requirements.txt, requirements/*.txt and the list of licences anew
	@PYTHON=$(PYTHON) sh scripts/lock_requirements.sh

# Its environment is no level of .venv, as it needs nothing of it.
AUDIT := _build/audit
LOCKS := requirements.txt $(wildcard requirements/*.txt)

audit: ## look all locked packages up in a list of known vulnerabilities
	@$(PYTHON) -m venv $(AUDIT)
	@$(AUDIT)/bin/python -m pip --disable-pip-version-check -qq install --require-hashes -r requirements/audit.txt
	$(AUDIT)/bin/pip-audit --strict --require-hashes --disable-pip $(addprefix -r,$(LOCKS))

clean: ## remove what the other commands made, except .venv and node_modules
	rm -rf _build .pytest_cache .ruff_cache .mypy_cache .benchmarks .hypothesis chapters/.ipynb_checkpoints
	find micrograd book_ext scripts tests benchmarks chapters -name __pycache__ -prune -exec rm -rf {} +
