# The commands of the project: `make help` lists them.
PYTHON ?= python3
BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check -qq install

.DEFAULT_GOAL := help
.PHONY: help env browser book pdf test lab notebooks data bench lock clean

help: ## list these commands
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 18

env: .venv/.installed ## make the environment in .venv (the other commands do it themselves)

# The stamp comes last, so that an interrupted installation is begun again.
.venv/.installed: requirements.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Python 3.11 or later is needed, and $(PYTHON) is not. Try: make $(MAKECMDGOALS) PYTHON=python3.12" >&2; exit 1; }
	@echo "Installing into .venv; the first time this takes a minute or two."
	@$(PYTHON) -m venv .venv
	@$(PIP) --require-hashes -r requirements.txt
	@$(PIP) --no-deps --no-build-isolation -e .
	@touch $@

browser: env ## add what the browser tests and make pdf need, beside a Chromium of the system's
	@$(PIP) --require-hashes -r requirements-browser.txt

book: env ## build the book and say where to open it
	@rm -rf _build
	@$(BIN)/jupyter-book build . -q -W -n --keep-going
	@echo "The book is built. Open _build/html/index.html in your browser."

pdf: browser book ## print the built book into _build/micrograd.pdf, with a Chromium of the system's
	@$(BIN)/python scripts/pdf.py

test: env ## confirm every output in the notebooks, and test the package and the book
	$(BIN)/python -m pytest -q -n auto --dist loadscope --nbval --nbval-current-env tests chapters

lab: env ## work with the notebooks in JupyterLab
	@$(BIN)/python -m jupyter trust chapters/*.ipynb  # otherwise JupyterLab hides the pictures until a cell is run
	$(BIN)/python -m jupyterlab chapters/01_value.ipynb

notebooks: env ## run all notebooks anew and store their outputs
	$(BIN)/python scripts/notebooks.py

data: env ## train 15,800 networks and store their losses in data/
	$(BIN)/python scripts/xor_success.py
	$(BIN)/python scripts/bug_zoo.py

bench: env ## measure the engine's speed and memory against others
	$(BIN)/python -m pytest -q benchmarks -o python_files='bench_*.py'

lock: ## write the requirements*.txt anew from the requirements*.in
	$(PYTHON) -m venv _build/uv
	_build/uv/bin/python -m pip --disable-pip-version-check -qq install uv
	for name in requirements requirements-browser; do _build/uv/bin/uv pip compile $$name.in -q -o $$name.txt \
	  --universal --python-version 3.11 --generate-hashes --no-header; done

clean: ## remove what the other commands made, except .venv
	rm -rf _build .pytest_cache .ruff_cache .benchmarks .hypothesis chapters/.ipynb_checkpoints
	find micrograd book_ext scripts tests benchmarks chapters -name __pycache__ -prune -exec rm -rf {} +
