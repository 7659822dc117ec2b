# What is done often. Everything runs in the environment of ./dev.
.PHONY: check test lint format

check: ## all that must hold before a change is accepted
	.ci/run

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
