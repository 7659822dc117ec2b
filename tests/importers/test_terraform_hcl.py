"""Files of Terraform: what resources are and name, through variables, locals and modules; plans beside them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from lawful.cli import main
from lawful.importers import detect, find
from lawful.importers._since import before, since
from lawful_dsl import syntax as s
from lawful_dsl.source import Source
from tests.importers.bringing import corpus
from tests.importers.imported import Told, told
from tests.importers.imported import written as sources
from tests.importers.plans import block, change


def of(folder: Path, *texts: str, **more: str) -> Told:
    """What files of one folder tell; others are named by their paths, with `__` for a step."""
    files = {f"{number}.tf": text for number, text in enumerate(texts)}
    files |= {name.replace("__", "/") + ".tf": text for name, text in more.items()}
    return told("terraform_hcl", *sources(folder, files))


QUEUE = 'resource "aws_sqs_queue" "orders" {}\n'
LAMBDA = """
resource "aws_lambda_function" "till" {
  function_name = "till"
}
resource "aws_lambda_event_source_mapping" "in" {
  event_source_arn = %s
  function_name    = aws_lambda_function.till.arn
}
"""


def test_resources_and_what_their_settings_name(tmp_path: Path) -> None:
    found = of(tmp_path, QUEUE, LAMBDA % "aws_sqs_queue.orders.arn")
    assert found.kinds == {"aws_sqs_queue.orders": "store", "aws_lambda_function.till": "service"}
    assert found.ends == {"aws_sqs_queue.orders -> aws_lambda_function.till"}


@pytest.mark.parametrize(
    "locals",
    [
        "locals { source = aws_sqs_queue.orders.arn }",
        "locals {\n  all = { orders = aws_sqs_queue.orders.arn, other = aws_sns_topic.t.arn }\n"
        '  source = local.all["orders"]\n}',
        "locals {\n  all = { orders = { arn = aws_sqs_queue.orders.arn } }\n  source = local.all.orders.arn\n}",
        "locals { source = var.other ? null : aws_sqs_queue.orders.arn }",
    ],
)
def test_locals_are_followed(locals: str, tmp_path: Path) -> None:
    found = of(tmp_path, QUEUE, LAMBDA % "local.source", locals)
    assert found.ends == {"aws_sqs_queue.orders -> aws_lambda_function.till"}


def test_variables_are_followed_into_modules_and_outputs_out_of_them(tmp_path: Path) -> None:
    root = """
module "queues" { source = "./queues" }
module "till" {
  source = "./till"
  from   = module.queues.arn
}
"""
    queues = QUEUE + 'output "arn" { value = aws_sqs_queue.orders.arn }\n'
    till = 'variable "from" {}\n' + LAMBDA % "var.from"
    found = of(tmp_path, root, queues__main=queues, till__main=till)
    assert found.ends == {
        "module.queues.aws_sqs_queue.orders -> module.till.aws_lambda_function.till"
    }


def test_modules_from_elsewhere_are_listed(tmp_path: Path) -> None:
    found = of(tmp_path, QUEUE + 'module "net" { source = "terraform-aws-modules/vpc/aws" }')
    assert found.count("module.net") == 1


@pytest.mark.parametrize(
    ("provider", "place"),
    [
        ('provider "aws" { region = "eu-west-1" }', "IE"),
        (
            'provider "aws" { region = var.region }\nvariable "region" { default = "eu-west-3" }',
            "FR",
        ),
        (
            'provider "aws" { region = local.r }\nlocals { r = "eu-${local.w}-1" \n w = "west" }',
            "IE",
        ),
        ('provider "aws" { region = var.region }\nvariable "region" {}', ""),
        (
            'provider "aws" { region = var.region }\nvariable "region" {\n default = "eu-west-1"\n sensitive = true\n}',
            "",
        ),
        ('provider "aws" { region = lower("EU-WEST-1") }', "IE"),
        ('provider "aws" { region = lookup({ a = "eu-west-1" }, "a") }', "IE"),
        ('provider "aws" { region = 1 == 1 ? "eu-west-1" : "us-east-1" }', "IE"),
        ('provider "aws" { region = terraform.workspace }', ""),
        ('provider "aws" { region = provider::own::region("x") }', ""),
    ],
)
def test_the_region_of_the_provider_is_the_place(provider: str, place: str, tmp_path: Path) -> None:
    node = of(tmp_path, QUEUE, provider).system.nodes["aws_sqs_queue.orders"]
    assert node.places.values == ((place,) if place else ())


def test_providers_of_another_name_go_with_their_resources_and_modules(tmp_path: Path) -> None:
    root = """
