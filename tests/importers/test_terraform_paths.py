"""What paths and names of tables of Google name: what the files make, if it is in a project of their own."""

from __future__ import annotations

import pytest

from lawful_dsl.source import Source
from tests.importers.imported import told

FILES = """
provider "google" { project = "shop" }
data "google_project" "me" {}
resource "google_project" "p" {
  project_id = "shop"
  number     = "1234"
}
resource "google_bigquery_dataset" "d" { dataset_id = "sales" }
resource "google_storage_bucket" "b" { name = "docs-logs" }
resource "google_pubsub_topic" "t" { name = "till" }
resource "google_logging_project_sink" "s" { destination = "%s" }
resource "google_pubsub_subscription" "u" {
  topic = google_pubsub_topic.t.id
  bigquery_config { table = "%s" }
}
"""
SALES = "google_bigquery_dataset.d"


@pytest.mark.parametrize(
    ("destination", "target"),
    [
        ("bigquery.googleapis.com/projects/shop/datasets/sales", SALES),
        ("bigquery.googleapis.com/projects/1234/datasets/sales", SALES),
        (
            "bigquery.googleapis.com/projects/theirs/datasets/sales",
            "google:datasets:sales of project ~",
        ),
        ("bigquery.googleapis.com/projects/shop/datasets/other", "google:datasets:other"),
        ("storage.googleapis.com/docs-logs", "google_storage_bucket.b"),
        ("pubsub.googleapis.com/projects/shop/topics/till", "google_pubsub_topic.t"),
    ],
)
def test_where_a_sink_leads(destination: str, target: str) -> None:
    found = told("terraform_hcl", Source("main.tf", FILES % (destination, "-"))).ends
    [sent] = [each for each in found if each.startswith("google_logging")]
    assert sent.partition(" -> ")[2].startswith(target)


@pytest.mark.parametrize(
    ("table", "target"),
    [
        ("shop.sales.rows", SALES),
        ("shop:sales.rows", SALES),
        ("theirs.sales.rows", "google:datasets:sales of project ~"),
    ],
)
def test_in_which_set_a_table_is(table: str, target: str) -> None:
    found = told("terraform_hcl", Source("main.tf", FILES % ("-", table))).ends
    [sent] = [each for each in found if each.startswith("google_pubsub_topic")]
    assert sent.partition(" -> ")[2].startswith(target)
