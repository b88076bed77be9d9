PYTHON ?= python3
VENV ?= .venv
BIN = $(VENV)/bin
# each has requirements of its own: the newest releases do not go into one environment
PEERS = yamllint cfy-lint cfn-lint

.PHONY: help develop check docs pictures dist container format test fuzz generate oracle node peers bench accuracy \
	mutants mutate plan-samples vscode wheel clean

help:
	@echo 'develop   an environment with everything for development in $(VENV)'
	@echo 'check     formatting, lint, types, layers and generated files'
	@echo 'format    format the code'
	@echo 'test      the tests'
	@echo 'fuzz      ten minutes of coverage-guided fuzzing with atheris, in an environment of its own'
	@echo 'generate  write the generated files: schemas/, docs/rules/'
	@echo 'oracle    the reference parser in .oracle, for the tests that compare with it'
	@echo 'peers     the tools that speed is compared with, in .peers'
	@echo 'bench     measure, and write the table of docs/performance.md'
	@echo 'accuracy  put mistakes into valid files, see who tells them, and write docs/accuracy.md; SEED=… COUNT=…'
	@echo 'node      what checks the GitLab report and draws Mermaid, in .node, from npm'
	@echo 'vscode    build, test and package the extension for VS Code, from npm'
	@echo 'mutants   thousands of changed blueprints against the reference parser; SEED=… COUNT=…'
	@echo 'mutate    change the code at random places and list the changes that no test notices; SEED=… COUNT=…'
	@echo 'plan-samples   thousands of random executions against the real engine; SEED=… COUNT=…'
	@echo 'docs      the documentation as a site in build/site, links checked'
	@echo 'pictures  the pictures of the terminal in docs/assets'
	@echo 'dist      source archive and wheel, built twice and compared, checked by twine'
	@echo 'container an image with bplint in it, with docker'
	@echo 'wheel     build a wheel in dist/ and lint with it in an empty environment'

develop: $(VENV)/installed

$(VENV)/installed: pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --editable '.[dev]'
	touch $@

check: develop
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m tools.generate --check

format: develop
	$(BIN)/ruff check --fix-only .
	$(BIN)/ruff format .

test: develop
	$(BIN)/python -m pytest -n auto --dist loadfile

fuzz:
	$(PYTHON) -m venv build/fuzz
	build/fuzz/bin/python -m pip install --quiet atheris .
	mkdir -p build/corpus
	build/fuzz/bin/python tests/fuzz/atheris_lint.py build/corpus fixtures/rules fixtures/hostile \
	  -max_total_time=600 -rss_limit_mb=512 -timeout=20 -max_len=4096 -artifact_prefix=build/

generate: develop
	$(BIN)/python -m tools.generate

oracle: .oracle/installed

.oracle/installed:
	$(PYTHON) -m venv .oracle
	.oracle/bin/python -m pip install --quiet 'cloudify-common[dispatcher]==7.0.5'
	touch $@

peers: .peers/installed

.peers/installed:
	for peer in $(PEERS); do \
	  $(PYTHON) -m venv .peers/$$peer && .peers/$$peer/bin/python -m pip install --quiet $$peer || exit 1; \
	done
	touch $@

accuracy: develop oracle peers
	$(BIN)/python -m benchmarks.accuracy --write --count $(or $(COUNT),12000) --seed '$(or $(SEED),1)'

bench: develop peers
	$(BIN)/python -m benchmarks --write

node: .node/installed

.node/installed:
	npm install --prefix .node --silent --no-audit --no-fund typescript@5 codeclimate-types@0.3 mermaid@11 yaml-language-server@1
	touch $@

# TypeScript's compiler, a session with the server over standard input and output, and the package
vscode: develop
	cd editors/vscode && npm ci --silent --no-audit --no-fund && BPLINT_PYTHON=$(abspath $(BIN)/python) npm test --silent
	cd editors/vscode && npm run --silent package

mutants: develop oracle
	$(BIN)/python -m tools.oracle.mutate_compare --count $(or $(COUNT),2000) --seed '$(SEED)'

mutate: develop
	$(BIN)/python -m tools.mutate_code --count $(or $(COUNT),30) --seed '$(SEED)'

plan-samples: develop oracle
	$(BIN)/python -m tools.oracle.plan_compare --count $(or $(COUNT),2000) --seed '$(SEED)'

# one environment for the site: nothing of it is needed to develop
docs: build/docs/installed
	NO_MKDOCS_2_WARNING=1 build/docs/bin/mkdocs build --quiet

build/docs/installed: pyproject.toml
	$(PYTHON) -m venv build/docs
	build/docs/bin/python -m pip install --quiet 'mkdocs-material>=9.6,<10'
	touch $@

pictures: develop
	$(BIN)/python -m tools.terminal_pictures

# twice, with one clock: the same files byte for byte, which twine finds right
dist: develop build/docs/installed
	rm -rf dist build/again
	build/docs/bin/python -m pip install --quiet build twine
	SOURCE_DATE_EPOCH=$$(git log -1 --format=%ct) build/docs/bin/python -m build --outdir dist
	SOURCE_DATE_EPOCH=$$(git log -1 --format=%ct) build/docs/bin/python -m build --outdir build/again
	cd dist && for each in *; do cmp "$$each" "../build/again/$$each" || exit 1; done
	build/docs/bin/twine check --strict dist/*

container:
	docker build --tag bplint --file Containerfile .

wheel: develop
	rm -rf dist build/wheel
	$(BIN)/python -m build --wheel --outdir dist
	$(PYTHON) -m venv build/wheel
	build/wheel/bin/python -m pip install --quiet dist/*.whl
	cd build && wheel/bin/bplint validate ../examples/web
	cd build && wheel/bin/bplint schema report > /dev/null
	cd build && wheel/bin/bplint plan ../examples/web/blueprint.yaml -i host_ip=10.0.0.1 > /dev/null

clean:
	rm -rf build dist $(VENV) .oracle