provider "aws" { region = "eu-west-1" }
provider "aws" {
  alias  = "far"
  region = "us-east-1"
}
resource "aws_sqs_queue" "near" {}
resource "aws_sqs_queue" "far" { provider = aws.far }
module "m" {
  source    = "./m"
  providers = { aws = aws.far }
}
module "n" { source = "./m" }
"""
    nodes = of(tmp_path, root, m__main=QUEUE).system.nodes
    assert {id: node.places.values for id, node in nodes.items()} == {
        "aws_sqs_queue.near": ("IE",),
        "aws_sqs_queue.far": ("US",),
        "module.m.aws_sqs_queue.orders": ("US",),
        "module.n.aws_sqs_queue.orders": ("IE",),
    }


def test_values_of_variables_come_from_files_of_values(tmp_path: Path) -> None:
    provider = (
        'provider "aws" { region = var.region }\nvariable "region" { default = "us-east-1" }\n'
    )
    texts = {"main.tf": QUEUE + provider, "terraform.tfvars": 'region = "eu-west-1"\n'}
    node = told("terraform_hcl", *sources(tmp_path, texts)).system.nodes["aws_sqs_queue.orders"]
    assert node.places.values == ("IE",)


def test_the_place_of_what_a_resource_lies_in(tmp_path: Path) -> None:
    text = """
variable "where" { default = "North Europe" }
resource "azurerm_resource_group" "g" {
  name     = "g"
  location = var.where
}
resource "azurerm_storage_account" "files" {
  location = azurerm_resource_group.g.location
}
"""
    node = of(tmp_path, text).system.nodes["azurerm_storage_account.files"]
    assert node.places.values == ("IE",)


def test_measures_environments_and_retention(tmp_path: Path) -> None:
    text = """
locals { tags = merge({ Owner = "Rosa Baker" }, { Environment = "prod" }) }
resource "aws_db_instance" "safe" {
  storage_encrypted = true
  tags              = local.tags
}
resource "aws_db_instance" "bare" { storage_encrypted = false }
resource "aws_db_instance" "unsaid" {}
resource "aws_db_instance" "unknown" { storage_encrypted = var.safe }
resource "aws_cloudwatch_log_group" "logs" { retention_in_days = 30 }
variable "safe" {}
"""
    found = of(tmp_path, text)
    said = {id: (n.measures.values, n.measures.whole) for id, n in found.system.nodes.items()}
    assert said["aws_db_instance.safe"] == (("encryption_at_rest",), False)
    assert said["aws_db_instance.bare"] == ((), True)
    assert said["aws_db_instance.unsaid"] == said["aws_db_instance.unknown"] == ((), False)
    assert found.system.nodes["aws_db_instance.safe"].environments.values == ("production",)
    assert "retention 30 days" in found.text
    assert "Rosa" not in found.text


def test_a_block_of_several_is_one_node_and_one_of_none_is_none(tmp_path: Path) -> None:
    text = """
resource "aws_sqs_queue" "many" {
  for_each = toset(["a", "b"])
}
resource "aws_sqs_queue" "three" { count = 3 }
resource "aws_sqs_queue" "none" { count = var.on ? 1 : 0 }
resource "aws_sqs_queue" "empty" { for_each = {} }
resource "aws_sqs_queue" "maybe" { count = var.open ? 1 : 0 }
variable "on" { default = false }
variable "open" {}
"""
    found = of(tmp_path, text)
    assert set(found.kinds) == {"aws_sqs_queue.many", "aws_sqs_queue.three", "aws_sqs_queue.maybe"}
    assert found.count("make several") == 2
    assert found.count("make nothing") == 2
    assert found.count("is not known: one of each") == 1


def test_each_and_dynamic_blocks_are_followed(tmp_path: Path) -> None:
    text = """
