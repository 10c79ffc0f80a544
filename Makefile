# Needs Python 3.11 or newer, and make. Everything else is fetched into .venv and .run.
.DEFAULT_GOAL := help
PY := .venv/bin/python
SERVICES := $(PY) -m mobilisering.services
SHELL := /bin/sh
PIP := $(PY) -m pip --disable-pip-version-check --no-input

.PHONY: help run test test-browser check format lint types layers dependencies templates migrations texts plain \
	deploy translations lock manage simulate clean

help: ## show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-14s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

.venv/ready: requirements-dev.txt
	@python=$$(for name in python3.13 python3.12 python3.11 python3 python; do \
	  $$name -c 'import ensurepip, sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$name && break; \
	done); \
	if [ -z "$$python" ]; then \
	  echo "Python 3.11 or newer with venv is needed. On Debian or Ubuntu: sudo apt install python3-venv"; exit 1; \
	fi; \
	test -x $(PY) || $$python -m venv .venv || exit 1; \
	echo "Installing what the portal is built on ..."; \
	$(PIP) install -qq --no-compile --require-hashes --only-binary :all: -r requirements-dev.txt && touch .venv/ready

run: .venv/ready ## start the portal with sample data (PORT=8010 make run for another port)
	@$(SERVICES) run

test: .venv/ready ## run the tests on real PostgreSQL and Valkey (ARGS="tests/people -x")
	@$(SERVICES) exec $(PY) -m pytest -n auto --maxprocesses 8 -m "not browser" $(ARGS)

test-browser: .venv/ready ## run the tests that need Chromium (CHROMIUM=/path/to/it when it is not found)
	@CHROMIUM=$${CHROMIUM:-$$(for name in chromium chromium-browser google-chrome google-chrome-stable; do \
	  command -v $$name && break; done)}; \
	if [ -z "$$CHROMIUM" ]; then \
	  echo "Chromium is needed. On Debian or Ubuntu: sudo apt install chromium."; \
	  echo "Where it has another name: CHROMIUM=/path/to/it make test-browser"; exit 1; \
	fi; \
	export CHROMIUM; exec $(SERVICES) exec $(PY) -m pytest -m browser $(ARGS)

check: lint types layers dependencies templates migrations texts plain deploy ## all that is checked without running tests
	@echo "All checks passed."

lint: .venv/ready
	@$(PY) -m ruff check --quiet
	@$(PY) -m ruff format --quiet --check || { echo "Not formatted: make format"; exit 1; }

format: .venv/ready ## put the code in order
	@$(PY) -m ruff check --quiet --fix
	@$(PY) -m ruff format --quiet

types: .venv/ready
	@DEVELOPMENT=1 $(PY) -m mypy --no-error-summary

layers: .venv/ready
	@$(PY) -c "from importlinter.cli import lint_imports_command; lint_imports_command()" --no-logo > .venv/layers.txt || { cat .venv/layers.txt; exit 1; }

dependencies: .venv/ready
	@$(PY) -m deptry . --no-ansi 2> .venv/dependencies.txt || { cat .venv/dependencies.txt; exit 1; }

templates: .venv/ready
	@$(PY) -m djlint --quiet --lint templates

migrations: .venv/ready
	@$(SERVICES) exec $(PY) manage.py makemigrations --check --dry-run -v 1

texts: .venv/ready
	@$(PY) -m mobilisering.translations check

plain: .venv/ready
	@DEVELOPMENT=1 DJANGO_SETTINGS_MODULE=mobilisering.settings $(PY) -m mobilisering.plain_swedish

deploy: .venv/ready
	@{ .ci/sample-env $(PY) manage.py check --deploy --fail-level WARNING && \
	  STATIC_ROOT=.run/check-static .ci/sample-env $(PY) manage.py collectstatic --no-input --clear; \
	} > .venv/deploy.txt 2>&1 || { cat .venv/deploy.txt; exit 1; }

translations: .venv/ready ## bring locale/*.po up to date with the texts in code and templates
	@$(PY) -m mobilisering.translations update

manage: .venv/ready ## run manage.py beside a running portal (ARGS="shell")
	@$(SERVICES) join $(PY) manage.py $(ARGS)

simulate: .venv/ready ## let a made-up programme live for a while (ARGS="--groups 12 --weeks 52 --seed 1")
	@$(SERVICES) exec $(PY) manage.py simulate $(ARGS)

lock: ## write the pinned requirements anew (needs uv)
	uv pip compile -q $(LOCK) pyproject.toml -o requirements.txt
	uv pip compile -q $(LOCK) pyproject.toml --group dev -c requirements.txt -o requirements-dev.txt
lock: LOCK = --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --no-annotate

clean: ## remove .venv and the sample data
	rm -rf .venv .run
