"""Rights: which settings of which types give others a right to data, and to which.

As of November 2026, by the documentation of the providers `aws` (6), `azurerm` (4) and `google` (7).
"""

from __future__ import annotations

from lawful.importers._terraform.outside.members import GOOGLE

#: What one must be let do to take data from a thing, and to bring some, by the service that it is of.
TAKES = {
    "backup": "backup:CopyFromBackupVault backup:StartRestoreJob",
    "dynamodb": "dynamodb:BatchGetItem dynamodb:GetItem dynamodb:GetRecords dynamodb:PartiQLSelect dynamodb:Query"
    " dynamodb:Scan",
    "ecr": "ecr:BatchGetImage ecr:GetDownloadUrlForLayer",
    "efs": "elasticfilesystem:ClientMount",
    "es": "es:ESHttpGet es:ESHttpPost",
    "glacier": "glacier:InitiateJob glacier:GetJobOutput",
    "kafka": "kafka-cluster:ReadData kafka:CreateVpcConnection",
    "kinesis": "kinesis:GetRecords kinesis:SubscribeToShard",
    "s3": "s3:GetObject s3:GetObjectVersion s3:ListBucket s3express:CreateSession",
    "s3tables": "s3tables:GetTableData",
    "secrets": "secretsmanager:GetSecretValue",
    "sns": "sns:Subscribe",
    "sqs": "sqs:ReceiveMessage",
}
GIVES = {
    "api": "execute-api:Invoke",
    "events": "events:PutEvents",
    "es": "es:ESHttpPut es:ESHttpPost",
    "kinesis": "kinesis:PutRecord kinesis:PutRecords",
    "s3": "s3:PutObject",
    "sns": "sns:Publish",
    "sqs": "sqs:SendMessage",
}
#: Policies: the type, the setting that has it, the one that names what it is of (`.` for itself), and the service.
POLICIES = {
    type: (path, of, service)
    for type, path, of, service in (
        line.split()
        for line in """
aws_api_gateway_rest_api policy . api
aws_api_gateway_rest_api_policy policy rest_api_id api
aws_backup_vault_policy policy backup_vault_name backup
aws_cloudwatch_event_bus_policy policy event_bus_name events
aws_dynamodb_resource_policy policy resource_arn dynamodb
aws_ecr_repository_policy policy repository ecr
aws_efs_file_system_policy policy file_system_id efs
aws_elasticsearch_domain access_policies . es
aws_elasticsearch_domain_policy access_policies domain_name es
aws_glacier_vault access_policy . glacier
aws_kinesis_resource_policy policy resource_arn kinesis
aws_msk_cluster_policy policy cluster_arn kafka
aws_opensearch_domain access_policies . es
aws_opensearch_domain_policy access_policies domain_name es
aws_s3_access_point policy bucket s3
aws_s3_bucket policy . s3
aws_s3_bucket_policy policy bucket s3
aws_s3control_access_point_policy policy access_point_arn s3
aws_s3tables_table_bucket_policy resource_policy table_bucket_arn s3tables
aws_secretsmanager_secret policy . secrets
aws_secretsmanager_secret_policy policy secret_arn secrets
aws_sns_topic policy . sns
aws_sns_topic_policy policy arn sns
aws_sqs_queue policy . sqs
aws_sqs_queue_policy policy queue_url sqs
""".strip().splitlines()
    )
}
#: What only who is in its network can reach, whoever is let in.
NETWORKED = ("efs", "kafka")
#: What answers who brings something.
ANSWERING = ("api",)
#: Settings that name accounts which get a copy, or may read: the type, the setting, and whose data they are.
GIVEN = tuple(
    (type, path, of)
    for type, of, *paths in (
        line.split()
        for line in """
aws_ami_launch_permission image_id account_id group organization_arn organizational_unit_arn
aws_db_cluster_snapshot . shared_accounts
aws_db_snapshot . shared_accounts
aws_db_snapshot_copy . shared_accounts
aws_lakeformation_permissions data_location.arn principal
aws_lakeformation_permissions table.name principal
aws_lakeformation_permissions table_with_columns.name principal
aws_rds_cluster_snapshot_copy . shared_accounts
aws_redshift_data_share_authorization data_share_arn consumer_identifier
aws_redshift_endpoint_authorization cluster_identifier account
aws_snapshot_create_volume_permission snapshot_id account_id
""".strip().splitlines()
    )
    for path in paths
)
#: Of those, what gives a right to data only where a setting has one of some values.
ONLY_WITH = {
    "aws_lakeformation_permissions": ("permissions", ("ALL", "DATA_LOCATION_ACCESS", "SELECT"))
}
#: What is offered to others as such: the setting that names it.
OFFERED = {
    "azurerm_data_share_dataset_blob_storage": "storage_account.name",
    "azurerm_data_share_dataset_data_lake_gen2": "storage_account_id",
    "azurerm_data_share_dataset_kusto_cluster": "kusto_cluster_id",
    "azurerm_data_share_dataset_kusto_database": "kusto_database_id",
    "google_bigquery_analytics_hub_listing": "bigquery_dataset.dataset",
}
#: Lists of who may read a bucket, and those of them that are everyone.
GRANTS = {
    "aws_s3_bucket": ("grant", "."),
    "aws_s3_bucket_acl": ("access_control_policy.grant", "bucket"),
}
EVERYONE = ("/global/AllUsers", "/global/AuthenticatedUsers")
#: The id under which CloudFront delivers logs, as its documentation tells, and what looks up ids of one's own.
DELIVERS_LOGS = "c4c1ede66af53448b93c283ce9448c4ba468c9432aa01d700d3878632f77d2d0"
CANONICAL = ("aws_canonical_user_id", "aws_cloudfront_log_delivery_canonical_user_id")
READING = ("FULL_CONTROL", "READ")
#: What makes a right of whoever holds it.
BEARERS = (
    "azurerm_managed_disk_sas_token",
    "azurerm_storage_account_blob_container_sas",
    "azurerm_storage_account_sas",
    "google_storage_object_signed_url",
)
#: Where logs lie that are sent on, or watched, for all of an account.
LOGS = "aws_cloudwatch_log_group"
#: For each type of right, the settings that say whose it is.
OWNERS: dict[str, set[str]] = {"aws_lambda_permission": {"function_name"}}
for _type, _of in (
    *((type, of) for type, (_, of, _) in POLICIES.items()),
    *((type, of) for type, _, of in GIVEN),
    *((type, of) for type, paths in GOOGLE.items() for _, of in paths),
    *((type, of) for type, (_, of) in GRANTS.items()),
    *OFFERED.items(),
):
    OWNERS.setdefault(_type, set()).update({_of} - {"."})
#: The settings of types that are read here.
READ = (
    *((type, path) for type, (path, _, _) in POLICIES.items()),
    *((type, path) for type, path, _ in GIVEN),
    *((type, path) for type, paths in GOOGLE.items() for path, _ in paths),
    ("aws_cloudwatch_log_account_policy", "policy_document"),
    ("aws_oam_link", "sink_identifier"),
    ("aws_ram_principal_association", "principal"),
    ("aws_ram_resource_association", "resource_arn"),
    ("aws_lambda_permission", "principal"),
)
