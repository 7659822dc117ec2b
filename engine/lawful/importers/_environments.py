"""Environments: what the names that people give to them mean, in the words of `common`."""

from __future__ import annotations

__all__ = ["ENVIRONMENTS", "ENVIRONMENT_KEYS"]

#: Keys of tags, labels and properties whose value is the name of an environment.
ENVIRONMENT_KEYS = (
    "environment",
    "env",
    "app_environment",
    "app_env",
    "stage",
    "deployment_environment",
)
ENVIRONMENTS = {
    word: term
    for term, words in {
        "production": "production prod prd live",
        "staging": "staging stage stg preproduction preprod pre-prod",
        "development": "development develop dev sandbox",
        "test": "test testing tst qa uat",
        "non_production": "non_production non-production nonproduction nonprod non-prod",
    }.items()
    for word in words.split()
}