resource "aws_s3_bucket" "in" {}
resource "aws_s3_bucket_notification" "n" {
  bucket = aws_s3_bucket.in.id
  dynamic "queue" {
    for_each = [aws_sqs_queue.orders.arn]
    content { queue_arn = queue.value }
  }
  dynamic "topic" {
    for_each = []
    content { topic_arn = aws_sns_topic.t.arn }
  }
}
resource "aws_sns_topic" "t" {}
resource "aws_sns_topic_subscription" "s" {
  for_each  = { a = aws_sqs_queue.orders.arn }
  topic_arn = aws_sns_topic.t.arn
  protocol  = "sqs"
  endpoint  = each.value
}
"""
    assert of(tmp_path, QUEUE, text).ends == {
        "aws_s3_bucket.in -> aws_sqs_queue.orders",
        "aws_sns_topic.t -> aws_sqs_queue.orders",
    }


def test_what_a_program_gets_named_in_its_environment(tmp_path: Path) -> None:
    text = """
resource "aws_lambda_function" "till" {
  environment {
    variables = {
      QUEUE  = aws_sqs_queue.orders.url
      PAY    = "https://api.payments.com/v1"
      SECRET = "hunter2"
    }
  }
}
resource "aws_ecs_task_definition" "t" {
  container_definitions = jsonencode([{
    environment = [{ name = "Q", value = "${aws_sqs_queue.orders.url}" }]
  }])
}
"""
    found = of(tmp_path, QUEUE, text)
    assert {
        "aws_lambda_function.till -> aws_sqs_queue.orders",
        "aws_lambda_function.till -> api.payments.com",
        "aws_ecs_task_definition.t -> aws_sqs_queue.orders",
    } <= found.ends
    assert "hunter2" not in found.text


def test_facts_stand_at_the_lines_of_the_files(tmp_path: Path) -> None:
    text = "# a queue\n\n" + LAMBDA.lstrip() % "aws_sqs_queue.orders.arn"
    (one, two) = sources(tmp_path, {"a.tf": QUEUE, "b.tf": text})
    imported = find("terraform_hcl").read([one, two], name="shop")
    spans = {
        each.id.text: (Path(each.span.file).name, each.span.line)
        for each in imported.flows.statements
        if isinstance(each, s.NodeDecl)
    }
    assert spans == {"aws_sqs_queue.orders": ("a.tf", 1), "aws_lambda_function.till": ("b.tf", 3)}
    (flow,) = [each for each in imported.flows.statements if isinstance(each, s.FlowDecl)]
    assert (Path(flow.span.file).name, flow.span.line) == ("b.tf", 8)


def test_folders_that_no_other_calls_are_told_apart_where_they_must(tmp_path: Path) -> None:
    found = of(tmp_path, one__main=QUEUE, two__main=QUEUE + 'resource "aws_sqs_queue" "x" {}\n')
    assert set(found.kinds) == {
        "one/aws_sqs_queue.orders",
        "two/aws_sqs_queue.orders",
        "aws_sqs_queue.x",
    }


def test_a_file_that_overrides(tmp_path: Path) -> None:
    text = 'resource "aws_db_instance" "db" { storage_encrypted = false }'
    over = 'resource "aws_db_instance" "db" { storage_encrypted = true }'
    node = of(tmp_path, text, a_override=over).system.nodes["aws_db_instance.db"]
    assert node.measures.values == ("encryption_at_rest",)


def test_the_order_of_the_files_says_nothing(tmp_path: Path) -> None:
    texts = sources(tmp_path, {"a.tf": QUEUE, "b.tf": LAMBDA % "aws_sqs_queue.orders.arn"})
    assert told("terraform_hcl", *texts).text == told("terraform_hcl", *texts[::-1]).text


# --- what is not whole ----------------------------------------------------------------------------

BAD = {
    "a block that is open": (QUEUE[:-2], "this block is not closed"),
    "a text that is open": ('locals { a = "x', "this text is not closed"),
    "a text of lines that is open": ("locals {\n a = <<E\nx\n}\n", "this text is not closed"),
    "blocks without end": ('resource "a" "b" {' * 9_000, "nested too deeply"),
    "parentheses without end": ("locals { a = " + "(" * 9_000, "nested too deeply"),
    "a value that is missing": ("locals {\n  a =\n}", "here should be a value"),
    "a resource twice": (QUEUE * 2, "`aws_sqs_queue.orders` is declared twice"),
    "nothing but variables": ('variable "a" {}', "there are no resources in these files"),
    "what closes nothing": (QUEUE + "}", "nothing is open"),
    "a module of itself": (QUEUE + 'module "m" { source = "./" }', "without end"),
    "a name and nothing more": (QUEUE + "x", "here should be"),
}


@pytest.mark.parametrize("case", sorted(BAD))
def test_what_is_not_whole_is_refused(
    case: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text, message = BAD[case]
    (tmp_path / "a.tf").write_text(text, "utf-8")
    assert main(["import", str(tmp_path / "a.tf"), "-o", str(tmp_path / "out")]) == 2
    said = capsys.readouterr().err
    assert message in said
    assert said.count("error:") == 1
    assert not (tmp_path / "out").exists()


def test_locals_that_multiply_or_turn_on_themselves_end(tmp_path: Path) -> None:
    many = "\n".join(
        f"  a{n} = [local.a{n + 1}, local.a{n + 1}, local.a{n + 1}]" for n in range(60)
    )
    far = "\n".join(f"  f{n} = local.f{n + 1}" for n in range(2_000))
    text = f'locals {{\n{many}\n{far}\n  a60 = "x"\n  b = local.c\n  c = local.b\n}}\n'
    use = 'resource "aws_sqs_queue" "orders" {\n  name = local.b\n  url = local.f0\n  tags = { a = local.a0 }\n}\n'
    assert set(of(tmp_path, text, use).kinds) == {"aws_sqs_queue.orders"}


def test_other_texts_are_not_taken_for_terraform() -> None:
    for text in ("# Page\n\n```hcl\n" + QUEUE + "```\n", "{}", 'resource "a"', "locals = 1", ""):
        assert "terraform_hcl" not in detect(Source("a", text))
    assert detect(Source("a.tf", "# so\n" + QUEUE)) == ("terraform_hcl",)
    assert detect(Source("image.pkr.hcl", "locals {}\n")) == ()
    assert detect(Source("terraform.tfvars", "a = 1\n")) == ("terraform_hcl",)


# --- plans beside the files -----------------------------------------------------------------------


def a_plan(folder: Path) -> Path:
    changes = [
        change("aws_sqs_queue.orders", {"name": "orders", "region": "eu-west-1"}),
        change("module.m.aws_lambda_function.till", {"function_name": "till"}),
        change("aws_sqs_queue.other", {}),
    ]
    root = {"resources": [block("aws_sqs_queue.orders")], "module_calls": {"m": {"module": {}}}}
    plan = {
        "format_version": "1.2",
        "resource_changes": changes,
        "configuration": {"root_module": root},
    }
    path = folder / "plan.json"
    path.write_text(json.dumps(plan), "utf-8")
    return path


@pytest.mark.parametrize("turned", [False, True])
def test_a_plan_stands_at_the_lines_of_the_files_beside_it(turned: bool, tmp_path: Path) -> None:
    texts = {
        "main.tf": f'module "m" {{ source = "./m" }}\n{QUEUE}resource "aws_sqs_queue" "gone" {{}}\n',
        "m/main.tf": '\nresource "aws_lambda_function" "till" {}\n',
    }
    files = [Path(source.file) for source in sources(tmp_path, texts)]
    given = [a_plan(tmp_path), *files]
    out = tmp_path / "out" / "shop.flow"
    assert main(["import", *map(str, given[::-1] if turned else given), "-o", str(out)]) == 0
    text = out.read_text("utf-8")
    assert "store aws_sqs_queue.orders" in text
    assert "in IE" in text
    assert "gone" not in text
    assert "1 resources of a plan are not in the files beside it" in text
    read = [Source(str(path), path.read_text("utf-8")) for path in given]
    imported = find("terraform_plan").read(read, name="shop")
    spans = {
        each.id.text: (Path(each.span.file).name, each.span.line)
        for each in imported.flows.statements
        if isinstance(each, s.NodeDecl)
    }
    assert spans["aws_sqs_queue.orders"] == ("main.tf", 2)
    assert spans["module.m.aws_lambda_function.till"] == ("main.tf", 2)
    assert spans["aws_sqs_queue.other"][0] == "plan.json"


# --- files beside the repository ------------------------------------------------------------------

FOLDERS = sorted({path.parent for path in corpus("terraform-hcl", "*.tf")})


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: "/".join(folder.parts[-2:]))
def test_each_published_module_is_a_system_or_has_no_resources(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code = main(["import", str(folder), "-o", str(tmp_path / "shop.flow")])
    said = capsys.readouterr().err
    assert code == 0 or "there are no resources in these files" in said


#: Flows of published files, read by hand.
TRUTHS = {
    "terragoat/terraform/aws": """
        aws_ebs_volume.web_host_storage -> aws_ebs_snapshot.example_snapshot
        aws_elasticsearch_domain.monitoring-framework -> public
        aws_elb.weblb -> aws_instance.web_host
        aws_flow_log.vpcflowlogs -> aws_s3_bucket.flowbucket
        aws_instance.db_app -> aws_db_instance.default
        aws_instance.web_host -> aws_ebs_volume.web_host_storage
        aws_neptune_cluster.default -> aws_neptune_cluster_snapshot.default
        aws_s3_bucket.data_science -> aws_s3_bucket.logs
        internet -> aws_db_instance.default
        internet -> aws_elasticsearch_domain.monitoring-framework
        internet -> aws_elb.weblb
        internet -> aws_instance.db_app
        internet -> aws_instance.web_host
    """,
    "forms-terraform/aws/sqs": """
        aws_sqs_queue.api_audit_log_queue -> aws_sqs_queue.api_audit_log_deadletter_queue
        aws_sqs_queue.audit_log_queue -> aws_sqs_queue.audit_log_deadletter_queue
        aws_sqs_queue.file_upload_queue -> aws_sqs_queue.file_upload_deadletter_queue
        aws_sqs_queue.reliability_queue -> aws_sqs_queue.reliability_deadletter_queue
        aws_sqs_queue.reliability_reprocessing_queue -> aws_sqs_queue.reliability_deadletter_queue
    """,
    "forms-terraform/aws/cognito": """
        aws_cognito_user_pool.forms -> aws_lambda_function.cognito_email_sender
        aws_cognito_user_pool.forms -> aws_lambda_function.cognito_pre_sign_up
        aws_lambda_function.cognito_email_sender -> aws_cloudwatch_log_group.cognito_email_sender
        aws_lambda_function.cognito_pre_sign_up -> aws_cloudwatch_log_group.cognito_pre_sign_up
    """,
}


@pytest.mark.skipif(not FOLDERS, reason="needs published files beside the repository")
@pytest.mark.parametrize("case", sorted(TRUTHS))
def test_published_files_tell_what_was_read_by_hand(case: str) -> None:
    (folder,) = (each for each in FOLDERS if each.as_posix().endswith(case))
    texts = [Source(str(path), path.read_text("utf-8")) for path in sorted(folder.glob("*.tf"))]
    wanted = {line.strip() for line in TRUTHS[case].strip().splitlines()}
    assert told("terraform_hcl", *texts).ends == wanted


@pytest.mark.parametrize("own", ["444455556666", "999900001111"])
def test_the_account_of_a_provider_is_ones_own(own: str) -> None:
    text = f"""
    provider "aws" {{
      region = "eu-west-3"
      assume_role {{ role_arn = "arn:aws:iam::{own}:role/deploy" }}
    }}
    resource "aws_sqs_queue" "q" {{
      name   = "orders"
      policy = jsonencode({{ Statement = [{{
        Effect = "Allow", Action = "sqs:*", Resource = "*"
        Principal = {{ AWS = "arn:aws:iam::999900001111:root" }}
      }}] }})
    }}
    resource "aws_cloudwatch_event_target" "t" {{
      rule = aws_cloudwatch_event_rule.r.name
      arn  = "arn:aws:sqs:eu-west-3:999900001111:orders"
    }}
    resource "aws_cloudwatch_event_rule" "r" {{}}
    """
    ends = told("terraform_hcl", Source("main.tf", text)).ends
    if own == "999900001111":
        assert ends == {"aws_cloudwatch_event_rule.r -> aws_sqs_queue.q"}
    else:
        assert "aws_sqs_queue.q -> aws_sqs_queue.q shared" in ends
        (other,) = ends - {"aws_sqs_queue.q -> aws_sqs_queue.q shared"}
        assert other.startswith(
            "aws_cloudwatch_event_rule.r -> aws:sqs:eu-west-3:orders of account ~"
        )


def test_a_denial_that_may_not_be_there_takes_nothing_away(tmp_path: Path) -> None:
    text = """
    variable "kept" {}
    resource "aws_s3_bucket" "b" { bucket = "b" }
    resource "aws_s3_bucket_policy" "b" {
      bucket = aws_s3_bucket.b.id
      policy = data.aws_iam_policy_document.d.json
    }
    data "aws_iam_policy_document" "d" {
      statement {
        actions   = ["s3:GetObject"]
        resources = ["*"]
        principals {
          type        = "*"
          identifiers = ["*"]
        }
      }
      %s
        actions   = ["s3:*"]
        resources = ["*"]
        effect    = "Deny"
        principals {
          type        = "*"
          identifiers = ["*"]
        }
      %s
    }
    """
    perhaps = 'dynamic "statement" {\n for_each = var.kept\n content {', "}\n}"
    assert of(tmp_path, text % perhaps).ends == {"aws_s3_bucket.b -> public"}
    assert of(tmp_path, text % ("statement {", "}")).ends == set()


AMAZONS = """
provider "aws" { %s }
resource "aws_s3_bucket" "b" { bucket = "b" }
resource "aws_s3_bucket_policy" "b" {
  bucket = aws_s3_bucket.b.id
  policy = jsonencode({ Statement = [{
    Effect    = "Allow"
    Principal = { AWS = "arn:aws:iam::222222222222:root" }
    Action    = "s3:GetObject"
    Resource  = "*"
  }] })
}
"""
GOOGLES = """
%s
resource "google_storage_bucket" "b" {
  name    = "b"
  %s
}
resource "google_storage_bucket_iam_member" "m" {
  bucket = google_storage_bucket.b.name
  role   = "roles/storage.objectViewer"
  member = "serviceAccount:sync@partner.iam.gserviceaccount.com"
}
"""
BY_NUMBER, BY_PROJECT = "aws_s3_bucket.b -> ", "google_storage_bucket.b -> "


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (AMAZONS % "", {BY_NUMBER + "aws_s3_bucket_policy.b.policy"}),
        (
            AMAZONS % 'allowed_account_ids = ["111111111111"]',
            {BY_NUMBER + "aws_s3_bucket.b shared"},
        ),
        (AMAZONS % 'allowed_account_ids = ["222222222222"]', set()),
        (GOOGLES % ("", ""), {BY_PROJECT + "google_storage_bucket_iam_member.m.member"}),
        (
            GOOGLES % ('provider "google" { project = "ours" }', ""),
            {BY_PROJECT + "google_storage_bucket.b shared"},
        ),
        (GOOGLES % ("", 'project = "ours"'), {BY_PROJECT + "google_storage_bucket.b shared"}),
        (GOOGLES % ('provider "google-beta" { project = "partner" }', ""), set()),
    ],
)
def test_whom_files_name_is_told_as_in_a_plan(text: str, wanted: set[str], tmp_path: Path) -> None:
    found = of(tmp_path, text)
    assert found.ends == wanted
    perhaps_own = {each for each in wanted if each.endswith((".policy", ".member"))}
    assert found.text.count("known_later = yes") == len(perhaps_own)


def test_an_id_in_a_list_of_a_bucket_that_is_not_known_is_counted_unless_it_is_ones_own(
    tmp_path: Path,
) -> None:
    text = """
    variable "them" {}
    data "aws_canonical_user_id" "me" {}
    resource "aws_s3_bucket" "b" { bucket = "b" }
    resource "aws_s3_bucket_acl" "b" {
      bucket = aws_s3_bucket.b.id
      access_control_policy {
        grant {
          permission = "READ"
          grantee { id = %s }
        }
      }
    }
    """
    assert of(tmp_path, text % "var.them").count("rights are known only after apply") == 1
    assert not of(tmp_path, text % "data.aws_canonical_user_id.me.id").count("rights are known")


HIDING = """
provider "aws" { allowed_account_ids = ["111111111111"] }
variable "who" {}
resource "aws_s3_bucket" "b" { bucket = "b" }
resource "aws_s3_bucket_policy" "b" {
  bucket = aws_s3_bucket.b.id
  policy = %s
}
"""
POLICY = """jsonencode({ Statement = [{
  Effect = "Allow", Principal = { AWS = %s }, Action = %s, Resource = "*" }] })"""
THEM, READ = '"arn:aws:iam::222222222222:root"', '"s3:GetObject"'


@pytest.mark.parametrize(
    "now",
    [
        "var.who",
        POLICY % ("var.who", READ),
        POLICY % ('"arn:aws:iam::${var.who}:root"', READ),
        POLICY % (THEM, "var.who"),
        "jsonencode({ Statement = var.who })",
        POLICY % ('"*"', READ + ', Condition = { StringEquals = { "aws:SourceOwner" = var.who } }'),
    ],
)
def test_whom_a_policy_let_in_is_not_gone_where_it_cannot_be_read_now(
    now: str, tmp_path: Path
) -> None:
    told = of(tmp_path, HIDING % (POLICY % (THEM, READ)))
    assert told.ends == {"aws_s3_bucket.b -> aws_s3_bucket.b shared"}
    hidden = of(tmp_path, HIDING % now).imported
    assert "known_later" not in str(hidden.flows)
    assert "known_later" in str(since(hidden, before([told.imported]), ()).flows)
    assert "known_later" not in str(since(hidden, before([hidden]), ()).flows)


def test_of_files_it_shows_who_else_is_let_in_than_before(tmp_path: Path) -> None:
    told = of(tmp_path, HIDING % (POLICY % (THEM, READ))).imported
    more = of(tmp_path, HIDING % (POLICY % (f'[{THEM}, "333333333333"]', READ))).imported
    found = str(since(more, before([told]), ()).flows)
    assert "aws_s3_bucket.b shared of account ~" in found
    assert "shared of" not in str(since(told, before([more]), ()).flows)


def test_a_right_under_another_name_or_to_do_what_is_not_known_may_be_the_one_that_was(
    tmp_path: Path,
) -> None:
    told = of(tmp_path, HIDING % (POLICY % (THEM, READ)))
    renamed = of(tmp_path, (HIDING % "var.who").replace('policy" "b"', 'policy" "c"')).imported
    assert "known_later" in str(since(renamed, before([told.imported]), ()).flows)
    called = """
    provider "aws" { allowed_account_ids = ["111111111111"] }
    variable "what" {}
    resource "aws_lambda_function" "f" { function_name = "f" }
    resource "aws_lambda_permission" "p" {
      function_name = aws_lambda_function.f.function_name
      principal     = "222222222222"
      action        = %s
    }
    """
    told = of(tmp_path, called % '"lambda:InvokeFunction"')
    hidden = of(tmp_path, called % "var.what").imported
    assert "known_later" in str(since(hidden, before([told.imported]), ()).flows)
