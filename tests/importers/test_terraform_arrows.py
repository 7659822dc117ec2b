"""What resources of the less common kinds make flow: for each case some HCL, and the flows of it."""

from __future__ import annotations

import pytest

from lawful.importers import terraform_hcl
from lawful_dsl.source import Source
from tests.importers.plans import block, change, flows, flows_of, imported, notices, plan

#: What cases name, by its short name.
THINGS = {
    "bucket": "aws_s3_bucket",
    "other": "aws_s3_bucket",
    "stream": "aws_kinesis_stream",
    "function": "aws_lambda_function",
    "queue": "aws_sqs_queue",
    "group": "aws_cloudwatch_log_group",
    "account": "azurerm_storage_account",
    "hub": "azurerm_eventhub",
    "workspace": "azurerm_log_analytics_workspace",
    "factory": "azurerm_data_factory",
    "topic": "google_pubsub_topic",
    "store": "google_storage_bucket",
    "dataset": "google_bigquery_dataset",
    "run": "google_cloud_run_v2_service",
}
A = {short: f"{type}.{short}" for short, type in THINGS.items()}


def read(text: str) -> set[str]:
    """The flows of some HCL, beside which is all that it names."""
    beside = "".join(
        f'resource "{type}" "{short}" {{}}\n'
        for short, type in THINGS.items()
        if f"{type}.{short}." in text
    )
    source = Source("main.tf", beside + text)
    return flows_of(terraform_hcl.read([source], name="shop"))


CASES: dict[str, tuple[str, set[str]]] = {
    "copies between places of data": (
        """
        resource "aws_datasync_location_s3" "a" { s3_bucket_arn = aws_s3_bucket.bucket.arn }
        resource "aws_datasync_location_nfs" "b" { server_hostname = "files.partner.com" }
        resource "aws_datasync_task" "t" {
          source_location_arn      = aws_datasync_location_s3.a.arn
          destination_location_arn = aws_datasync_location_nfs.b.arn
        }
        """,
        {f"{A['bucket']} -> files.partner.com"},
    ),
    "a database that is read to be replicated": (
        """
        resource "aws_dms_endpoint" "from" {
          endpoint_type = "source"
          server_name   = "db.partner.com"
        }
        resource "aws_dms_s3_endpoint" "to" {
          endpoint_type = "target"
          bucket_name   = aws_s3_bucket.bucket.id
        }
        resource "aws_dms_replication_task" "t" {
          source_endpoint_arn = aws_dms_endpoint.from.endpoint_arn
          target_endpoint_arn = aws_dms_s3_endpoint.to.endpoint_arn
        }
        """,
        {
            "db.partner.com -> aws_dms_endpoint.from",
            "aws_dms_endpoint.from -> aws_dms_s3_endpoint.to",
            f"aws_dms_s3_endpoint.to -> {A['bucket']}",
        },
    ),
    "a cluster in another region": (
        """
        resource "aws_rds_global_cluster" "all" {}
        resource "aws_rds_cluster" "first" {
          global_cluster_identifier = aws_rds_global_cluster.all.id
          master_username           = "x"
        }
        resource "aws_rds_cluster" "second" {
          global_cluster_identifier = aws_rds_global_cluster.all.id
        }
        """,
        {
            "aws_rds_cluster.first -> aws_rds_global_cluster.all",
            "aws_rds_global_cluster.all -> aws_rds_cluster.second",
        },
    ),
    "an event to an address outside": (
        """
        resource "aws_cloudwatch_event_rule" "r" {}
        resource "aws_cloudwatch_event_api_destination" "d" {
          invocation_endpoint = "https://hooks.partner.com/in"
        }
        resource "aws_cloudwatch_event_target" "t" {
          rule = aws_cloudwatch_event_rule.r.name
          arn  = aws_cloudwatch_event_api_destination.d.arn
        }
        """,
        {"aws_cloudwatch_event_rule.r -> hooks.partner.com"},
    ),
    "logs that are delivered": (
        """
        resource "aws_cloudfront_distribution" "c" {}
        resource "aws_cloudwatch_log_delivery_source" "s" {
          resource_arn = aws_cloudfront_distribution.c.arn
        }
        resource "aws_cloudwatch_log_delivery_destination" "d" {
          delivery_destination_configuration {
            destination_resource_arn = aws_s3_bucket.bucket.arn
          }
        }
        resource "aws_cloudwatch_log_delivery" "l" {
          delivery_source_name     = aws_cloudwatch_log_delivery_source.s.name
          delivery_destination_arn = aws_cloudwatch_log_delivery_destination.d.arn
        }
        """,
        {f"aws_cloudfront_distribution.c -> {A['bucket']}"},
    ),
    "a subscription to the logs of another account": (
        """
        resource "aws_cloudwatch_log_destination" "d" { target_arn = aws_kinesis_stream.stream.arn }
        resource "aws_cloudwatch_log_subscription_filter" "f" {
          log_group_name  = aws_cloudwatch_log_group.group.name
          destination_arn = aws_cloudwatch_log_destination.d.arn
        }
        """,
        {f"{A['group']} -> {A['stream']}"},
    ),
    "the recordings of calls": (
        """
        resource "aws_connect_instance" "i" {}
        resource "aws_connect_instance_storage_config" "s" {
          instance_id = aws_connect_instance.i.id
          storage_config {
            s3_config { bucket_name = aws_s3_bucket.bucket.id }
          }
        }
        """,
        {f"aws_connect_instance.i -> {A['bucket']}"},
    ),
    "what comes from a service of others": (
        """
        resource "aws_appflow_connector_profile" "p" {
          connector_profile_config {
            connector_profile_properties {
              salesforce { instance_url = "https://shop.salesforce.com" }
            }
          }
        }
        resource "aws_appflow_flow" "f" {
          source_flow_config { connector_profile_name = aws_appflow_connector_profile.p.name }
          destination_flow_config {
            destination_connector_properties {
              s3 { bucket_name = aws_s3_bucket.bucket.id }
            }
          }
        }
        """,
        {"shop.salesforce.com -> aws_appflow_flow.f", f"aws_appflow_flow.f -> {A['bucket']}"},
    ),
    "zero integration": (
        """
        resource "aws_rds_cluster" "c" {}
        resource "aws_redshift_cluster" "w" {}
        resource "aws_rds_integration" "i" {
          source_arn = aws_rds_cluster.c.arn
          target_arn = aws_redshift_cluster.w.arn
        }
        """,
        {"aws_rds_cluster.c -> aws_redshift_cluster.w"},
    ),
    "a program in a map of settings": (
        """
        resource "aws_lambda_function" "f" {
          environment {
            variables = {
              DB_HOST   = "db.partner.com"
              BROKERS   = "one.partner.com:9092,two.partner.com:9092"
              API_KEY   = "made.up.com:1"
              FILE_NAME = "settings.partner.json"
            }
          }
        }
        """,
        {
            "aws_lambda_function.f -> db.partner.com",
            "aws_lambda_function.f -> one.partner.com",
            "aws_lambda_function.f -> two.partner.com",
        },
    ),
    "the origin of content": (
        """
        resource "aws_cloudfront_distribution" "c" {
          origin { domain_name = "shop.partner.com" }
          origin { domain_name = "pictures.s3.eu-west-1.amazonaws.com" }
        }
        """,
        {
            "aws_cloudfront_distribution.c -> shop.partner.com",
            "aws:s3:pictures -> aws_cloudfront_distribution.c",
        },
    ),
    "what a rule collects of machines": (
        """
        resource "azurerm_linux_virtual_machine" "m" {}
        resource "azurerm_monitor_data_collection_rule" "r" {
          destinations {
            log_analytics { workspace_resource_id = azurerm_log_analytics_workspace.workspace.id }
          }
        }
        resource "azurerm_monitor_data_collection_rule_association" "a" {
          target_resource_id      = azurerm_linux_virtual_machine.m.id
          data_collection_rule_id = azurerm_monitor_data_collection_rule.r.id
        }
        """,
        {f"azurerm_linux_virtual_machine.m -> {A['workspace']}"},
    ),
    "a factory and what it is linked to": (
        """
        resource "azurerm_data_factory_linked_service_data_lake_storage_gen2" "l" {
          data_factory_id = azurerm_data_factory.factory.id
          url             = azurerm_storage_account.account.primary_dfs_endpoint
        }
        resource "azurerm_data_factory_linked_service_sftp" "s" {
          data_factory_id = azurerm_data_factory.factory.id
          host            = "files.partner.com"
        }
        """,
        {f"{A['factory']} -> {A['account']}", f"{A['factory']} -> files.partner.com"},
    ),
    "health records from devices": (
        """
        resource "azurerm_healthcare_fhir_service" "f" {}
        resource "azurerm_healthcare_medtech_service" "m" {
          eventhub_name = azurerm_eventhub.hub.name
        }
        resource "azurerm_healthcare_medtech_service_fhir_destination" "d" {
          medtech_service_id          = azurerm_healthcare_medtech_service.m.id
          destination_fhir_service_id = azurerm_healthcare_fhir_service.f.id
        }
        """,
        {
            f"{A['hub']} -> azurerm_healthcare_medtech_service.m",
            "azurerm_healthcare_medtech_service.m -> azurerm_healthcare_fhir_service.f",
        },
    ),
    "a backup that is kept in another region": (
        'resource "azurerm_mssql_database" "d" { storage_account_type = "Geo" }',
        {"azurerm_mssql_database.d -> azurerm_mssql_database.d elsewhere"},
    ),
    "changes of a database as a stream": (
        """
        resource "google_datastream_connection_profile" "from" {
          mysql_profile { hostname = "db.partner.com" }
        }
        resource "google_datastream_connection_profile" "to" {
          gcs_profile { bucket = google_storage_bucket.store.name }
        }
        resource "google_datastream_stream" "s" {
          source_config { source_connection_profile = google_datastream_connection_profile.from.id }
          destination_config {
            destination_connection_profile = google_datastream_connection_profile.to.id
          }
        }
        """,
        {
            "db.partner.com -> google_datastream_stream.s",
            f"google_datastream_stream.s -> {A['store']}",
        },
    ),
    "a balancer to a program without a machine": (
        """
        resource "google_compute_region_network_endpoint_group" "n" {
          cloud_run { service = google_cloud_run_v2_service.run.name }
        }
        resource "google_compute_backend_service" "b" {
          backend { group = google_compute_region_network_endpoint_group.n.id }
        }
        resource "google_compute_url_map" "u" { default_service = google_compute_backend_service.b.id }
        resource "google_compute_target_https_proxy" "p" { url_map = google_compute_url_map.u.id }
        resource "google_compute_global_forwarding_rule" "f" {
          target = google_compute_target_https_proxy.p.id
        }
        """,
        {f"google_compute_global_forwarding_rule.f -> {A['run']}"},
    ),
    "what health stores tell": (
        """
        resource "google_healthcare_dataset" "d" {}
        resource "google_healthcare_fhir_store" "f" {
          dataset = google_healthcare_dataset.d.id
          notification_configs { pubsub_topic = google_pubsub_topic.topic.id }
        }
        """,
        {f"google_healthcare_dataset.d -> {A['topic']}"},
    ),
    "a job that loads and one that writes out": (
        """
        resource "google_bigquery_job" "l" {
          load {
            source_uris = ["gs://shop-orders/all.csv"]
            destination_table { dataset_id = google_bigquery_dataset.dataset.dataset_id }
          }
        }
        """,
        {f"google:storage:shop-orders -> {A['dataset']}"},
    ),
    "logs to a workspace of others": (
        """
        locals { hub = "/subscriptions/1-2/resourceGroups/hub/providers" }
        resource "azurerm_monitor_diagnostic_setting" "d" {
          target_resource_id             = azurerm_data_factory.factory.id
          log_analytics_workspace_id     = "${local.hub}/Microsoft.OperationalInsights/workspaces/Central"
          eventhub_authorization_rule_id = "${local.hub}/Microsoft.EventHub/namespaces/logs/authorizationRules/send"
        }
        """,
        {f"{A['factory']} -> azure:workspaces:central", f"{A['factory']} -> azure:namespaces:logs"},
    ),
    "sinks to a project of others": (
        """
        resource "google_logging_project_sink" "a" {
          destination = "bigquery.googleapis.com/projects/hub-1/datasets/logs"
        }
        resource "google_logging_project_sink" "b" {
          destination = "storage.googleapis.com/hub-logs"
        }
        resource "google_logging_project_sink" "c" {
          destination = "logging.googleapis.com/projects/hub-1/locations/eu/buckets/all"
        }
        resource "google_pubsub_subscription" "s" {
          topic = "projects/hub-1/topics/orders"
          bigquery_config { table = "x" }
          cloud_storage_config { bucket = google_storage_bucket.store.name }
        }
        """,
        {
            "google_logging_project_sink.a -> google:datasets:logs",
            "google_logging_project_sink.b -> google:storage:hub-logs",
            "google_logging_project_sink.c -> google:buckets:all",
            f"google:topics:orders -> {A['store']}",
        },
    ),
    "a link to what is no end": (
        """
        resource "google_compute_url_map" "u" {
          default_service = "https://www.googleapis.com/compute/v1/projects/p-1/global/backendServices/b"
        }
        resource "google_compute_target_http_proxy" "p" { url_map = google_compute_url_map.u.id }
        resource "google_compute_global_forwarding_rule" "f" {
          target = google_compute_target_http_proxy.p.id
        }
        """,
        set(),
    ),
    "what is deployed to a cluster": (
        """
        resource "aws_db_instance" "d" {}
        resource "kubernetes_deployment_v1" "till" {
          spec {
            template {
              spec {
                container {
                  env {
                    name  = "QUEUE"
                    value = aws_sqs_queue.queue.url
                  }
                  env {
                    name  = "MAIL_HOST"
                    value = "smtp.partner.com"
                  }
                }
              }
            }
          }
        }
        resource "helm_release" "page" {
          values = [templatefile("page.yaml", { db = aws_db_instance.d.address })]
        }
        """,
        {
            f"kubernetes_deployment_v1.till -> {A['queue']}",
            "kubernetes_deployment_v1.till -> smtp.partner.com",
            "helm_release.page -> aws_db_instance.d",
        },
    ),
    "sets of tables that a stream makes elsewhere": (
        """
        resource "google_datastream_stream" "s" {
          location = "europe-west1"
          destination_config {
            bigquery_destination_config {
              source_hierarchy_datasets { dataset_template { location = "us-central1" } }
            }
          }
        }
        """,
        {"google_datastream_stream.s -> google_datastream_stream.s in us-central1"},
    ),
    "what anyone may read": (
        """
        resource "google_bigquery_dataset_iam_member" "m" {
          dataset_id = google_bigquery_dataset.dataset.dataset_id
          member     = "allUsers"
        }
        """,
        {f"{A['dataset']} -> public"},
    ),
}


@pytest.mark.parametrize(("text", "expected"), CASES.values(), ids=CASES)
def test_what_flows(text: str, expected: set[str]) -> None:
    assert read(text) == expected


def test_that_a_sensitive_setting_names_a_host_is_told_and_which_is_not() -> None:
    function = "aws_lambda_function.f"
    value = plan(
        change(
            function,
            {
                "environment": [
                    {
                        "variables": {
                            "SINK": "https://made-up-sink.com/x",
                            "N": "3",
                            "KEEP": "s3://made-up",
                        }
                    }
                ]
            },
            sensitive={"environment": [{"variables": True}]},
        ),
        root=[block(function, environment=[{"variables": "var.settings"}])],
    )
    assert flows(value) == {
        f"{function} -> {function} sensitive",
        f"{function} -> aws:s3:sensitive",
    }


def test_a_container_is_told_its_variables_by_name() -> None:
    tasks = "aws_ecs_task_definition.t"
    said = '[{"environment": [{"name": "DB_HOST", "value": "db.partner.com"}]}]'
    assert flows(plan(change(tasks, {"container_definitions": said}))) == {
        f"{tasks} -> db.partner.com"
    }


def test_what_a_path_names_is_what_another_plan_makes() -> None:
    id = "/subscriptions/1-2/resourceGroups/hub/providers/Microsoft.Storage/storageAccounts/logs"
    account = "azurerm_storage_account.a"
    audit = "azurerm_mssql_database_extended_auditing_policy.p"
    told = imported(plan(change(account, {"id": id, "name": "logs"})))
    assert told.answers["azure:storageaccounts:logs"] == account
    inside = change(
        "azurerm_monitor_diagnostic_setting.d",
        {
            "target_resource_id": f"{id}/blobServices/default",
            "log_analytics_workspace_id": id.replace(
                "Storage/storageAccounts", "OperationalInsights/workspaces"
            ),
        },
    )
    both = plan(change(account, {"id": id, "name": "logs"}), inside, change(audit, {}))
    assert flows(both) == {f"{account} -> azure:workspaces:logs"}


def test_a_variable_that_says_who_may_come_is_no_flow() -> None:
    function = "aws_lambda_function.f"
    variables = {
        "CORS_ORIGIN": "https://shop.partner.com",
        "SITE_URL": "https://shop.partner.com",
        "PAY_URL": "https://api.pay.com",
    }
    value = plan(change(function, {"environment": [{"variables": variables}]}))
    assert flows(value) == {f"{function} -> api.pay.com"}
    assert "2 variables say who may come, or where one is reached" in notices(value)
