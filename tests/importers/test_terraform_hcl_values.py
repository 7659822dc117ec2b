"""Files of Terraform: what expressions are, and what turns on what is not known."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.importers.imported import Told, told
from tests.importers.imported import written as sources

HEAD = """
variable "key" {}
variable "more" {}
locals {
  hosts  = ["a.partner.com", "b.partner.com"]
  urls   = { A = "https://a.partner.com", B = "https://b.partner.com" }
  common = merge(var.more, { PAY = "https://a.partner.com" })
}
"""


def of(folder: Path, text: str) -> Told:
    """What a file tells beside variables that have no values."""
    return told("terraform_hcl", *sources(folder, {"main.tf": HEAD + text}))


def till(variables: str) -> str:
    return f'resource "aws_lambda_function" "till" {{\n environment {{\n variables = {variables}\n }}\n}}\n'


@pytest.mark.parametrize(
    ("variables", "hosts"),
    [
        ('{ for k, v in local.urls : "${k}_URL" => v if k != "B" }', "a"),
        ('{ BROKERS = join(",", [for h in local.hosts : "${h}:9092"]) }', "ab"),
        ("{ for k, v in local.urls : v => k... }", ""),
        ("{ for k, v in local.urls : k => v if k != var.key }", ""),
        ("{ for k, v in var.more : k => v }", ""),
        ("local.common", "a"),
        ("merge(local.urls, var.more)", ""),
        ('{ URL = length(local.hosts) > 1 ? local.urls["A"] : local.urls["B"] }', "a"),
        ('{ URL = tostring(true) == "true" ? local.urls.B : local.urls.A }', "b"),
        ('{ URL = contains(keys(local.urls), "C") ? local.urls.A : local.urls.B }', "b"),
        ('{ URL = split("|", "https://a.partner.com|x")[0] }', "a"),
        ('{ URL = lookup({ (var.key) = "x" }, "A", "https://a.partner.com") }', ""),
    ],
)
def test_what_can_be_worked_out_is_told_and_nothing_else(
    variables: str, hosts: str, tmp_path: Path
) -> None:
    found = of(tmp_path, till(variables))
    assert found.ends == {f"aws_lambda_function.till -> {host}.partner.com" for host in hosts}
    assert (found.count("settings name something") == 0) == bool(hosts)


def test_of_what_is_told_in_part_the_rest_is_counted(tmp_path: Path) -> None:
    queue = 'resource "aws_sqs_queue" "orders" {}\n'
    whole = "{ QUEUE = aws_sqs_queue.orders.url }"
    part = (
        '{ QUEUE = aws_sqs_queue.orders.url, PAY = var.key == "x" ? local.urls.A : local.urls.B }'
    )
    assert of(tmp_path, queue + till(whole)).count("may name more") == 0
    found = of(tmp_path, queue + till(part))
    assert found.ends == {"aws_lambda_function.till -> aws_sqs_queue.orders"}
    assert found.count("may name more") == 1


@pytest.mark.parametrize(
    ("over", "there"),
    [
        ("{ (var.key) = 1 }", True),
        ("{ for k, v in local.urls : k => v if k == k.x }", True),
        ("{}", False),
    ],
)
def test_what_may_be_there_is_not_left_out(over: str, there: bool, tmp_path: Path) -> None:
    text = f'resource "aws_sqs_queue" "all" {{\n for_each = {over}\n}}\nresource "aws_sns_topic" "t" {{}}\n'
    assert ("aws_sqs_queue.all" in of(tmp_path, text).kinds) == there


@pytest.mark.parametrize(
    ("over", "said"),
    [("[1]", True), ("var.key ? [1] : []", False), ("[for each in var.more : 1]", False)],
)
def test_a_block_that_may_not_be_there_is_no_measure(over: str, said: bool, tmp_path: Path) -> None:
    text = 'resource "aws_dynamodb_table" "carts" {\n dynamic "server_side_encryption" {\n'
    text += f" for_each = {over}\n content {{ enabled = true }}\n }}\n}}\n"
    assert ("encryption_at_rest" in of(tmp_path, text).text) == said


@pytest.mark.parametrize(("count", "said"), [("1", True), ("var.key ? 1 : 0", False)])
def test_a_resource_that_may_not_be_there_is_no_measure_of_another(
    count: str, said: bool, tmp_path: Path
) -> None:
    text = 'resource "aws_s3_bucket" "b" {}\nresource "aws_s3_bucket_server_side_encryption_configuration" "b" {\n'
    text += f" count = {count}\n bucket = aws_s3_bucket.b.id\n rule {{\n apply_server_side_encryption_by_default {{\n"
    text += ' sse_algorithm = "AES256"\n }\n }\n}\n'
    assert ("encryption_at_rest" in of(tmp_path, text).text) == said


@pytest.mark.parametrize(
    ("mode", "said"), [("", True), ('"required"', True), ('"preferred"', False), ("var.key", False)]
)
def test_what_takes_plain_connections_too_is_not_reached_with_tls(
    mode: str, said: bool, tmp_path: Path
) -> None:
    text = (
        'resource "aws_elasticache_replication_group" "r" {\n transit_encryption_enabled = true\n'
    )
    text += f" transit_encryption_mode = {mode}\n}}\n" if mode else "}\n"
    assert ("tls" in of(tmp_path, text).text) == said


def test_a_region_of_one_resource_alone_is_not_that_of_its_provider(tmp_path: Path) -> None:
    text = 'resource "aws_sqs_queue" "there" {\n region = "us-west-2"\n}\nresource "aws_sqs_queue" "here" {}\n'
    found = of(tmp_path, text)
    assert found.line("store aws_sqs_queue.there") == "store aws_sqs_queue.there in US"
    assert found.line("store aws_sqs_queue.here") == "store aws_sqs_queue.here in unknown"


@pytest.mark.parametrize(
    ("tags", "environment"),
    [
        ("", " production"),
        ('tags = { Environment = "dev" }', " development"),
        ("tags = var.more", ""),
    ],
)
def test_tags_that_a_provider_gives_to_all(tags: str, environment: str, tmp_path: Path) -> None:
    text = 'provider "aws" {\n region = "eu-west-1"\n default_tags {\n tags = { Environment = "prod" }\n }\n}\n'
    text += f'resource "aws_sqs_queue" "q" {{\n {tags}\n}}\n'
    line = of(tmp_path, text).line("store aws_sqs_queue.q")
    assert line == f"store aws_sqs_queue.q in IE{environment}"


@pytest.mark.parametrize(
    ("setting", "said"),
    [
        ('"azurerm_storage_account" "a" {\n infrastructure_encryption_enabled = false', False),
        ('"aws_dynamodb_table" "a" {\n server_side_encryption {\n enabled = false\n }', False),
        ('"aws_db_instance" "a" {\n storage_encrypted = false', True),
    ],
)
def test_what_is_encrypted_in_another_way_does_not_count_as_not_encrypted(
    setting: str, said: bool, tmp_path: Path
) -> None:
    assert ("using none" in of(tmp_path, f"resource {setting}\n}}\n").text) == said


@pytest.mark.parametrize(
    ("said", "place"),
    [
        ("", "unknown"),
        (
            'message_storage_policy {\n allowed_persistence_regions = ["europe-west3", "europe-west9"]\n }',
            "DE, FR",
        ),
        (
            'message_storage_policy {\n allowed_persistence_regions = ["europe-west3", "moon"]\n }',
            "unknown",
        ),
    ],
)
def test_a_topic_of_google_is_not_where_its_provider_is(
    said: str, place: str, tmp_path: Path
) -> None:
    text = 'provider "google" {\n region = "us-east1"\n}\n'
    text += f'resource "google_pubsub_topic" "t" {{\n {said}\n}}\n'
    assert of(tmp_path, text).line("store google_pubsub_topic.t").split(" in ")[1] == place


def test_a_cache_without_a_plain_port_and_diagnostics_by_the_name_of_a_hub(tmp_path: Path) -> None:
    text = 'resource "azurerm_redis_cache" "r" {\n non_ssl_port_enabled = false\n}\n'
    text += (
        'resource "azurerm_eventhub" "e" {}\nresource "azurerm_monitor_diagnostic_setting" "d" {\n'
    )
    text += " target_resource_id = azurerm_redis_cache.r.id\n eventhub_name = azurerm_eventhub.e.name\n}\n"
    found = of(tmp_path, text)
    assert "using tls" in found.line("store azurerm_redis_cache.r")
    assert found.ends == {"azurerm_redis_cache.r -> azurerm_eventhub.e"}


STEPS = """
resource "aws_sfn_state_machine" "s" {
  definition = jsonencode({
    A = { Resource = "arn:aws:states:::sqs:sendMessage", P = { QueueUrl = aws_sqs_queue.q.url } }
  })
}
resource "aws_sqs_queue" "q" {}
"""
PIPE = """
resource "aws_pipes_pipe" "p" {
  source = aws_sqs_queue.q.arn
}
resource "aws_sqs_queue" "q" {}
"""
ORIGINS = """
resource "aws_cloudfront_distribution" "d" {
  origin {
    domain_name = aws_s3_bucket.site.bucket_regional_domain_name
  }
  origin {
    domain_name = "api.partner.com"
  }
}
resource "aws_s3_bucket" "site" {}
"""
FILES = """
resource "aws_lambda_function" "f" {
  file_system_config {
    arn = aws_efs_access_point.a.arn
  }
}
resource "aws_efs_access_point" "a" {
  file_system_id = aws_efs_file_system.e.id
}
resource "aws_efs_file_system" "e" {}
"""
FIRELENS = """
resource "aws_ecs_task_definition" "t" {
  container_definitions = jsonencode([
    { logConfiguration = { options = { Name = "http", Host = "logs.partner.com" } } }
  ])
}
"""


@pytest.mark.parametrize(
    ("text", "ends"),
    [
        (STEPS, {"aws_sfn_state_machine.s -> aws_sqs_queue.q"}),
        (PIPE, {"aws_sqs_queue.q -> aws_pipes_pipe.p"}),
        (
            ORIGINS,
            {
                "aws_s3_bucket.site -> aws_cloudfront_distribution.d",
                "aws_cloudfront_distribution.d -> api.partner.com",
            },
        ),
        (FILES, {"aws_lambda_function.f -> aws_efs_file_system.e"}),
        (FIRELENS, {"aws_ecs_task_definition.t -> logs.partner.com"}),
        (
            'resource "aws_apigatewayv2_api" "a" {\n protocol_type = "HTTP"\n}\n',
            {"internet -> aws_apigatewayv2_api.a"},
        ),
    ],
)
def test_what_settings_of_amazon_name(text: str, ends: set[str], tmp_path: Path) -> None:
    assert of(tmp_path, text).ends == ends


@pytest.mark.parametrize(
    ("said", "public"),
    [
        ("ignore_public_acls = true", False),
        ("ignore_public_acls = false", True),
        ("ignore_public_acls = true\n count = var.key ? 1 : 0", True),
    ],
)
def test_a_list_that_is_ignored_makes_nothing_public(
    said: str, public: bool, tmp_path: Path
) -> None:
    text = 'resource "aws_s3_bucket" "b" {\n acl = "public-read"\n}\n'
    text += f'resource "aws_s3_bucket_public_access_block" "b" {{\n bucket = aws_s3_bucket.b.id\n {said}\n}}\n'
    assert ("exposed" in of(tmp_path, text).text) == public


def test_a_bucket_that_is_looked_up_may_be_in_any_region(tmp_path: Path) -> None:
    text = 'provider "aws" {\n region = "eu-west-1"\n}\ndata "aws_s3_bucket" "far" {\n bucket = "far"\n}\n'
    text += till("{ BUCKET = data.aws_s3_bucket.far.id }")
    assert of(tmp_path, text).line("store data.aws_s3_bucket.far").endswith("in unknown")


@pytest.mark.parametrize(
    ("over", "hosts", "counted"), [("local.urls", "ab", 0), ("merge(local.urls, var.more)", "", 1)]
)
def test_what_each_of_several_modules_is_given_is_told_or_counted(
    over: str, hosts: str, counted: int, tmp_path: Path
) -> None:
    text = f'module "till" {{\n source = "./till"\n for_each = {over}\n url = each.value\n}}\n'
    inner = 'variable "url" {}\nresource "aws_sqs_queue" "q" {}\n'
    inner += till("{ QUEUE = aws_sqs_queue.q.url, PAY = var.url }")
    found = told(
        "terraform_hcl", *sources(tmp_path, {"main.tf": HEAD + text, "till/main.tf": inner})
    )
    function = "module.till.aws_lambda_function.till"
    assert found.ends == {
        f"{function} -> module.till.aws_sqs_queue.q",
        *(f"{function} -> {host}.partner.com" for host in hosts),
    }
    assert found.count("may name more") == counted


@pytest.mark.parametrize(
    ("said", "host"),
    [
        ('"https://api.partner.com/${var.path}"', "api.partner.com"),
        ('"https://${var.key}@api.partner.com:443/x"', "api.partner.com"),
        ('join("", ["https://api.partner.com/", var.path])', "api.partner.com"),
        ('format("https://%s/%s", "api.partner.com", var.path)', "api.partner.com"),
        ('"https://api.partner.com${var.suffix}/x"', ""),
        ('"https://${var.name}.partner.com/x"', ""),
        ('"https://api.partner.com/${var.path}" == "x" ? "a" : "b"', ""),
        (
            'contains(["https://a.partner.com/${var.path}"], "x") ? "a" : "https://b.partner.com"',
            "",
        ),
    ],
)
def test_of_a_text_that_is_not_known_as_a_whole_the_hosts_are_that_it_tells(
    said: str, host: str, tmp_path: Path
) -> None:
    text = f"""
    variable "path" {{}}
    resource "aws_lambda_function" "f" {{
      environment {{
        variables = {{ URL = {said} }}
      }}
    }}
    resource "aws_instance" "i" {{
      user_data = <<-END
        curl https://install.partner.com/setup.sh
        export URL=${{var.path}}
      END
    }}
    """
    found = of(tmp_path, text).ends
    assert found - {"aws_instance.i -> install.partner.com"} == (
        {f"aws_lambda_function.f -> {host}"} if host else set()
    )
    assert "aws_instance.i -> install.partner.com" in found


HOOKS = """
resource "aws_sns_topic" "t" {}
resource "aws_db_instance" "d" {
  for_each          = { a = { kept = true, in = "eu-west-1" }, b = { kept = %s, in = "us-east-1" } }
  storage_encrypted = each.value.kept
  region            = each.value.in
}
resource "aws_sns_topic_subscription" "s" {
  for_each  = %s
  topic_arn = aws_sns_topic.t.arn
  protocol  = "https"
  endpoint  = %s
}
"""


@pytest.mark.parametrize(
    ("over", "endpoint", "hosts"),
    [
        ('toset(["https://a.partner.com", "https://b.partner.com"])', "each.value", "ab"),
        ('{ a = { url = "https://a.partner.com" } }', "each.value.url", "a"),
        ('{ a = "x", b = "y" }', '"https://${each.key}.partner.com/${each.value}"', "ab"),
        ('{ a = "https://a.partner.com", b = var.key }', "each.value", "a"),
        ("var.more", "each.value", ""),
    ],
)
def test_of_a_block_that_makes_several_all_are_named_whom_they_name(
    over: str, endpoint: str, hosts: str, tmp_path: Path
) -> None:
    found = of(tmp_path, HOOKS % ("true", over, endpoint))
    assert found.ends == {f"aws_sns_topic.t -> {host}.partner.com" for host in hosts}


@pytest.mark.parametrize(("kept", "said"), [("true", True), ("false", False)])
def test_what_is_not_the_same_of_all_is_not_known_of_any(
    kept: str, said: bool, tmp_path: Path
) -> None:
    line = of(tmp_path, HOOKS % (kept, "var.more", "each.value")).line("store aws_db_instance.d")
    assert "in unknown" in line
    assert ("encryption_at_rest" in line) == said
