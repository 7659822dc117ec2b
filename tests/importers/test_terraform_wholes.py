"""Rights on all that lies in a project of Google: on which nodes they are, by the role, and whose they are."""

from __future__ import annotations

from typing import Any

import pytest

from lawful_dsl.source import Source
from tests.importers.imported import told
from tests.importers.plans import change, flows, notices, plan

BUCKET = change("google_storage_bucket.b", {"name": "docs", "project": "ours"})
ELSEWHERE = change("google_storage_bucket.e", {"name": "rest", "project": "theirs"})
TABLES = change("google_bigquery_dataset.d", {"dataset_id": "sales", "project": "ours"})
RUN = change("google_cloud_run_v2_service.r", {"name": "till", "project": "ours"})
NODES = (BUCKET, ELSEWHERE, TABLES, RUN)
B, D, R = "google_storage_bucket.b", "google_bigquery_dataset.d", "google_cloud_run_v2_service.r"
PARTNER = "serviceAccount:a@partner.iam.gserviceaccount.com"


def member(who: str, role: str, project: Any = "ours", **more: Any) -> Any:
    said = {"project": project, "role": role, "member": who}
    return change("google_project_iam_member.m", said, **more)


@pytest.mark.parametrize(
    ("who", "role", "wanted"),
    [
        ("allUsers", "roles/storage.objectViewer", {f"{B} -> public"}),
        (PARTNER, "roles/storage.objectViewer", {f"{B} -> {B} shared"}),
        ("domain:partner.com", "roles/viewer", {f"{x} -> {x} shared" for x in (B, D, R)}),
        ("domain:partner.com", "roles/bigquery.dataViewer", {f"{D} -> {D} shared"}),
        ("allUsers", "roles/run.invoker", {f"internet -> {R}"}),
        ("allUsers", "roles/storage.objectCreator", {f"internet -> {B}"}),
        (PARTNER, "roles/logging.logWriter", set()),
        ("serviceAccount:a@ours.iam.gserviceaccount.com", "roles/viewer", set()),
    ],
)
def test_a_right_on_a_project_is_one_on_what_lies_in_it(
    who: str, role: str, wanted: set[str]
) -> None:
    assert flows(plan(*NODES, member(who, role))) == wanted


def test_what_may_lie_in_a_project_may_be_shared() -> None:
    right = member(PARTNER, "roles/storage.admin", None, unknown={"project": True})
    shared = f"{B} -> google_project_iam_member.m.member"
    assert shared in flows(plan(BUCKET, TABLES, right))
    above = {"folder": "folders/1", "role": "roles/storage.admin", "member": PARTNER}
    right = change("google_folder_iam_member.m", above)
    assert flows(plan(BUCKET, right)) == {f"{B} -> google_folder_iam_member.m.member"}


def test_people_and_roles_on_nothing_that_is_here_are_counted() -> None:
    for who, role in (("user:a@ours.com", "roles/viewer"), (PARTNER, "roles/spanner.viewer")):
        value = plan(*NODES, member(who, role))
        assert not flows(value)
        assert "1 rights turn on a condition, are on a whole project" in notices(value)


def test_the_number_of_a_project_is_that_of_its_id() -> None:
    ours = change("google_project.p", {"project_id": "ours", "number": "1234"})
    theirs = change("google_project.q", {"project_id": "theirs", "number": "5678"}, mode="data")
    theirs |= {"address": "data.google_project.q"}
    role = "roles/storage.objectViewer"
    compute = "serviceAccount:{}-compute@developer.gserviceaccount.com"
    shared = {f"{B} -> {B} shared"}
    assert flows(plan(BUCKET, ours, member(PARTNER, role, "1234"))) == shared
    assert not flows(plan(ELSEWHERE, ours, member(PARTNER, role, "projects/1234")))
    assert not flows(plan(BUCKET, ours, member(compute.format(1234), role)))
    lookup = {"mode": "data", "type": "google_project", "name": "q"}
    root = [lookup | {"expressions": {"project_id": {"constant_value": "theirs"}}}]
    value = plan(BUCKET, theirs, member(compute.format(5678), role), root=root)
    assert flows(value) == shared


POLICY = """
variable "who" {}
provider "google" { project = "ours" }
data "google_iam_policy" "p" {
  binding {
    role    = "roles/storage.objectViewer"
    members = [%s]
  }
}
resource "google_storage_bucket" "b" { name = "docs" }
resource "google_storage_bucket_iam_policy" "p" {
  bucket      = google_storage_bucket.b.name
  policy_data = data.google_iam_policy.p.policy_data
}
"""


@pytest.mark.parametrize(
    ("who", "wanted", "counted"),
    [
        ('"allUsers"', {f"{B} -> public"}, 0),
        ('"allUsers", var.who', {f"{B} -> public"}, 1),
        ("var.who", set(), 1),
    ],
)
def test_a_policy_that_is_made_of_blocks_is_read(who: str, wanted: set[str], counted: int) -> None:
    found = told("terraform_hcl", Source("main.tf", POLICY % who))
    assert found.ends == wanted
    assert found.count("rights are known only after apply") == counted
