# What can be done here: `make` alone lists it. Everything runs without root; see CONTRIBUTING.md.

PY := .venv/bin/python
OUT := out
BENCHMARKS := $(filter-out __init__,$(basename $(notdir $(wildcard benchmarks/*.py))))

.DEFAULT_GOAL := help
.PHONY: help setup demo test laws check bench requirements lock fonts clean

help: ## list these commands
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-13s %s\n", $$1, $$2 }' Makefile

setup: ## make .venv from the lock files and fetch the fonts (does nothing when done)
	@sh scripts/setup.sh

demo: setup ## the whole job on the sample contract, in out/demo, then the desk in the browser
	@$(PY) -m pactdesk.cli demo --out $(OUT)/demo
	@$(PY) -m pactdesk.cli demodesk

# Compiled code is kept, also where the machine says not to: the tests start a hundred programs.
test check: export PYTHONDONTWRITEBYTECODE :=
test check: export PYTHONPYCACHEPREFIX := $(CURDIR)/.cache/compiled

test: check ## every check and every test
	@$(PY) -m pytest -n 2 --hypothesis-profile=steady

laws: setup ## every law on thousands of cases, for a night
	@$(PY) -m pytest -n 2 --hypothesis-profile=search tests/core tests/clauses tests/pactverify tests/gateways

check: setup ## style, types, and which part may import which
	@$(PY) -m ruff check
	@$(PY) -m ruff format --check
	@$(PY) -m mypy
	@$(PY) -c 'from importlinter.cli import lint_imports_command; lint_imports_command()' --no-logo

bench: setup ## measure what must be fast, beside its limit
	@for name in $(BENCHMARKS); do $(PY) -m benchmarks.$$name || exit; done

requirements: setup ## which rows of the requirements table have tests
	@$(PY) scripts/requirements.py

lock: ## rewrite the lock files from pyproject.toml
	@sh scripts/lock.sh

fonts: setup ## fetch the fonts (part of setup)

clean: ## remove .venv, caches inside the checkout, and results
	rm -rf .venv .cache $(OUT) dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find . -name .git -prune -o -name __pycache__ -type d -prune -exec rm -rf {} +
