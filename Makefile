# One door to everything: `make demo`, `make test`, `make check`. Each sets up .venv when it is missing or stale.
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt

# processes that test: one more than there are processors, for some tests only wait
TESTERS ?= $(shell n=$$(getconf _NPROCESSORS_ONLN); echo $$((n < 8 ? n + 1 : 8)))
PYTEST := $(BIN)/pytest -n $(TESTERS) --dist worksteal

# without it every process that a test starts would compile the package anew
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.PHONY: help demo test check format schemas reference bench-parse bench-generate bench-curate bench-review bench-export bench-train bench-serve bench-baichuan2 ablation bench-evaluate clean

help:  ## what can be made
	@grep -E '^[a-z0-9-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## / — /'

$(BIN)/python:
	$(PYTHON) -m venv $(VENV)

$(VENV)/.for-use: pyproject.toml constraints.txt | $(BIN)/python
	$(INSTALL) --editable '.[train,evaluate,serve]'
	@touch $@

$(VENV)/.for-work: pyproject.toml constraints.txt | $(BIN)/python
	$(INSTALL) --editable '.[train,evaluate,serve,dev,ocr,ray,local-llm]'
	@touch $@ $(VENV)/.for-use

$(VENV)/.for-bench: $(VENV)/.for-work
	$(INSTALL) --editable '.[train,evaluate,serve,dev,ocr,ray,local-llm,bench]'
	@touch $@

demo: $(VENV)/.for-use  ## the whole road on the sample shelf: ingest, review, export, train, chat
	$(BIN)/pedcorpus demo

test: $(VENV)/.for-work  ## every test
	$(PYTEST)

check: $(VENV)/.for-work  ## format, lint, types, contracts between the rooms, schemas, tests
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(PYTEST)

format: $(VENV)/.for-work  ## bring the code into shape
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

schemas: $(VENV)/.for-work  ## write schemas/ anew from the records
	$(BIN)/python -m pedcorpus.tasks.publish schemas

reference: $(VENV)/.for-work  ## write docs/commands.md anew from the commands
	$(BIN)/python -m pedcorpus.cli.reference docs/commands.md

bench-parse: $(VENV)/.for-bench  ## what parsing costs and how rightly it reads: PDF, graphs, scans
	@missed=0; for name in parse_pdf parse_graphs parse_ocr; do \
	  test ! -e benchmarks/$$name.py || $(BIN)/python -m benchmarks.$$name || missed=1; \
	done; exit $$missed

bench-generate: $(VENV)/.for-bench  ## what drafting costs, survives and says: door, kills, tokens, variety, grounding
	@missed=0; for name in grounding generate_tokens generate_variety llm_throughput generate_killed; do \
	  test ! -e benchmarks/$$name.py || $(BIN)/python -m benchmarks.$$name || missed=1; \
	done; exit $$missed

bench-curate: $(VENV)/.for-bench  ## what the checks find, miss and cost: doses, ages, privacy
	@missed=0; for name in dose_gate privacy contamination medical_sense checks near_duplicates; do \
	  test ! -e benchmarks/$$name.py || $(BIN)/python -m benchmarks.$$name || missed=1; \
	done; exit $$missed

bench-review: $(VENV)/.for-bench  ## sampling's promise; eight reviewers beside an ingest; key press to next item
	@missed=0; for name in sampling_plan review_concurrency review_latency; do \
	  test ! -e benchmarks/$$name.py || $(BIN)/python -m benchmarks.$$name || missed=1; \
	done; exit $$missed

bench-export: $(VENV)/.for-bench  ## what an export costs at a million rows; kills and planted changes
	@missed=0; for name in export_scale rule_pairs export_killed export_formats; do \
	  test ! -e benchmarks/$$name.py || $(BIN)/python -m benchmarks.$$name || missed=1; \
	done; exit $$missed

bench-evaluate: $(VENV)/.for-bench  ## text metrics of 10,000 pairs beside the libraries alone
	@missed=0; for name in evaluate_metrics; do \
	  test ! -e benchmarks/$$name.py || $(BIN)/python -m benchmarks.$$name || missed=1; \
	done; exit $$missed

bench-train: $(VENV)/.for-bench  ## phases beside plain TRL scripts, experts beside LoRA, full packed steps, what comes first
	@missed=0; for name in train_phases train_mue train_start; do \
	  test ! -e benchmarks/$$name.py || $(BIN)/python -m benchmarks.$$name || missed=1; \
	done; exit $$missed

bench-baichuan2: $(VENV)/.for-bench  ## Baichuan2's two layouts beside a Llama of the same shape
	$(BIN)/python -m benchmarks.baichuan2

ablation: $(VENV)/.for-work  ## what each phase brings: three seeds of two models, some hours; writes docs/ablation.md
	$(BIN)/python -m benchmarks.ablation --table docs/ablation.md

bench-serve: $(VENV)/.for-bench  ## what serving costs: decoding beside generate, 32 clients, waiting for a long prompt
	@$(BIN)/python -m benchmarks.serve

clean:  ## forget .venv and the demo
	rm -rf $(VENV) demo-workspace
