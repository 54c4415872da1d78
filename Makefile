# Needlepoint: `make` lists every command.
SHELL := /bin/bash
.DEFAULT_GOAL := help
PYTHON ?= python3
export NO_MKDOCS_2_WARNING := 1
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.ready
REPORTS ?= reports
CHART := src/needlepoint/exchange/chart/static/body-chart.js
CLINIC := src/needlepoint/clinic/static/clinic/clinic.js
CHART_SOURCES := $(shell find web -path web/node_modules -prune -o -type f -print) $(wildcard src/needlepoint/body/np-adult-1/*.*)

.PHONY: help setup web run tour test stories thorough quick bench bench-clinic accuracy proof docs docs-serve lint types knowledge clean lock

help: ## list all commands
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sort | awk 'BEGIN {FS = ":.*## "}; {printf "  make %-12s %s\n", $$1, $$2}'

setup: $(STAMP) $(CHART) $(CLINIC) ## make the virtual environment with pinned, hashed dependencies, and build the scripts

$(STAMP): requirements.lock pyproject.toml
	@bash tools/setup.sh "$(PYTHON)" "$(VENV)"
	@touch $(STAMP)

web: $(STAMP) ## build the body chart and the clinic's scripts for the browser
	@bash tools/web.sh "$(BIN)" build

$(CHART): $(STAMP) $(CHART_SOURCES)
	@bash tools/web.sh "$(BIN)" build
	@touch $(CHART)

# Built together with the chart; only where it is missing by itself it is built again.
$(CLINIC): $(CHART)
	@test -e $(CLINIC) || bash tools/web.sh "$(BIN)" build
	@touch $(CLINIC)

run: setup ## open a clinic of invented people at http://127.0.0.1:8000
	@$(BIN)/needlepoint demo

tour: setup ## screen real FHIR patients and a written case, locate a headache; leaves reports to open
	@$(BIN)/python examples/tour.py --reports $(REPORTS)

test: setup ## set up everything and pass all tests
	@bash tools/test.sh "$(BIN)"

stories: setup ## whole visits in Chromium, with pictures in reports/stories: patient, clinician, lead, an emergency, a forgotten needle, no network
	@$(BIN)/pytest -s tests/clinic/stories

thorough: setup ## everything of the clinic, stories and killed servers too, on SQLite and on PostgreSQL; half an hour
	@NEEDLEPOINT_THOROUGH=yes $(BIN)/pytest -n auto tests/clinic
	@NEEDLEPOINT_THOROUGH=yes $(BIN)/python tools/with_postgresql.py --durable $(BIN)/pytest -n auto tests/clinic --ignore tests/clinic/gallery

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

bench-clinic: setup ## fifty people at work among a million sessions, on SQLite and PostgreSQL; half an hour and 20 GB
	@bash bench/clinic/run.sh "$(BIN)"

accuracy: setup ## how often is the confirmed muscle of a published case among the first?
	@$(BIN)/python -m tools.accuracy.report

proof: setup ## would published accidents have happened under the plan, and is ordinary treatment still reached?
	@$(BIN)/python -m tools.plan_proof.report

docs: setup ## build the documentation site into site/
	@$(BIN)/python tools/generate_docs.py && $(BIN)/mkdocs build --strict --quiet && echo "open site/index.html"

docs-serve: setup ## serve the documentation on this machine
	@$(BIN)/python tools/generate_docs.py && $(BIN)/mkdocs serve

lock: ## renew requirements.lock after a change of pyproject.toml
	@$(BIN)/python tools/lock.py

clean: ## remove what was built here
	rm -rf $(VENV) site $(REPORTS) build dist web/node_modules $(dir $(CHART)) $(addprefix $(dir $(CLINIC)),clinic.js capture.js htmx.min.js) .pytest_cache .mypy_cache .ruff_cache .hypothesis
