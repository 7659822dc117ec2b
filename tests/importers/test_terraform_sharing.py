"""What others get of what a plan manages by a right of their own: copies, buckets, all logs of an account."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.importers.plans import before, block, change, flows, flows_of, nodes, notices, plan

OURS = "arn:aws:s3:::kept"
TABLE = change("aws_dynamodb_table.t", {"arn": "arn:aws:dynamodb:eu-west-3:111122223333:table/t"})
BUCKET = change("aws_s3_bucket.b", {"arn": OURS, "bucket": "kept"})


def policy(principal: Any, *, effect: str = "Allow", action: Any = "s3:GetObject") -> Any:
    said = {"Effect": effect, "Principal": principal, "Action": action, "Resource": f"{OURS}/*"}
    text = json.dumps({"Version": "2012-10-17", "Statement": [said]})
    return change("aws_s3_bucket_policy.p", {"bucket": "kept", "policy": text})


@pytest.mark.parametrize("action", ["s3:GetObject", "s3:*", "*", ["s3:PutObject", "s3:Get*"]])
@pytest.mark.parametrize("who", ["arn:aws:iam::999900001111:root", "999900001111"])
def test_a_bucket_that_another_account_may_read(who: str, action: Any) -> None:
    found = flows(
        plan(TABLE, BUCKET, policy({"AWS": ["arn:aws:iam::111122223333:root", who]}, action=action))
    )
    assert "aws_s3_bucket.b -> aws_s3_bucket.b shared" in found


@pytest.mark.parametrize(
    "said",
    [
        policy({"AWS": "arn:aws:iam::111122223333:root"}),
        policy({"AWS": "arn:aws:iam::999900001111:root"}, effect="Deny"),
        policy({"AWS": "arn:aws:iam::999900001111:root"}, action="s3:PutObject"),
        policy({"Service": "cloudfront.amazonaws.com"}),
        change("aws_s3_bucket_policy.p", {"bucket": "kept", "policy": "[1, {"}),
        change("aws_s3_bucket_policy.p", {"bucket": "kept", "policy": "[[]]"}),
    ],
)
def test_a_bucket_that_none_other_may_read(said: Any) -> None:
    assert not [each for each in flows(plan(TABLE, BUCKET, said)) if "shared" in each]


OWN, OTHER = "111122223333", "999900001111"
EVERYONE, STRANGER = "*", {"AWS": f"arn:aws:iam::{OTHER}:root"}
QUEUE = change("aws_sqs_queue.q", {"id": "https://q", "arn": f"arn:aws:sqs:eu-west-3:{OWN}:q"})


def test_a_bucket_policy_for_everyone_is_public_unless_all_are_kept_out() -> None:
    assert flows(plan(TABLE, BUCKET, policy(EVERYONE))) == {"aws_s3_bucket.b -> public"}
    block_all = {"bucket": "kept", "restrict_public_buckets": True}
    kept = change("aws_s3_bucket_public_access_block.k", block_all)
    assert not flows(plan(TABLE, BUCKET, policy(EVERYONE), kept))
    assert "1 rights turn on a condition" in notices(plan(TABLE, BUCKET, policy(EVERYONE), kept))


def queue_policy(*said: Any) -> Any:
    text = json.dumps({"Statement": list(said)})
    return change("aws_sqs_queue_policy.p", {"queue_url": "https://q", "policy": text})


def right(principal: Any = EVERYONE, action: Any = "sqs:ReceiveMessage", **more: Any) -> Any:
    return {"Effect": "Allow", "Principal": principal, "Action": action, "Resource": "*", **more}


TAKEN, READ_BY_ALL = "aws_sqs_queue.q -> aws_sqs_queue.q shared", "aws_sqs_queue.q -> public"
RIGHTS: dict[str, tuple[Any, set[str]]] = {
    "another account": (right(STRANGER), {TAKEN}),
    "all but one": (
        {"Effect": "Allow", "NotPrincipal": STRANGER, "NotAction": "sqs:SendMessage"},
        {READ_BY_ALL},
    ),
    "anyone, whoever sends": (right(action="sqs:S?nd*"), {"internet -> aws_sqs_queue.q"}),
    "anyone over TLS": (
        right(Condition={"Bool": {"aws:SecureTransport": "true"}}),
        {READ_BY_ALL},
    ),
    "an account by a condition": (
        right(Condition={"StringEquals": {"AWS:SourceOwner": OTHER}}),
        {TAKEN},
    ),
    "one's own by a condition": (
        right(Condition={"StringEquals": {"AWS:SourceOwner": OWN}}),
        set(),
    ),
    "an organization": (
        right(Condition={"StringEquals": {"aws:PrincipalOrgID": "o-1"}}),
        {TAKEN},
    ),
    "from a network": (right(Condition={"StringEquals": {"aws:SourceVpce": "vpce-1"}}), set()),
    "from anywhere": (right(Condition={"IpAddress": {"aws:SourceIp": "0.0.0.0/0"}}), {READ_BY_ALL}),
    "from either half of it": (
        right(Condition={"IpAddress": {"aws:SourceIp": ["0.0.0.0/1", "128.0.0.0/1"]}}),
        {READ_BY_ALL},
    ),
    "not from a network": (
        right(Condition={"StringNotEquals": {"aws:SourceVpce": "vpce-1"}}),
        {READ_BY_ALL},
    ),
}


@pytest.mark.parametrize("case", RIGHTS)
def test_whom_a_policy_lets_in(case: str) -> None:
    said, wanted = RIGHTS[case]
    assert flows(plan(QUEUE, queue_policy(said))) == wanted


def test_what_is_denied_to_all_but_some_is_not_public() -> None:
    denied = right(Condition={"StringNotEquals": {"aws:SourceVpce": "vpce-1"}}) | {"Effect": "Deny"}
    value = plan(QUEUE, queue_policy(right(), denied))
    assert not flows(value)
    assert "1 rights turn on a condition" in notices(value)
    plainly = right(Condition={"Bool": {"aws:SecureTransport": "false"}}) | {"Effect": "Deny"}
    assert flows(plan(QUEUE, queue_policy(right(), plainly))) == {READ_BY_ALL}


OURSELVES = {"AWS": f"arn:aws:iam::{OWN}:root"}
ALLOWED = {"Effect": "Allow", "Principal": "*", "Action": ["s3:GetObject", "s3:GetObjectVersion"]}
ALL_OF_IT = {"Principal": "*", "Action": "s3:Get*", "Resource": f"{OURS}*"}
LEFT_OUT, READ_BY_NONE = "left out", set[str]()
SHARED_BUCKET, PUBLIC_BUCKET = (
    "aws_s3_bucket.b -> aws_s3_bucket.b shared",
    "aws_s3_bucket.b -> public",
)
DENIALS: dict[str, tuple[dict[str, Any], set[str]]] = {
    "all": ({}, READ_BY_NONE),
    "one prefix": ({"Resource": f"{OURS}/private/*"}, {PUBLIC_BUCKET}),
    "all but one prefix": ({"NotResource": f"{OURS}/public/*"}, {PUBLIC_BUCKET}),
    "what is not known": ({"Resource": None}, {PUBLIC_BUCKET}),
    "one user": ({"Principal": {"AWS": f"arn:aws:iam::{OTHER}:user/m"}}, {PUBLIC_BUCKET}),
    "one of two actions": ({"Action": "s3:GetObjectVersion"}, {PUBLIC_BUCKET}),
    "all actions but those that bring": (
        {"Action": LEFT_OUT, "NotAction": "s3:Put*"},
        READ_BY_NONE,
    ),
    "all but oneself": ({"Principal": LEFT_OUT, "NotPrincipal": OURSELVES}, READ_BY_NONE),
    "all but a stranger": ({"Principal": LEFT_OUT, "NotPrincipal": STRANGER}, {SHARED_BUCKET}),
    "one address": ({"Condition": {"IpAddress": {"aws:SourceIp": "9.9.9.9/32"}}}, {PUBLIC_BUCKET}),
    "all but one address": (
        {"Condition": {"NotIpAddress": {"aws:SourceIp": "9.9.9.9/32"}}},
        READ_BY_NONE,
    ),
    "all but any account": (
        {"Condition": {"StringNotLike": {"aws:PrincipalArn": ["arn:aws:iam::*:role/y", OWN]}}},
        {PUBLIC_BUCKET},
    ),
    "all but a stranger by a condition": (
        {"Condition": {"StringNotEquals": {"aws:PrincipalAccount": [OWN, OTHER]}}},
        {SHARED_BUCKET},
    ),
    "on what is not known": ({"Condition": None}, {PUBLIC_BUCKET}),
}


@pytest.mark.parametrize("case", DENIALS)
def test_a_denial_takes_away_only_what_it_covers_for_sure(case: str) -> None:
    more, wanted = DENIALS[case]
    denied = {key: each for key, each in (ALL_OF_IT | more).items() if each != LEFT_OUT}
    said = [ALLOWED | {"Resource": f"{OURS}/*"}, denied | {"Effect": "Deny"}]
    text = json.dumps({"Statement": said})
    made = change("aws_s3_bucket_policy.p", {"bucket": "kept", "policy": text})
    assert flows(plan(TABLE, BUCKET, made)) == wanted


@pytest.mark.parametrize(
    ("operator", "values", "wanted"),
    [
        ("StringLike", [f"arn:aws:iam::{OWN}:role/x"], set()),
        ("StringLike", [f"arn:aws:iam::{OWN}:role/x", "arn:aws:iam::*:role/y"], {READ_BY_ALL}),
        ("ForAllValues:StringEquals", [OWN], {READ_BY_ALL}),
        ("Null", "true", {READ_BY_ALL}),
    ],
)
def test_values_of_a_condition_narrow_only_if_all_of_them_do(
    operator: str, values: Any, wanted: set[str]
) -> None:
    said = right(Condition={operator: {"aws:PrincipalArn": values}})
    assert flows(plan(QUEUE, queue_policy(said))) == wanted
    if wanted == set():
        said["Condition"][operator]["aws:PrincipalArn"].append("not an ARN")
        value = plan(QUEUE, queue_policy(said))
        assert not flows(value)
        assert "1 rights turn on a condition" in notices(value)


@pytest.mark.parametrize("who", [{"AWS": "AIDAEXAMPLE"}, {"Federated": f"arn:aws:iam::{OTHER}:x"}])
def test_principals_without_an_account_of_their_own_are_counted(who: Any) -> None:
    value = plan(QUEUE, queue_policy(right(who)))
    assert not flows(value)
    assert "1 rights turn on a condition" in notices(value)


def test_rights_of_others_that_take_no_data_out_are_counted() -> None:
    value = plan(QUEUE, queue_policy(right(STRANGER, "sqs:SendMessage")))
    assert not flows(value)
    assert "1 rights of others take no data out" in notices(value)


def test_an_account_that_may_be_ones_own_is_not_known_yet() -> None:
    queue = change("aws_sqs_queue.q", {"id": "https://q"})
    found = nodes(plan(queue, queue_policy(right(STRANGER))))
    assert "known_later" in str(found["aws_sqs_queue_policy.p.policy"].props)
    assert OTHER not in str(found)


def test_a_policy_that_is_known_later_is_told_by_its_document_or_counted() -> None:
    made = change("aws_sqs_queue_policy.p", {"queue_url": "https://q"}, unknown={"policy": True})
    said = {"actions": ["sqs:*"], "principals": [{"type": "AWS", "identifiers": [OTHER]}]}
    document = change("data.aws_iam_policy_document.d", {"statement": [said]}, mode="data")
    root = [block("aws_sqs_queue_policy.p", policy="data.aws_iam_policy_document.d.json")]
    assert flows(plan(QUEUE, made, document, root=root)) == {TAKEN}
    root = [block("aws_sqs_queue_policy.p", policy="aws_sqs_queue.q.arn")]
    assert "1 rights are known only after apply" in notices(plan(QUEUE, made, root=root))


def test_a_policy_that_let_others_in_and_is_known_later_hides_them() -> None:
    then = queue_policy(right(STRANGER))["change"]["after"]
    made = change(
        "aws_sqs_queue_policy.p",
        {"queue_url": "https://q"},
        before=then,
        actions=["update"],
        unknown={"policy": True},
    )
    queue = QUEUE | {"change": QUEUE["change"] | {"before": QUEUE["change"]["after"]}}
    root = [block("aws_sqs_queue_policy.p", policy="aws_sqs_queue.q.arn")]
    value = plan(queue, made, root=root)
    assert flows_of(before(value)) == {TAKEN}
    assert flows(value) == {"aws_sqs_queue.q -> aws_sqs_queue_policy.p.policy"}


@pytest.mark.parametrize(
    ("type", "was", "path"),
    [
        (
            "aws_lambda_permission",
            {"function_name": "till", "action": "lambda:*", "principal": OTHER},
            "principal",
        ),
        (
            "google_storage_bucket_iam_policy",
            {
                "bucket": "kept",
                "policy_data": json.dumps(
                    {"bindings": [{"role": "roles/viewer", "members": ["allUsers"]}]}
                ),
            },
            "policy_data",
        ),
    ],
)
def test_a_right_that_others_had_and_that_is_known_later_hides_them(
    type: str, was: dict[str, str], path: str
) -> None:
    now = {key: value for key, value in was.items() if key != path}
    made = change(f"{type}.p", now, before=was, actions=["update"], unknown={path: True})
    both = [
        each | {"change": each["change"] | {"before": each["change"]["after"]}}
        for each in (
            change("aws_lambda_function.f", {"function_name": "till"}),
            change("google_storage_bucket.b", {"name": "kept", "project": "ours"}),
        )
    ]
    value = plan(TABLE, *both, made, root=[block(f"{type}.p", **{path: "var.x"})])
    assert any(each.endswith(f" -> {type}.p.{path}") for each in flows(value))
    assert not any(each.endswith(path) for each in flows_of(before(value)))
    value = plan(TABLE, *both, made | {"change": made["change"] | {"before": now}})
    assert not any(each.endswith(path) for each in flows(value))


THIRD, DOMAIN = "555566667777", "serviceAccount:a@theirs.iam.gserviceaccount.com"


@pytest.mark.parametrize(
    ("was", "now", "kept", "come"),
    [
        ([OTHER], [OTHER], True, False),
        ([OTHER], [OTHER, THIRD], True, True),
        ([OTHER], [THIRD], False, True),
        ([OTHER, THIRD], [OTHER], True, False),
        ([DOMAIN], [DOMAIN, "domain:partner.com"], True, True),
    ],
)
def test_with_whom_else_something_is_shared_shows(
    was: list[str], now: list[str], kept: bool, come: bool
) -> None:
    if DOMAIN in was:
        thing, right_of, node = (
            STORE,
            "google_storage_bucket_iam_binding.m",
            "google_storage_bucket.b",
        )
        then, after = ({"bucket": "kept", "role": VIEWER, "members": who} for who in (was, now))
    else:
        thing, right_of, node = QUEUE, "aws_sqs_queue_policy.p", "aws_sqs_queue.q"
        then, after = (queue_policy(right({"AWS": who}))["change"]["after"] for who in (was, now))
    thing = thing | {"change": thing["change"] | {"before": thing["change"]["after"]}}
    changed = change(right_of, after, before=then, actions=["update"])
    found = flows(plan(thing, changed))
    plain = f"{node} -> {node} shared"
    assert (plain in found) == kept
    assert any(each.startswith(f"{plain} of ") for each in found) == come


def test_whoever_is_not_known_is_counted() -> None:
    unsaid = [right({"AWS": [None]}), right(None), right(STRANGER, action=None)]
    for said in unsaid:
        value = plan(QUEUE, queue_policy(said))
        assert not flows(value)
        assert "1 rights turn on a condition" in notices(value)
    torn = change("aws_sqs_queue_policy.p", {"queue_url": "https://q", "policy": "{torn"})
    assert "1 rights are known only after apply, or cannot be read" in notices(plan(QUEUE, torn))


LAMBDA = change("aws_lambda_function.f", {"function_name": "till"})
SECRET = change(
    "aws_secretsmanager_secret.s", {"arn": "arn:aws:secretsmanager:eu-west-3:1:secret:s"}
)
AMI = change("aws_ami_from_instance.a", {"id": "ami-0123456789"})
SHARED: dict[str, tuple[list[Any], set[str]]] = {
    "an image for anyone": (
        [
            AMI,
            change("aws_ami_launch_permission.p", {"image_id": "ami-0123456789", "group": "all"}),
        ],
        {"aws_ami_from_instance.a -> public"},
    ),
    "an image for an account": (
        [
            AMI,
            change(
                "aws_ami_launch_permission.p", {"image_id": "ami-0123456789", "account_id": OTHER}
            ),
        ],
        {"aws_ami_from_instance.a -> aws_ami_from_instance.a shared"},
    ),
    "an image for one's own account": (
        [
            AMI,
            change(
                "aws_ami_launch_permission.p", {"image_id": "ami-0123456789", "account_id": OWN}
            ),
        ],
        set(),
    ),
    "a function that another account calls": (
        [
            LAMBDA,
            change(
                "aws_lambda_permission.p",
                {"function_name": "till", "principal": OTHER} | {"action": "lambda:InvokeFunction"},
            ),
        ],
        {"aws_lambda_function.f -> aws_lambda_function.f shared"},
    ),
    "a function that anyone calls": (
        [
            LAMBDA,
            change(
                "aws_lambda_permission.p",
                {"function_name": "till", "principal": "*"} | {"action": "lambda:*"},
            ),
        ],
        {"internet -> aws_lambda_function.f"},
    ),
    "a function that a service of ours calls": (
        [
            LAMBDA,
            change(
                "aws_lambda_permission.p",
                {"function_name": "till", "source_account": OWN}
                | {"principal": "*", "action": "lambda:InvokeFunction"},
            ),
        ],
        set(),
    ),
    "a table in a share": (
        [
            change(
                "aws_ram_resource_association.r",
                {"resource_arn": TABLE["change"]["after"]["arn"]}
                | {"resource_share_arn": "arn:aws:ram:eu-west-3:1:share/s"},
            ),
            change(
                "aws_ram_principal_association.p",
                {"principal": OTHER} | {"resource_share_arn": "arn:aws:ram:eu-west-3:1:share/s"},
            ),
        ],
        {"aws_dynamodb_table.t -> aws_dynamodb_table.t shared"},
    ),
    "a table in a share of one's own": (
        [
            change(
                "aws_ram_resource_association.r",
                {"resource_arn": TABLE["change"]["after"]["arn"]}
                | {"resource_share_arn": "arn:aws:ram:eu-west-3:1:share/s"},
            ),
            change(
                "aws_ram_principal_association.p",
                {"principal": OTHER}
                | {"resource_share_arn": "arn:aws:ram:eu-west-3:1:share/other"},
            ),
        ],
        set(),
    ),
    "a repository that is copied to a region": (
        [
            change("aws_ecr_repository.r", {"name": "shop"}),
            change(
                "aws_ecr_replication_configuration.c",
                {
                    "replication_configuration": [
                        {"rule": [{"destination": [{"region": "sa-east-1", "registry_id": OWN}]}]}
                    ]
                },
            ),
        ],
        {"aws_ecr_repository.r -> aws_ecr_repository.r in sa-east-1"},
    ),
    "a bucket with a list": (
        [
            change(
                "aws_s3_bucket.l",
                {
                    "grant": [
                        {"permissions": ["READ_ACP"], "uri": "http://x/groups/global/AllUsers"},
                        {
                            "permissions": ["READ"],
                            "uri": "http://acs.amazonaws.com/groups/global/AuthenticatedUsers",
                        },
                    ]
                },
            )
        ],
        {"aws_s3_bucket.l -> public"},
    ),
    "what a share of Azure has": (
        [
            change("azurerm_kusto_cluster.k", {"id": "k-cluster"}),
            change("azurerm_data_share_dataset_kusto_cluster.d", {"kusto_cluster_id": "k-cluster"}),
        ],
        {"azurerm_kusto_cluster.k -> azurerm_kusto_cluster.k shared"},
    ),
    "a share of a warehouse": (
        [
            change("aws_redshift_cluster.w", {"cluster_identifier": "warehouse"}),
            change(
                "aws_redshift_endpoint_authorization.a",
                {"account": OTHER, "cluster_identifier": "warehouse"},
            ),
        ],
        {"aws_redshift_cluster.w -> aws_redshift_cluster.w shared"},
    ),
    "logs that another account watches": (
        [
            change("aws_cloudwatch_log_group.g", {"name": "g"}),
            change("aws_oam_link.l", {"resource_types": ["AWS::Logs::LogGroup"]}),
        ],
        {"aws_cloudwatch_log_group.g -> aws_oam_link.l shared"},
    ),
}


@pytest.mark.parametrize("case", SHARED)
def test_what_is_shared(case: str) -> None:
    made, wanted = SHARED[case]
    assert flows(plan(TABLE, *made)) == wanted


STORE = change("google_storage_bucket.b", {"name": "kept", "project": "ours"})
VIEWER, CREATOR = "roles/storage.objectViewer", "roles/storage.objectCreator"


@pytest.mark.parametrize(
    ("role", "member", "wanted"),
    [
        (VIEWER, "allUsers", {"google_storage_bucket.b -> public"}),
        (
            VIEWER,
            "domain:partner.com",
            {"google_storage_bucket.b -> google_storage_bucket.b shared"},
        ),
        (
            VIEWER,
            "serviceAccount:a@theirs.iam.gserviceaccount.com",
            {"google_storage_bucket.b -> google_storage_bucket.b shared"},
        ),
        (VIEWER, "serviceAccount:a@ours.iam.gserviceaccount.com", set()),
        (VIEWER, "serviceAccount:service-1@compute-system.iam.gserviceaccount.com", set()),
        (VIEWER, "user:a@ours.com", set()),
        (CREATOR, "domain:partner.com", set()),
    ],
)
def test_members_of_a_bucket_of_google(role: str, member: str, wanted: set[str]) -> None:
    one = change("google_storage_bucket_iam_binding.m", {"bucket": "kept", "role": role})
    one["change"]["after"]["members"] = [member]
    said = json.dumps({"bindings": [{"role": role, "members": [member]}]})
    all_of_it = change(
        "google_storage_bucket_iam_policy.m", {"bucket": "kept", "policy_data": said}
    )
    for made in (one, all_of_it):
        value = plan(STORE, made)
        assert flows(value) == wanted
        assert ("1 rights turn on a condition" in notices(value)) == member.startswith("user:")


SHARED_STORE = "google_storage_bucket.b -> google_storage_bucket.b shared"
MAY_BE_OURS = "google_storage_bucket.b -> google_storage_bucket_iam_member.m.member"


@pytest.mark.parametrize(
    ("member", "wanted"),
    [
        ("serviceAccount:98-compute@developer.gserviceaccount.com", MAY_BE_OURS),
        ("serviceAccount:98@cloudservices.gserviceaccount.com", MAY_BE_OURS),
        ("serviceAccount:42-compute@developer.gserviceaccount.com", ""),
        ("serviceAccount:a@prod.partner.com.iam.gserviceaccount.com", SHARED_STORE),
        ("serviceAccount:a@prod.ours.com.iam.gserviceaccount.com", ""),
        ("serviceAccount:theirs.svc.id.goog[ns/app]", SHARED_STORE),
        ("serviceAccount:ours.svc.id.goog[ns/app]", ""),
        ("user:a@theirs.iam.gserviceaccount.com", SHARED_STORE),
        ("deleted:serviceAccount:a@theirs.iam.gserviceaccount.com?uid=1", ""),
    ],
)
def test_accounts_of_services_by_all_their_forms(member: str, wanted: str) -> None:
    ours = change("google_storage_bucket.o", {"name": "o", "project": "ours.com:prod"})
    number = change("data.google_project.p", {"project_id": "ours", "number": "42"}, mode="data")
    given = {"bucket": "kept", "role": VIEWER, "member": member}
    made = change("google_storage_bucket_iam_member.m", given)
    assert flows(plan(STORE, ours, number, made)) == ({wanted} if wanted else set())


def test_members_of_an_unknown_form_are_counted() -> None:
    given = {"bucket": "kept", "role": VIEWER, "member": "serviceAccount:odd@partner"}
    value = plan(STORE, change("google_storage_bucket_iam_member.m", given))
    assert not flows(value)
    assert "1 rights turn on a condition" in notices(value)


def test_a_role_that_writes_may_read_and_one_that_only_adds_takes_nothing() -> None:
    images = change("google_artifact_registry_repository.r", {"name": "images", "id": "images"})
    given = {"repository": "images", "role": "roles/artifactregistry.writer", "member": "allUsers"}
    made = change("google_artifact_registry_repository_iam_member.m", given)
    assert flows(plan(images, made)) == {"google_artifact_registry_repository.r -> public"}
    secret = change("google_secret_manager_secret.s", {"name": "s", "id": "s"})
    adds = {"secret_id": "s", "role": "roles/secretmanager.secretVersionAdder"}
    made = change("google_secret_manager_secret_iam_member.m", adds | {"member": "domain:x.com"})
    assert not flows(plan(secret, made))


@pytest.mark.parametrize(
    ("type", "said", "who"),
    [
        ("google_bigquery_dataset_access", {"role": "READER", "domain": "partner.com"}, "shared"),
        ("google_bigquery_dataset_iam_member", {"role": "r/x", "member": "allUsers"}, "public"),
        ("google_bigquery_dataset_access", {"view": [{"project_id": "theirs"}]}, "shared"),
        (
            "google_bigquery_dataset_access",
            {"dataset": [{"dataset": [{"project_id": "ours"}]}]},
            "",
        ),
        (
            "google_bigquery_dataset_access",
            {"role": "READER", "special_group": "projectOwners"},
            "",
        ),
    ],
)
def test_members_of_a_dataset(type: str, said: Any, who: str) -> None:
    dataset = change("google_bigquery_dataset.d", {"dataset_id": "orders", "project": "ours"})
    found = flows(plan(dataset, change(f"{type}.m", {"dataset_id": "orders", **said})))
    assert [each.rsplit(" ", 1)[-1] for each in found] == ([who] if who else [])


def test_a_snapshot_that_is_given_to_another_account() -> None:
    made = {"db_instance_identifier": "till", "shared_accounts": ["999900001111"]}
    database = change("aws_db_instance.d", {"identifier": "till"})
    found = flows(plan(database, change("aws_db_snapshot.s", made)))
    assert found == {
        "aws_db_instance.d -> aws_db_snapshot.s",
        "aws_db_snapshot.s -> aws_db_snapshot.s shared",
    }
    made["shared_accounts"] = []
    assert len(flows(plan(database, change("aws_db_snapshot.s", made)))) == 1


def test_all_logs_of_an_account_go_where_its_policy_sends_them() -> None:
    document = json.dumps({"DestinationArn": "arn:aws:lambda:eu-west-3:111122223333:function:f"})
    name = "aws_cloudwatch_log_account_policy.all"
    sent = change(name, {"policy_type": "SUBSCRIPTION_FILTER_POLICY", "policy_document": document})
    function = change(
        "aws_lambda_function.f",
        {"function_name": "f", "arn": "arn:aws:lambda:eu-west-3:111122223333:function:f"},
    )
    groups = [change(f"aws_cloudwatch_log_group.{each}", {"name": each}) for each in "ab"]
    said = block(name, policy_document=None)
    said["expressions"] = {"policy_document": {"constant_value": document}}
    assert flows(plan(function, *groups, sent, root=[said])) == {
        "aws_cloudwatch_log_group.a -> aws_lambda_function.f",
        "aws_cloudwatch_log_group.b -> aws_lambda_function.f",
    }


def test_a_right_of_whoever_holds_it_is_counted() -> None:
    signed = change("data.azurerm_storage_account_sas.s", {}, mode="data")
    assert "1 rights turn on a condition, are on a whole project" in notices(plan(STORE, signed))


def test_who_is_given_a_copy_may_be_known_later() -> None:
    name = "aws_db_snapshot.s"
    given = change(name, {}, unknown={"shared_accounts": True})
    value = plan(given, root=[block(name, shared_accounts="module.partners.all")])
    assert flows(value) == {f"{name} -> {name}.shared_accounts"}
    member = "google_storage_bucket_iam_member.m"
    made = change(member, {"bucket": "kept", "role": VIEWER}, unknown={"member": True})
    account = change("google_service_account.a", {})
    ours = plan(
        STORE, account, made, root=[block(member, member="google_service_account.a.member")]
    )
    assert not flows(ours)
    assert "rights are known" not in notices(ours)
    other = plan(STORE, made, root=[block(member, member="module.partners.all")])
    assert flows(other) == {f"google_storage_bucket.b -> {member}.member"}


def test_an_interface_that_another_account_calls_answers_it() -> None:
    def api(**more: Any) -> Any:
        said = right(more.pop("principal"), "execute-api:Invoke")
        policy = json.dumps({"Statement": [said]})
        return plan(TABLE, change("aws_api_gateway_rest_api.a", {"policy": policy, **more}))

    interface, private = "aws_api_gateway_rest_api.a", [{"types": ["PRIVATE"]}]
    assert flows(api(principal=STRANGER)) == {f"{interface} -> {interface} shared"}
    assert flows(api(principal="*")) == {f"internet -> {interface}"}
    assert not flows(api(principal="*", endpoint_configuration=private))


@pytest.mark.parametrize(
    ("owner", "grants", "wanted"),
    [
        ("me", ["me", "them"], {"aws_s3_bucket.l -> aws_s3_bucket.l shared"}),
        ("me", ["me"], set()),
        (
            "",
            ["them", "me"],
            {"aws_s3_bucket.l -> aws_s3_bucket_acl.a.access_control_policy.grant"},
        ),
    ],
)
def test_a_list_of_a_bucket_that_names_another_account(
    owner: str, grants: list[str], wanted: set[str]
) -> None:
    bucket = change("aws_s3_bucket.l", {"bucket": "listed"})
    listed = [{"grantee": [{"id": each}], "permission": "FULL_CONTROL"} for each in grants]
    policy = {"owner": [{"id": owner}] if owner else [], "grant": listed}
    said = change("aws_s3_bucket_acl.a", {"bucket": "listed", "access_control_policy": [policy]})
    assert flows(plan(bucket, said)) == wanted


def test_the_owner_that_a_provider_fills_in_is_nobody_else() -> None:
    grant = {"permissions": ["FULL_CONTROL"], "id": "me", "uri": ""}
    assert not flows(plan(change("aws_s3_bucket.l", {"bucket": "listed", "grant": [grant]})))


def test_lists_of_a_bucket_that_are_ignored_let_nobody_read_it() -> None:
    grant = {"permissions": ["READ"], "uri": "http://x/groups/global/AllUsers"}
    listed = change("aws_s3_bucket.l", {"bucket": "listed", "grant": [grant]})
    single = change("aws_s3_object.o", {"bucket": "listed", "acl": "public-read"})
    ignored = {"bucket": "listed", "ignore_public_acls": True}
    kept = change("aws_s3_bucket_public_access_block.k", ignored)
    assert flows(plan(listed, single)) == {"aws_s3_bucket.l -> public"}
    assert not flows(plan(listed, single, kept))
