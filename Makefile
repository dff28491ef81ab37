# Two commands matter: `make reports` and `make test`. Both set up what they need.
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
PYTHON ?= python3
BIN := .venv/bin
PARAMS ?= params/kota.yaml

.PHONY: help reports rounds test lab lint bench score fuzz layar samples lock clean
help: ## This list
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 12

# uv is first taken out of the lock (same pin, same hashes), then installs the rest; pip does it where uv can't.
.venv/.ready: requirements.lock pyproject.toml
	@echo "Menyiapkan .venv (sekali saja, perlu jaringan) ..."
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Perlu Python 3.11 atau lebih baru: make PYTHON=python3.11 $(MAKECMDGOALS)"; exit 1; }
	@$(PYTHON) -m venv .venv
	@awk '/^uv==/ {p=1} p {print} p && !/\\$$/ {exit}' requirements.lock > .venv/uv.lock
	@export PIP_DISABLE_PIP_VERSION_CHECK=1; \
	if $(BIN)/pip install -q --no-deps --require-hashes -r .venv/uv.lock && \
	   $(BIN)/uv pip install -q --require-hashes --compile-bytecode --python $(BIN)/python -r requirements.lock; then :; \
	else $(BIN)/pip install -q --require-hashes -r requirements.lock; fi
	@$(BIN)/pip install -q --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

reports: .venv/.ready ## Every report, from data/masuk (sample workbooks if it is empty)
	@$(BIN)/pantau contoh --bila-kosong --params $(PARAMS)
	@$(BIN)/pantau terima --params $(PARAMS)
	@$(BIN)/pantau laporan --params $(PARAMS)

rounds: .venv/.ready ## Two meetings: the log comes back, the next report tells the difference (2 minutes)
	@$(BIN)/python tests/rounds/run.py

test: .venv/.ready ## Every test; the quick ones answer first
	@$(BIN)/python -m pytest -n 2 -m "not lambat"
	@$(BIN)/python -m pytest -n 2 -m lambat

lab: .venv/.ready ## JupyterLab in Indonesian (PORTA=8889: another port)
	@$(BIN)/pantau lab $(if $(PORTA),--porta $(PORTA))

lint: .venv/.ready ## Ruff and mypy
	@$(BIN)/ruff check . && $(BIN)/ruff format --check . && $(BIN)/mypy

bench: .venv/.ready ## Speed, measured side by side (about 10 minutes)
	@$(BIN)/python benchmarks/bench.py
	@$(BIN)/python benchmarks/intake.py

score: .venv/.ready ## How wrong the projection is on finished campaigns (under 2 minutes)
	@$(BIN)/python benchmarks/score.py

fuzz: .venv/.ready ## 10.000 damaged workbooks through intake (at most 25 minutes)
	@$(BIN)/python tests/fuzz/run.py

layar: .venv/.ready ## Pictures of the guide again, from the browser tests (8 minutes; needs Chromium)
	@$(BIN)/python -m pytest -m lambat tests/lab -k browser
	@for picture in docs/layar/*.png; do cp reports/layar/$$(basename $$picture) $$picture; done

samples: .venv/.ready ## reports/contoh/ again, from the sample (about 20 seconds)
	@$(BIN)/python tests/samples/run.py

lock: .venv/.ready ## Pin all packages again (network)
	@$(BIN)/uv pip compile --quiet --generate-hashes --no-emit-index-url --no-header --python-version 3.11 --extra dev pyproject.toml -o requirements.lock

clean: ## Remove what can be made again: .venv and reports
	@rm -rf .venv && find reports -mindepth 1 -maxdepth 1 -name '20*' -exec rm -rf {} +
