# Names a Python to build .venv with; left empty, the newest suitable one on PATH is taken.
PYTHON ?=
VENV := .venv
BIN := $(VENV)/bin
STATE := $(VENV)/codeglot
JOBS ?= 2
CODE := $(sort $(patsubst %/,%,$(dir $(wildcard generator/*.py tests/*.py tools/*.py benchmarks/*.py))))

export PIP_DISABLE_PIP_VERSION_CHECK := 1
export PIP_NO_INPUT := 1

.DEFAULT_GOAL := help
.NOTPARALLEL:
.SUFFIXES:
.PHONY: help setup .venv site serve check test format lint types workflows bench contest bench-reading bench-serve bench-checks bench-search kills fuzz lock clean

help: ## Show this list
	@awk 'BEGIN { FS = ":.*## " } /^[a-z-]+:.*## / { printf "  make %-13s %s\n", $$1, $$2 }' $(firstword $(MAKEFILE_LIST))

site: setup ## Build the site into site/
	@$(BIN)/codeglot build

serve: setup ## Show the site locally and follow changes
	@$(BIN)/codeglot serve

check: setup ## Report everything in which the languages disagree
	@$(BIN)/codeglot check

test: lint types workflows ## Run every check and the whole test suite
	@printf '\n== Site\n'
	@$(BIN)/codeglot build
	@printf '\n== Tests\n'
	@chromium=$$($(BIN)/python tools/chromium.py) || exit 1; \
	CODEGLOT_CHROMIUM="$$chromium" $(BIN)/python -m pytest -n $(JOBS)

format: setup ## Put the code into its usual form
	@$(BIN)/ruff check --fix-only --quiet .
	@$(BIN)/ruff format .

lint: setup ## Check form, habits and the direction of imports
	@printf '\n== Format\n'
	@$(BIN)/ruff format --check .
	@printf '\n== Lint\n'
	@$(BIN)/ruff check .
	@printf '\n== Imports\n'
	@$(BIN)/lint-imports --no-cache --no-logo

types: setup ## Check the types
	@printf '\n== Types\n'
	@$(BIN)/mypy $(CODE)

workflows: setup ## Check the workflows
	@printf '\n== Workflows\n'
	@$(BIN)/zizmor --offline --quiet .github
	@$(BIN)/jactionlint --shellcheck= --pyflakes= .github/workflows/*.yml .github/dependabot.yml

bench: setup contest bench-reading bench-serve ## Measure how long things take: the contest, reading, serving, the parts
	@$(BIN)/python benchmarks/bench.py
	@$(BIN)/python benchmarks/growth.py
	@$(BIN)/python benchmarks/rows.py

# The others are installed in an environment of their own. CONTEST="--rounds 1 --sizes 1000 --keep" and the like are passed on.
contest: setup ## Build one catalog with Codeglot, stock MkDocs, Zensical, and Hugo with Pagefind
	@[ -x $(VENV)/contest/bin/zensical ] || { $(BIN)/python -m venv $(VENV)/contest && \
	  $(VENV)/contest/bin/python -m pip install --quiet --require-hashes --requirement requirements-bench.lock; }
	@$(BIN)/python benchmarks/contest.py --tools $(VENV)/contest/bin $(CONTEST)

# READING="--small 250 --codes 1000" and the like are passed on.
bench-reading: setup ## Measure what a page and the search weigh in a browser, beside stock MkDocs
	@chromium=$$($(BIN)/python tools/chromium.py) || exit 1; \
	$(BIN)/python benchmarks/reading_cost.py --chromium "$$chromium" $(READING)

# SERVE="--codes 250" and the like are passed on.
bench-serve: setup ## Measure how long after an edit a browser shows it
	@chromium=$$($(BIN)/python tools/chromium.py) || exit 1; \
	$(BIN)/python benchmarks/serving.py --chromium "$$chromium" $(SERVE)

# CORPORA=folder: also count the alerts in other documents. CHECKS="--seeds 10 --misses" and the like are passed on.
bench-checks: setup ## Plant defects and count what the rules find
	@$(BIN)/python benchmarks/checks.py $(if $(CORPORA),--corpora "$(CORPORA)") $(CHECKS)

bench-search: setup ## Ask the search, Material's own and Pagefind the same
	@chromium=$$($(BIN)/python tools/chromium.py) || exit 1; \
	$(BIN)/python benchmarks/search.py --chromium "$$chromium"

# KILLS="--points 60 --errors" and the like are passed on.
kills: setup ## Kill builds at every kind of moment
	@$(BIN)/python benchmarks/kills.py $(KILLS)

# SECONDS=600 is for each target; TARGETS="document row" leaves the others out. Inputs are kept in .codeglot/fuzz/.
fuzz: setup ## Look for inputs that break something (Linux, Python below 3.14)
	@$(BIN)/python -c 'import atheris' 2>/dev/null || \
	  $(BIN)/python -m pip install --quiet --require-hashes --requirement requirements-fuzz.lock
	@for target in $(or $(TARGETS),$$($(BIN)/python tests/fuzz/run.py --list)); do \
	  $(BIN)/python tests/fuzz/run.py "$$target" --seconds $(or $(SECONDS),60) --corpus .codeglot/fuzz/"$$target" || exit 1; \
	done

# UPGRADE=1 takes the newest versions; without it only what pyproject.toml asks for changes.
lock: ## Write requirements.lock anew (UPGRADE=1: newest versions)
	@uv="$(BIN)/uv"; [ -x "$$uv" ] || uv=uv; \
	"$$uv" pip compile --quiet --universal --python-version 3.11 --extra dev --generate-hashes \
	  --no-emit-index-url --no-emit-find-links --custom-compile-command 'make lock' \
	  $(if $(UPGRADE),--upgrade) --output-file requirements.lock pyproject.toml && \
	"$$uv" pip compile --quiet --universal --python-version 3.11 --group fuzz --generate-hashes \
	  --no-emit-index-url --no-emit-find-links --custom-compile-command 'make lock' \
	  $(if $(UPGRADE),--upgrade) --output-file requirements-fuzz.lock && \
	"$$uv" pip compile --quiet --universal --python-version 3.11 --group contest --generate-hashes \
	  --no-emit-index-url --no-emit-find-links --custom-compile-command 'make lock' \
	  $(if $(UPGRADE),--upgrade) --output-file requirements-bench.lock

# docs/ stays: pages written by hand may lie there, and the generator removes its own.
clean: ## Remove .venv, the built site and all caches
	@rm -rf $(VENV) site .codeglot build dist
	@rm -rf .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis .coverage
	@find $(CODE) -type d -name __pycache__ -prune -exec rm -rf {} +

.venv: setup

# What the environment was made from is kept inside it and compared by content, so that neither a changed branch, a moved
# folder, another Python nor an interrupted installation leaves a stale one behind. The modules are compiled here, because
# a program that is told to write no bytecode would compile all of them each time it starts. A changed lock starts afresh because
# pip leaves dropped packages where they are.
setup: ## Make .venv as requirements.lock has it (done by the others when needed)
	@set -eu; \
	place=$$(pwd -P); \
	same() { \
	  cmp -s requirements.lock $(STATE)/requirements.lock && \
	  [ "$$(cat $(STATE)/place 2>/dev/null)" = "$$place" ] && \
	  $(BIN)/python -c 'import sys, pip' 2>/dev/null && \
	  { [ -z "$(PYTHON)" ] || [ "$$($(BIN)/python -c '$(WHICH)')" = "$$("$(PYTHON)" -c '$(WHICH)')" ]; }; \
	}; \
	quietly() { \
	  "$$@" >"$$log" 2>&1 || { cat "$$log" >&2; printf '\nThis failed: %s\n' "$$*" >&2; exit 1; }; \
	}; \
	log=$(STATE)/log; \
	if ! same; then \
	  python=; bare=; tried=; \
	  for candidate in $(if $(PYTHON),"$(PYTHON)",python3.14 python3.13 python3.12 python3.11 python3 python); do \
	    found=$$("$$candidate" -c 'import sys; print("%d.%d" % sys.version_info[:2])' 2>/dev/null) || continue; \
	    tried="$$tried $$candidate ($$found)"; \
	    "$$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || continue; \
	    if "$$candidate" -c 'import ensurepip, venv' 2>/dev/null; then python=$$candidate; break; fi; \
	    [ -n "$$bare" ] || bare="$$candidate $$found"; \
	  done; \
	  if [ -z "$$python" ] && [ -n "$$bare" ]; then \
	    printf '%s\n' "$${bare% *} cannot make virtual environments: its venv module is missing." \
	      "On Debian or Ubuntu: apt-get install python$${bare##* }-venv" >&2; exit 1; \
	  elif [ -z "$$python" ]; then \
	    printf '%s\n' "Codeglot needs Python 3.11 or newer; found:$${tried:- none}." \
	      "Install one, or name one: make PYTHON=/path/to/python3.11" >&2; exit 1; \
	  fi; \
	  echo "Installing the packages of requirements.lock into $(VENV) with $$python (about a minute, once)"; \
	  rm -rf $(VENV); mkdir -p $(STATE); \
	  quietly "$$python" -m venv $(VENV); \
	  quietly $(BIN)/python -m pip install --require-hashes --requirement requirements.lock; \
	  echo "$$place" >$(STATE)/place; \
	  cp requirements.lock $(STATE)/requirements.lock; \
	fi; \
	if ! cmp -s pyproject.toml $(STATE)/pyproject.toml || [ ! -x $(BIN)/codeglot ]; then \
	  quietly $(BIN)/python -m pip install --no-deps --no-build-isolation --editable .; \
	  quietly $(BIN)/python -m compileall -q generator; \
	  cp pyproject.toml $(STATE)/pyproject.toml; \
	fi

WHICH := import sys; print(sys.base_prefix, sys.version)
