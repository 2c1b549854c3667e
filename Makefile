# One word for each thing a person does here. Every target sets up what it needs.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
DEBIAN := libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0
DEBIAN_TEST := chromium fonts-crosextra-carlito fonts-crosextra-caladea libreoffice-writer-nogui libreoffice-calc-nogui

.PHONY: demo test lint bench fuzz soak pictures setup clean

demo: setup ## Build the whole paperwork of both example projects into out/ and out/palim/
	@$(BIN)/pemdocs build examples/palim --out out/palim
	@$(BIN)/pemdocs build examples/pem-wecco --out out || { test $$? = 1 && \
	  echo "pemdocs: built; the faults named above are planted in the example, to show what is left out and why"; }

test: $(VENV)/.test ## Run the tests
	@.ci/debian $(DEBIAN) $(DEBIAN_TEST)
	$(BIN)/python -m pytest -n auto

lint: $(VENV)/.lint ## Check the style and the types
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

bench: $(VENV)/.test ## Measure, as ratios within one run
	@.ci/debian $(DEBIAN) $(DEBIAN_TEST)
	PYTHONPATH=tests/builders $(BIN)/python tests/bench.py

fuzz: $(VENV)/.test $(VENV)/.fuzz ## Feed the reader what nobody would make, ten minutes long
	@mkdir -p out/fuzz
	cd out/fuzz && ../../$(BIN)/python ../../tests/fuzz.py -max_total_time=600 -max_len=100000 -timeout=30 . \
	  $(wildcard $(CURDIR)/examples/faults/*)

soak: $(VENV)/.test ## Kill builds at random, run them side by side, make thousands of documents; print what was lost
	PYTHONPATH=.:tests/builders $(BIN)/python tests/soak.py

pictures: $(VENV)/.test ## Draw the pictures of the README and the guides from today's program
	@.ci/debian $(DEBIAN) $(DEBIAN_TEST)
	PYTHONPATH=.:tests/builders $(BIN)/python tests/depict.py

setup: $(VENV)/.program
	@.ci/debian $(DEBIAN)

$(VENV)/.program: pyproject.toml
	@.ci/venv $(PYTHON) $(VENV) -e .
	@touch $@

$(VENV)/.test: $(VENV)/.program
	@.ci/venv $(PYTHON) $(VENV) --group test
	@touch $@

$(VENV)/.fuzz: $(VENV)/.program
	@.ci/venv $(PYTHON) $(VENV) --group fuzz
	@touch $@

$(VENV)/.lint: $(VENV)/.program
	@.ci/venv $(PYTHON) $(VENV) --group lint
	@touch $@

clean:
	rm -rf $(VENV) out dist .pytest_cache .mypy_cache .ruff_cache .hypothesis
