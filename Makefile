# Needlepoint: `make` lists every command.
SHELL := /bin/bash
.DEFAULT_GOAL := help
PYTHON ?= python3
export NO_MKDOCS_2_WARNING := 1
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.ready
REPORTS ?= reports

.PHONY: help setup run test quick bench docs docs-serve lint types knowledge clean lock

help: ## list all commands
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sort | awk 'BEGIN {FS = ":.*## "}; {printf "  make %-12s %s\n", $$1, $$2}'

setup: $(STAMP) ## make the virtual environment with pinned, hashed dependencies

$(STAMP): requirements.lock pyproject.toml
	@bash tools/setup.sh "$(PYTHON)" "$(VENV)"
	@touch $(STAMP)

run: setup ## screen real FHIR patients and a written case; leaves reports to open
	@$(BIN)/python examples/tour.py --reports $(REPORTS)

test: setup ## set up everything and pass all tests
	@bash tools/test.sh "$(BIN)"

quick: setup ## the tests that need no browser and no Java
	@$(BIN)/pytest -n auto -m "not browser and not spark"

lint: setup ## style and one-way imports
	@$(BIN)/ruff check . && $(BIN)/ruff format --check . && $(BIN)/lint-imports

types: setup ## mypy, strict
	@$(BIN)/mypy

knowledge: setup ## name every fault of the knowledge
	@$(BIN)/needlepoint check-knowledge

bench: setup ## time it, side by side with others
	@bash bench/run.sh "$(BIN)"

docs: setup ## build the documentation site into site/
	@$(BIN)/python tools/generate_docs.py && $(BIN)/mkdocs build --strict --quiet && echo "open site/index.html"

docs-serve: setup ## serve the documentation on this machine
	@$(BIN)/python tools/generate_docs.py && $(BIN)/mkdocs serve

lock: ## renew requirements.lock after a change of pyproject.toml
	@$(BIN)/python tools/lock.py

clean: ## remove what was built here
	rm -rf $(VENV) site $(REPORTS) build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis
