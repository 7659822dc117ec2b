"""What resources make flow of providers beside the large clouds, and where they are: for each case some HCL."""

from __future__ import annotations

import pytest

from lawful.importers import Imported, terraform_hcl
from lawful.importers._terraform.tables import arrows_of_others, kinds, kinds_of_others
from lawful_dsl import syntax as s
from lawful_dsl.source import Source
from tests.importers.plans import flows_of


def read(text: str) -> Imported:
    """What some HCL tells."""
    return terraform_hcl.read([Source("main.tf", text)], name="shop")


def places(text: str) -> dict[str, str]:
    """Where each node is of some HCL."""
    nodes = (n for n in read(text).flows.statements if isinstance(n, s.NodeDecl))
    return {
        node.id.text: " ".join(name.text for name in prop.names.items) or "unknown"
        for node in nodes
        for prop in node.props
        if isinstance(prop, s.Property) and prop.word == "in"
    }


FLOWS: dict[str, tuple[str, set[str]]] = {
    "a backup that is copied to another region, and exported": (
        """
        resource "mongodbatlas_cluster" "c" { provider_region_name = "EU_WEST_1" }
        resource "mongodbatlas_cloud_backup_schedule" "b" {
          cluster_name = mongodbatlas_cluster.c.name
          copy_settings { region_name = "US_EAST_1" }
          export { export_bucket_id = mongodbatlas_cloud_backup_snapshot_export_bucket.e.export_bucket_id }
        }
        resource "mongodbatlas_cloud_backup_snapshot_export_bucket" "e" {
          bucket_name    = "exports"
          cloud_provider = "GCP"
        }
        """,
        {
            "mongodbatlas_cluster.c -> mongodbatlas_cluster.c in US_EAST_1",
            "mongodbatlas_cluster.c -> mongodbatlas_cloud_backup_snapshot_export_bucket.e",
            "mongodbatlas_cloud_backup_snapshot_export_bucket.e -> google:storage:exports",
        },
    ),
    "a link of clusters": (
        """
        resource "confluent_kafka_cluster" "eu" {}
        resource "confluent_cluster_link" "l" {
          source_kafka_cluster { id = confluent_kafka_cluster.eu.id }
          destination_kafka_cluster { bootstrap_endpoint = "kafka.partner.com:9092" }
        }
        """,
        {"confluent_kafka_cluster.eu -> kafka.partner.com"},
    ),
    "connectors, one that takes and one that brings": (
        """
        resource "confluent_kafka_cluster" "k" {}
        resource "confluent_connector" "out" {
          kafka_cluster { id = confluent_kafka_cluster.k.id }
          config_nonsensitive = { "connector.class" = "S3_SINK", topics = "t", "s3.bucket.name" = "orders" }
        }
        resource "confluent_connector" "in" {
          kafka_cluster { id = confluent_kafka_cluster.k.id }
          config_nonsensitive = { "connector.class" = "PostgresCdcSource", "connection.host" = "db.partner.com" }
        }
        resource "confluent_connector" "crm" {
          kafka_cluster { id = confluent_kafka_cluster.k.id }
          config_nonsensitive = { "connector.class" = "SalesforceCdcSource" }
        }
        """,
        {
            "confluent_kafka_cluster.k -> confluent_connector.out",
            "confluent_connector.out -> aws:s3:orders",
            "db.partner.com -> confluent_connector.in",
            "confluent_connector.in -> confluent_kafka_cluster.k",
            "confluent_connector.crm from SalesforceCdcSource -> confluent_connector.crm",
            "confluent_connector.crm -> confluent_kafka_cluster.k",
        },
    ),
    "what Fivetran brings to a destination of its group": (
        """
        resource "fivetran_group" "g" {}
        resource "fivetran_connector" "crm" {
          group_id = fivetran_group.g.id
          service  = "salesforce"
        }
        resource "fivetran_connector" "db" {
          group_id = fivetran_group.g.id
          service  = "postgres"
          config { host = "pg.shop.com" }
        }
        resource "fivetran_destination" "d" { group_id = fivetran_group.g.id }
        """,
        {
            "fivetran_connector.crm from salesforce -> fivetran_connector.crm",
            "fivetran_connector.crm -> fivetran_destination.d",
            "pg.shop.com -> fivetran_connector.db",
            "fivetran_connector.db -> fivetran_destination.d",
        },
    ),
    "a share with another account, and a stage": (
        """
        resource "snowflake_share" "s" { accounts = ["ORG.PARTNER"] }
        resource "snowflake_database" "d" {}
        resource "snowflake_stage" "t" {
          database = snowflake_database.d.name
          url      = "s3://landing/orders"
        }
        """,
        {
            "snowflake_share.s -> snowflake_share.s shared of account ~eb53d9",
            "aws:s3:landing -> snowflake_stage.t",
            "snowflake_stage.t -> aws:s3:landing",
            "snowflake_stage.t -> snowflake_database.d",
            "snowflake_database.d -> snowflake_stage.t",
        },
    ),
    "logs of logins, by kind and by address": (
        """
        resource "auth0_log_stream" "a" { type = "datadog" }
        resource "auth0_log_stream" "b" {
          type = "http"
          sink { http_endpoint = "https://logs.partner.com/in" }
        }
        resource "okta_log_stream" "c" {
          type = "splunk_cloud_logstreaming"
          settings { host = "shop.splunkcloud.com" }
        }
        """,
        {
            "auth0_log_stream.a -> auth0_log_stream.a to datadog",
            "auth0_log_stream.b -> logs.partner.com",
            "okta_log_stream.c -> shop.splunkcloud.com",
        },
    ),
    "programs that others run, and their drains": (
        """
        resource "heroku_app" "h" {}
        resource "heroku_drain" "d" {
          app_id = heroku_app.h.id
          url    = "syslog+tls://logs.papers.com:1234"
        }
        resource "digitalocean_app" "a" {
          spec { service { env {
            key   = "DB_HOST"
            value = "db.partner.com"
          } } }
        }
        """,
        {
            "heroku_app.h -> heroku_drain.d",
            "heroku_drain.d -> logs.papers.com",
            "digitalocean_app.a -> db.partner.com",
        },
    ),
}


