"""Roles of Azure on a thing: who has one may be somebody else, unless the files make whoever it is."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.importers.imported import told, written
from tests.importers.plans import block, change, flows, plan

ACCOUNT = "azurerm_storage_account.s"
SOMEBODY = {f"{ACCOUNT} -> azurerm_role_assignment.r.principal_id"}
FILES = """
variable "who" {}
data "azurerm_client_config" "me" {}
data "azuread_group" "team" { display_name = "team" }
data "azuread_service_principal" "tool" { display_name = "tool" }
resource "azurerm_user_assigned_identity" "i" { name = "till" }
resource "azurerm_storage_account" "s" { name = "kept" }
resource "azurerm_role_assignment" "r" {
  scope                = azurerm_storage_account.s.id
  role_definition_name = "%s"
  principal_id         = %s
}
"""
READS, GUID = "Storage Blob Data Reader", '"5f3a0c1e-0000-4000-8000-0123456789ab"'


@pytest.mark.parametrize(
    ("role", "principal", "wanted", "counted"),
    [
        (READS, GUID, SOMEBODY, 0),
        ("Contributor", GUID, SOMEBODY, 0),
        ("Reader", GUID, set(), 0),
        ("Azure Service Bus Data Sender", GUID, set(), 0),
        (READS, "data.azuread_service_principal.tool.object_id", SOMEBODY, 0),
        (READS, "data.azuread_group.team.object_id", set(), 1),
        (READS, "azurerm_user_assigned_identity.i.principal_id", set(), 0),
        (READS, "data.azurerm_client_config.me.object_id", set(), 0),
        (READS, "var.who", set(), 1),
    ],
)
def test_whoever_has_a_role(
    role: str, principal: str, wanted: set[str], counted: int, tmp_path: Path
) -> None:
    found = told("terraform_hcl", *written(tmp_path, {"main.tf": FILES % (role, principal)}))
    assert found.ends == wanted
    assert found.count("rights") == counted


def test_a_principal_that_a_plan_makes_is_known_by_its_id() -> None:
    account = change(ACCOUNT, {"name": "kept", "id": "/x/kept"})
    right = {"scope": "/x/kept", "role_definition_name": READS, "principal_id": "p-1"}
    assigned = change("azurerm_role_assignment.r", right)
    made = change("azurerm_linux_web_app.w", {"identity": [{"principal_id": "p-1"}]})
    assert flows(plan(account, assigned)) == SOMEBODY
    assert not flows(plan(account, assigned, made))
    later = change(
        "azurerm_role_assignment.r", right | {"principal_id": None}, unknown={"principal_id": True}
    )
    root = [block("azurerm_role_assignment.r", principal_id="module.partners.one")]
    assert flows(plan(account, later, root=root)) == SOMEBODY
