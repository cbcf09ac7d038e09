# On a fresh machine (Python 3.11+, make): `make demo` and `make test` do all the set-up.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet

.PHONY: setup demo test quick lint bench docs lock tools clean

setup: $(VENV)/base.stamp  ## .venv with everything that `undertow` needs

demo: setup  ## the main job on data that ships with the package
	$(BIN)/undertow demo

test: $(VENV)/test.stamp tools lint  ## everything: lint, types, import rules, tests, browser tests, same-answer tests on Spark
	$(BIN)/pytest -n 2 --dist loadgroup $(PYTEST)

quick: $(VENV)/test.stamp lint  ## the inner loop: what answers in under two minutes
	$(BIN)/pytest -n 2 -m "not slow and not browser and not spark" $(PYTEST)

lint: $(VENV)/test.stamp
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: $(VENV)/test.stamp  ## ratios against named baselines, measured in the same run
	$(BIN)/python -m benchmarks $(BENCH)

docs: $(VENV)/test.stamp  ## makes docs/reference from the code
	$(BIN)/python -m docs.make_reference

tools:  ## what the tests need beside Python: a Chromium, a Java runtime, the libraries that draw PDF
	@sh scripts/test-tools.sh

lock: $(VENV)/base.stamp  ## makes requirements/*.txt anew from pyproject.toml
	$(PIP) install uv
	$(BIN)/uv pip compile $(LOCK) pyproject.toml --extra pdf --group build -o requirements/base.txt
	$(BIN)/uv pip compile $(LOCK) pyproject.toml --extra pdf --extra frames --group build --group dev -c requirements/base.txt -o requirements/test.txt
LOCK := --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --no-annotate

$(VENV)/base.stamp: requirements/base.txt
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(PIP) install --require-hashes --no-deps -r requirements/base.txt
	$(PIP) install --no-deps --no-build-isolation --editable .
	$(BIN)/python -m undertow.demo  # compiles the kernels once
	touch $@

$(VENV)/test.stamp: $(VENV)/base.stamp requirements/test.txt
	$(PIP) install --require-hashes --no-deps -r requirements/test.txt
	touch $@

clean:
	rm -rf $(VENV) demo