@pytest.mark.parametrize("case", FLOWS)
def test_what_flows(case: str) -> None:
    """What settings of such providers say is a flow, in the direction that they say."""
    text, expected = FLOWS[case]
    assert flows_of(read(text)) == expected


def test_regions_of_those_who_are_on_other_clouds() -> None:
    """The place is that of the region on the cloud that is named with it; one that is unknown hides all."""
    told = places("""
            resource "mongodbatlas_advanced_cluster" "both" {
              replication_specs {
                region_configs {
                  provider_name = "AWS"
                  region_name   = "EU_WEST_1"
                }
                region_configs {
                  provider_name = "GCP"
                  region_name   = "EUROPE_WEST_3"
                }
              }
            }
            resource "mongodbatlas_cluster" "half" {
              replication_specs {
                regions_config { region_name = "US_EAST_1" }
                regions_config { region_name = "MOON_1" }
              }
            }
            resource "confluent_kafka_cluster" "k" {
              cloud  = "GCP"
              region = "us-east4"
            }
            resource "ec_deployment" "e" { region = "azure-westeurope" }
            resource "aiven_pg" "p" { cloud_name = "do-fra" }
            resource "hcloud_server" "s" { location = "hel1" }
            resource "cloudflare_r2_bucket" "r" { jurisdiction = "eu" }
            resource "cloudflare_r2_bucket" "anywhere" {}
            provider "snowflake" { account = "ab12345.west-europe.azure" }
            resource "snowflake_database" "d" {}
            """)
    assert told == {
        "mongodbatlas_advanced_cluster.both": "DE IE",
        "mongodbatlas_cluster.half": "unknown",
        "confluent_kafka_cluster.k": "US",
        "ec_deployment.e": "NL",
        "aiven_pg.p": "DE",
        "hcloud_server.s": "FI",
        "cloudflare_r2_bucket.r": "EU",
        "cloudflare_r2_bucket.anywhere": "unknown",
        "snowflake_database.d": "NL",
    }


def test_what_runs_programs_of_its_own_is_not_taken_for_known() -> None:
    """A script that may send data anywhere is of a type that is not known, and a setting of a network is."""
    types = ("auth0_action", "auth0_client", "heroku_app")
    told = read("".join(f'resource "{type}" "x" {{}}\n' for type in types))
    assert [n.text for n in told.notices if "not known" in n.text] == [
        "resources are of types that are not known: auth0_action"
    ]


def test_a_bucket_of_one_who_has_buckets_is_none_of_amazon() -> None:
    """Its name is told to be lost, and is no bucket of a cloud that has others of that name."""
    told = read("""
        resource "alicloud_oss_bucket" "a" {
          logging { target_bucket = "logs" }
        }
        """)
    assert not flows_of(told)
    assert any("alicloud_oss_bucket.logging.target_bucket" in each.text for each in told.notices)


def test_each_type_is_of_one_kind() -> None:
    """No type is in two tables of the others, and none that is a node is called plumbing."""
    parts = [line.split()[0] for line in kinds_of_others.PARTS.strip().splitlines()]
    tables = (kinds_of_others.STORES, kinds_of_others.SERVICES, kinds_of_others.JOINTS)
    types = [*(type for table in tables for type in table.split()), *set(parts)]
    assert len(types) == len(set(types))
    nodes = [type for type in types if kinds.kind_of(type) and type not in kinds.ONLY_WHERE]
    assert not [type for type in nodes if kinds.is_plumbing(type)]
    lines = arrows_of_others.OTHERS.strip().splitlines()
    assert len(lines) == len(set(lines))
