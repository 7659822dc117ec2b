# What is done often. Everything runs in the environment of ./dev.
.PHONY: check test lint format fuzz mutate-engine agreement fuzz-parsers bench bench-session import-truths

check: ## all that must hold before a change is accepted
	.ci/run

compile: ## the grammars and policies, after which commands and tests start at once
	./dev python -m lawful_dsl.compiled
.PHONY: compile

test:
	./dev pytest -n auto

lint:
	./dev ruff check .
	./dev ruff format --check .
	./dev mypy
	./dev lint-imports

format:
	./dev ruff check --fix .
	./dev ruff format .

fuzz: ## the properties on many systems: LAWFUL_EXAMPLES says how many
	LAWFUL_EXAMPLES=$${LAWFUL_EXAMPLES:-1000} ./dev pytest -q tests/properties

mutate-engine: ## small mistakes made in the engine on purpose: PACKAGES says where, SHARE and SEED which
	./dev python -m tests.mutation $${PACKAGES:-lawful.kernel lawful.rules lawful_dsl.resolve} \
		--share $${SHARE:-1} --seed $${SEED:-0}

agreement: ## the engine against the reference: SYSTEMS says how many, FROM which number on, by how many JOBS
	./dev python -m tests.properties.agree \
		--systems $${SYSTEMS:-100000} --from $${FROM:-0} --jobs $${JOBS:-2}

bench-check: ## `lawful check` on large systems, beside what only reads them: FLOWS says how many flows, RUNS how often
	./dev python -m tests.bench.checks --flows $${FLOWS:-10000 100000} --runs $${RUNS:-3}
.PHONY: bench-check

bench-start: ## how long `lawful` takes to start and to check small systems, as installed: RUNS says how often
	./dev python -m tests.bench.start --runs $${RUNS:-9}
.PHONY: bench-start

fuzz-parsers: ## all that reads a file, under Atheris: SECONDS for each; what is found is in build/fuzz
	./dev python -m pip install --quiet --quiet --disable-pip-version-check --editable '.[fuzz]'
	for each in law flow json xdecaf; do \
		./dev python -m tests.fuzz.targets.$$each $(or $(SECONDS),60) build/fuzz || exit 1; \
	done

bench: ## the kernel beside others on the reference workload, to docs/bench: BENCH says where that is, ONLY what to run of it
	./dev python -m pip install --quiet --quiet --disable-pip-version-check --editable '.[bench]'
	./dev python -m pip install --quiet --quiet --disable-pip-version-check --no-deps 'ethyca-fides>=2.78' # what it needs here is in the extra
	BENCH=$(or $(BENCH),../shared/bench) ./dev python -m tests.bench $(ONLY)

bench-session: ## how long edits of a session take: FLOWS says on how large systems, EDITS how many
	./dev python -m tests.bench.session $${FLOWS:-10000 100000} --edits $${EDITS:-200}

import-truths: ## what importers find of the flows and places that people read in the same files by hand
	./dev python -m tests.importers.truths
