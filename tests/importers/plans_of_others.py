"""What resources of Azure and Google make flow: for each case the changes, the configuration, and the flows."""

from __future__ import annotations

from tests.importers.plans import Flowing, block, change

CASES: Flowing = {
    "a machine of Azure with a public address and an open rule": (
        [
            change("azurerm_linux_virtual_machine.v"),
            change("azurerm_network_interface.i"),
            change("azurerm_public_ip.p"),
            change("azurerm_network_interface_security_group_association.a"),
            change(
                "azurerm_network_security_group.g",
                {
                    "security_rule": [
                        {"access": "Allow", "direction": "Inbound", "source_address_prefix": "*"}
                    ]
                },
            ),
        ],
        [
            block(
                "azurerm_linux_virtual_machine.v",
                network_interface_ids="azurerm_network_interface.i.id",
            ),
            block(
                "azurerm_network_interface.i",
                ip_configuration=[{"public_ip_address_id": "azurerm_public_ip.p.id"}],
            ),
            block(
                "azurerm_network_interface_security_group_association.a",
                network_interface_id="azurerm_network_interface.i.id",
                network_security_group_id="azurerm_network_security_group.g.id",
            ),
        ],
        {"internet -> azurerm_linux_virtual_machine.v"},
    ),
    "a machine of Google with a public address and an open rule": (
        [
            change(
                "google_compute_instance.v",
                {
                    "network_interface": [{"network": "default", "access_config": [{}]}],
                    "tags": ["w"],
                },
            ),
            change(
                "google_compute_instance.inner", {"network_interface": [{"network": "default"}]}
            ),
            change(
                "google_compute_firewall.f",
                {
                    "network": "default",
                    "direction": "INGRESS",
                    "allow": [{"protocol": "tcp"}],
                    "source_ranges": ["0.0.0.0/0"],
                    "target_tags": ["w"],
                },
            ),
        ],
        [],
        {"internet -> google_compute_instance.v"},
    ),
    "Google: a topic to a function, a sink to a bucket": (
        [
            change("google_pubsub_topic.t", {"id": "projects/p/topics/t"}),
            change(
                "google_cloudfunctions2_function.f",
                {"event_trigger": [{"pubsub_topic": "projects/p/topics/t"}]},
            ),
            change("google_storage_bucket.b", {"name": "shop-archive"}),
            change("google_logging_project_sink.s"),
        ],
        [block("google_logging_project_sink.s", destination="google_storage_bucket.b.name")],
        {
            "google_pubsub_topic.t -> google_cloudfunctions2_function.f",
            "google_logging_project_sink.s -> google_storage_bucket.b",
        },
    ),
    "Azure: diagnostics to a workspace, a failover to a partner": (
        [
            change("azurerm_mssql_server.a"),
            change("azurerm_mssql_server.b"),
            change("azurerm_mssql_failover_group.g"),
            change("azurerm_log_analytics_workspace.w"),
            change("azurerm_monitor_diagnostic_setting.d"),
        ],
        [
            block(
                "azurerm_mssql_failover_group.g",
                server_id="azurerm_mssql_server.a.id",
                partner_server=[{"id": "azurerm_mssql_server.b.id"}],
            ),
            block(
                "azurerm_monitor_diagnostic_setting.d",
                target_resource_id="azurerm_mssql_server.a.id",
                log_analytics_workspace_id="azurerm_log_analytics_workspace.w.id",
            ),
        ],
        {
            "azurerm_mssql_server.a -> azurerm_mssql_server.b",
            "azurerm_mssql_server.a -> azurerm_log_analytics_workspace.w",
        },
    ),
    "Azure: a store that is kept elsewhere, too": (
        [change("azurerm_storage_account.s", {"account_replication_type": "GRS"})],
        [],
        {"azurerm_storage_account.s -> azurerm_storage_account.s elsewhere"},
    ),
}
