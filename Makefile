# `make` alone lists what can be done. Works with GNU make 3.81 and later.
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

HOST ?= 127.0.0.1
PORT ?= 8000
MAIL_PORT ?= 2525
# The interpreter to build the environment with; empty means the first Python 3.11 or newer that is found.
PYTHON ?=
# Passed on to the resolver, for instance `make lock LOCK_FLAGS=--upgrade`.
LOCK_FLAGS ?=

VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
COMPILE := $(BIN)/uv pip compile --quiet --no-config --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-emit-find-links --no-strip-extras --custom-compile-command "make lock" $(LOCK_FLAGS)

# ---- the environment: each stamp is written only after the step before it succeeded

# An environment that was copied here from elsewhere, or whose Python is gone, is built again.
ifneq ($(shell test "`cat $(VENV)/.created 2>/dev/null`" = "$(CURDIR)" && $(BIN)/python -c "" 2>/dev/null && echo yes),yes)
$(VENV)/.created: FORCE
endif

$(VENV)/.created:
	@sh requirements/create_environment.sh "$(VENV)" "$(PYTHON)"
	@echo "$(CURDIR)" > $@

# pip takes a package for installed once its metadata is there, so after an interrupted run everything is laid down again.
define install
	@echo "Installing $(1) into $(VENV) ..."
	@force=; test ! -e $(VENV)/.installing || force=--force-reinstall; touch $(VENV)/.installing; \
	{ $(PIP) install $$force --require-hashes -r $(1) -r requirements/build.txt && \
	  $(PIP) install --no-deps --no-build-isolation --editable . ; } || \
	{ echo "Installing $(1) failed; pip's own message is above." >&2; exit 1; }
	@rm -f $(VENV)/.installing
endef

$(VENV)/.runtime: $(VENV)/.created requirements/runtime.txt requirements/build.txt pyproject.toml
	$(call install,requirements/runtime.txt)
	@touch $@

$(VENV)/.dev: $(VENV)/.created requirements/dev.txt requirements/build.txt pyproject.toml
	$(call install,requirements/dev.txt)
	@touch $(VENV)/.runtime $@

GENERATOR := $(VENV)/client-generator

# Small, so it is built from nothing each time.
$(GENERATOR)/.installed: $(VENV)/.dev requirements/client-generator.txt
	@echo "Installing requirements/client-generator.txt into $(GENERATOR) ..."
	@rm -rf $(GENERATOR) && $(BIN)/python -m venv --without-pip $(GENERATOR)
	@$(PIP) --python $(GENERATOR)/bin/python install --require-hashes -r requirements/client-generator.txt || \
	{ echo "Installing requirements/client-generator.txt failed; pip's own message is above." >&2; exit 1; }
	@touch $@

# npm writes its target last. What needs Node is skipped where this fails, by tests that say so; they fail where CI=true.
NODE := tests/openapi
$(NODE)/node_modules/.package-lock.json: $(NODE)/package.json $(NODE)/package-lock.json $(NODE)/.npmrc
	@if command -v node >/dev/null && command -v npm >/dev/null; then \
		echo "Installing $(NODE)/package-lock.json into $(NODE)/node_modules ..."; \
		(cd $(NODE) && npm ci >/dev/null && touch node_modules/.package-lock.json) || \
		echo "npm failed, its own message is above; the tests that need its packages will be skipped." >&2; \
	fi

TOOLS := $(VENV)/.dev $(GENERATOR)/.installed $(NODE)/node_modules/.package-lock.json

# ---- what people run

.PHONY: run
run: $(VENV)/.runtime ## Start the server on http://127.0.0.1:8000 (HOST=… PORT=…)
	@exec $(BIN)/afterword serve --host "$(HOST)" --port "$(PORT)"

.PHONY: mail
mail: $(VENV)/.dev ## Start a mail server on 127.0.0.1:2525 that shows what it gets and sends nothing on (MAIL_PORT=…)
	@exec $(BIN)/python -m tests.mail.local "$(MAIL_PORT)"

.PHONY: test
test: $(TOOLS) ## Run the whole test suite, with the branch coverage of app/rules
	@$(BIN)/python -m pytest --cov -n auto --maxprocesses 4 --dist loadfile --no-loadscope-reorder

.PHONY: check
check: $(VENV)/.dev ## Everything that must pass before a change is merged: format, lint, types, imports, rule data, tests
	@echo "== format";    $(BIN)/ruff format --check .
	@echo "== lint";      $(BIN)/ruff check .
	@echo "== types";     $(BIN)/mypy
	@echo "== imports";   $(BIN)/lint-imports
	@echo "== rule data"; $(BIN)/python -m app.rules check
	@echo "== tests";     $(MAKE) --no-print-directory test

.PHONY: format
format: $(VENV)/.dev ## Format the code and apply the linter's safe fixes
	@$(BIN)/ruff check --fix-only .
	@$(BIN)/ruff format .

.PHONY: bench
bench: $(VENV)/.dev ## Measure speed, start and memory, as ratios taken in one run
	@$(BIN)/python -m benchmarks

.PHONY: bench-big
bench-big: $(VENV)/.dev ## Measure how answers slow down from ten thousand interviews to a million (some minutes, 3 GB of disk)
	@$(BIN)/python -m benchmarks.growth

.PHONY: load
load: $(VENV)/.dev ## Let many clients write at once, then kill the server while they do, and count what is stored
	@$(BIN)/python -m benchmarks.load
	@$(BIN)/python -m benchmarks.kill

.PHONY: lock
lock: $(VENV)/.dev ## Rewrite all lock files (LOCK_FLAGS=--upgrade for newer versions)
	@$(COMPILE) pyproject.toml --output-file requirements/runtime.txt
	@$(COMPILE) --group build --output-file requirements/build.txt
	@$(COMPILE) pyproject.toml --group dev --constraint requirements/runtime.txt --constraint requirements/build.txt \
		--output-file requirements/dev.txt
	@$(COMPILE) --group client-generator --output-file requirements/client-generator.txt
	@if command -v npm >/dev/null; then \
		(cd $(NODE) && npm $(if $(findstring --upgrade,$(LOCK_FLAGS)),update,install) --package-lock-only >/dev/null) && \
		$(BIN)/python -m tests.openapi.npm_lock; \
	else echo "There is no npm here, so $(NODE)/package-lock.json stays as it is."; fi

.PHONY: install
install: $(TOOLS) ## Install all that is needed to work on Afterword

.PHONY: clean
clean: ## Remove the environments and all caches
	@rm -rf $(VENV) $(NODE)/node_modules .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis .coverage

.PHONY: help
help: ## List the targets
	@awk 'BEGIN { FS = ":.*## " } /^[a-z-]+:.*## / { printf "make %-9s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

.PHONY: FORCE
FORCE:
