"""Settings: which of them say how data are kept and reached: measures, retention, exposure, replicas.

As of November 2026, by the documentation of the providers `aws` (6), `azurerm` (4), `google` (7) and
the older names that plans still have. What a provider does whatever one sets is not in a plan.
"""

from __future__ import annotations

from lawful_dsl.frozen import frozen

REST = "encryption_at_rest"
TRANSIT = "tls"


@frozen
class Setting:
    """A setting of a type; it holds where its value is one of `values`.

    `set` is any value that is not empty. Where several settings are named, all must be so. With
    `of`, the type is a part that says it of the node named there.
    """

    type: str
    path: str
    values: tuple[str, ...]
    of: str = ""

    def holds(self, value: object) -> bool:
        """Whether a value is one of those meant."""
        if self.values == ("set",):
            return value not in (None, "", False)
        return str(value).lower() in self.values


def _settings(text: str) -> tuple[Setting, ...]:
    found = []
    for line in text.strip().splitlines():
        type, path, values, *of = line.split()
        found.append(Setting(type, path, tuple(values.split("|")), *of))
    return tuple(found)


#: By which setting a measure is taken. A setting of `true` that is `false` says that it is not; of `true|1` it says
#: nothing, as the provider encrypts in another way then.
MEASURES = {
    REST: _settings("""
alicloud_db_instance encryption_key set
alicloud_oss_bucket server_side_encryption_rule.sse_algorithm set
aws_cloudtrail kms_key_id set
aws_cloudwatch_log_group kms_key_id set
aws_db_instance storage_encrypted true
aws_db_snapshot encrypted true
aws_dax_cluster server_side_encryption.enabled true
aws_docdb_cluster storage_encrypted true
aws_dynamodb_table server_side_encryption.enabled true|1
aws_ebs_snapshot encrypted true
aws_ebs_snapshot_copy encrypted true
aws_ebs_volume encrypted true
aws_ecr_repository encryption_configuration.encryption_type aes256|kms
aws_efs_file_system encrypted true
aws_elasticache_replication_group at_rest_encryption_enabled true
aws_elasticsearch_domain encrypt_at_rest.enabled true
aws_kinesis_firehose_delivery_stream server_side_encryption.enabled true
aws_kinesis_stream encryption_type kms
aws_neptune_cluster storage_encrypted true
aws_opensearch_domain encrypt_at_rest.enabled true
aws_rds_cluster storage_encrypted true
aws_redshift_cluster encrypted true
aws_s3_bucket server_side_encryption_configuration.rule.apply_server_side_encryption_by_default.sse_algorithm set
aws_s3_bucket_server_side_encryption_configuration rule.apply_server_side_encryption_by_default.sse_algorithm set bucket
aws_secretsmanager_secret kms_key_id set
aws_sns_topic kms_master_key_id set
aws_sqs_queue kms_master_key_id set
aws_sqs_queue sqs_managed_sse_enabled true
aws_ssm_parameter type securestring
aws_timestreamwrite_database kms_key_id set
azurerm_cosmosdb_account key_vault_key_id set
azurerm_managed_disk encryption_settings.enabled true|1
azurerm_mssql_database transparent_data_encryption_enabled true
azurerm_storage_account customer_managed_key.key_vault_key_id set
azurerm_storage_account infrastructure_encryption_enabled true|1
azurerm_storage_account_customer_managed_key key_vault_id set storage_account_id
google_bigquery_dataset default_encryption_configuration.kms_key_name set
google_compute_disk disk_encryption_key.kms_key_self_link set
google_pubsub_topic kms_key_name set
google_sql_database_instance encryption_key_name set
google_storage_bucket encryption.default_kms_key_name set
confluent_kafka_cluster byok_key.id set
confluent_kafka_cluster dedicated.encryption_key set
ibm_cos_bucket kms_key_crn set
linode_volume encryption enabled
mongodbatlas_advanced_cluster encryption_at_rest_provider aws|azure|gcp
mongodbatlas_cluster encryption_at_rest_provider aws|azure|gcp
oci_core_volume kms_key_id set
oci_database_autonomous_database kms_key_id set
oci_objectstorage_bucket kms_key_id set
scaleway_rdb_instance encryption_at_rest true|1
"""),
    TRANSIT: _settings("""
aws_cloudfront_distribution default_cache_behavior.viewer_protocol_policy,ordered_cache_behavior.viewer_protocol_policy https-only|redirect-to-https
aws_docdb_cluster_parameter_group tls enabled
aws_elasticache_replication_group transit_encryption_enabled true
aws_elasticsearch_domain domain_endpoint_options.enforce_https true
aws_msk_cluster encryption_info.encryption_in_transit.client_broker tls
aws_opensearch_domain domain_endpoint_options.enforce_https true
azurerm_app_service https_only true
azurerm_function_app https_only true
azurerm_linux_function_app https_only true
azurerm_linux_web_app https_only true
azurerm_mariadb_server ssl_enforcement_enabled true
azurerm_mssql_server minimum_tls_version 1.0|1.1|1.2|1.3
azurerm_mysql_server ssl_enforcement_enabled true
azurerm_postgresql_server ssl_enforcement_enabled true
azurerm_redis_cache enable_non_ssl_port false
azurerm_redis_cache non_ssl_port_enabled false
azurerm_storage_account enable_https_traffic_only true
azurerm_storage_account https_traffic_only_enabled true
azurerm_windows_function_app https_only true
azurerm_windows_web_app https_only true
google_redis_instance transit_encryption_mode server_authentication
google_sql_database_instance settings.ip_configuration.require_ssl true
google_sql_database_instance settings.ip_configuration.ssl_mode encrypted_only|trusted_client_certificate_required
mongodbatlas_advanced_cluster advanced_configuration.minimum_enabled_tls_protocol tls1_0|tls1_1|tls1_2|tls1_3
mongodbatlas_cluster advanced_configuration.minimum_enabled_tls_protocol tls1_0|tls1_1|tls1_2|tls1_3
rediscloud_database enable_tls true
upstash_redis_database tls true
"""),  # noqa: E501
}

#: By which setting those who come may do without a measure that another setting offers them.
LEFT_OPEN = {
    REST: (),
    TRANSIT: _settings("""
aws_elasticache_replication_group transit_encryption_mode preferred
google_sql_database_instance settings.ip_configuration.ssl_mode allow_unencrypted_and_encrypted
"""),
}

#: Listeners: TLS is used where each of those of a node that does more than redirect uses it.
LISTENERS = ("aws_lb_listener", "aws_alb_listener")
ENCRYPTED_PROTOCOLS = ("HTTPS", "TLS")

#: How long a node keeps what it holds: the setting, and the hours of one of its units.
RETENTION: tuple[tuple[str, str, float], ...] = (
    ("aws_cloudtrail_event_data_store", "retention_period", 24),
    ("aws_cloudwatch_log_group", "retention_in_days", 24),
    ("aws_kinesis_stream", "retention_period", 1),
    ("aws_sqs_queue", "message_retention_seconds", 1 / 3600),
    ("azurerm_application_insights", "retention_in_days", 24),
    ("azurerm_eventhub", "message_retention", 24),
    ("azurerm_log_analytics_workspace", "retention_in_days", 24),
    ("datadog_logs_index", "retention_days", 24),
    ("google_bigquery_dataset", "default_table_expiration_ms", 1 / 3_600_000),
    ("google_logging_project_bucket_config", "retention_days", 24),
    ("google_pubsub_topic", "message_retention_duration", 1 / 3600),
    ("influxdb-v2_bucket", "retention_rules.every_seconds", 1 / 3600),
    ("mongodbatlas_online_archive", "data_expiration_rule.expire_after_days", 24),
)
#: Of these, a value of 0 means that nothing ends.
ENDLESS_AT_ZERO = ("aws_cloudwatch_log_group",)

#: What anyone may send to, or read from.
OPEN_IN = _settings("""
aws_alb internal false
aws_api_gateway_rest_api endpoint_configuration.types edge|regional
aws_apigatewayv2_api protocol_type http|websocket
aws_appsync_graphql_api visibility global
aws_cloudfront_distribution enabled true
aws_db_instance publicly_accessible true
aws_dms_replication_instance publicly_accessible true
aws_elb internal false
aws_globalaccelerator_accelerator enabled true
aws_lambda_function_url authorization_type none function_name
aws_lb internal false
aws_mq_broker publicly_accessible true
aws_rds_cluster_instance publicly_accessible true cluster_identifier
aws_redshift_cluster publicly_accessible true
aws_redshiftserverless_workgroup publicly_accessible true
azurerm_container_group ip_address_type public
azurerm_mssql_managed_instance public_data_endpoint_enabled true
google_cloudfunctions_function_iam_member member allusers|allauthenticatedusers cloud_function
google_cloud_run_service_iam_member member allusers|allauthenticatedusers service
google_cloud_run_v2_service_iam_member member allusers|allauthenticatedusers name
google_compute_global_forwarding_rule load_balancing_scheme external|external_managed
google_cloud_run_v2_service invoker_iam_disabled true
google_sql_database_instance settings.ip_configuration.authorized_networks.value 0.0.0.0/0
aws_apprunner_service network_configuration.ingress_configuration.is_publicly_accessible true
aws_transfer_server endpoint_type public
azurerm_container_app ingress.external_enabled true
google_cloud_run_service_iam_binding members allusers|allauthenticatedusers service
google_cloud_run_v2_service_iam_binding members allusers|allauthenticatedusers name
google_cloudfunctions2_function_iam_member member allusers|allauthenticatedusers cloud_function
google_cloudfunctions_function_iam_binding members allusers|allauthenticatedusers cloud_function
""")
OPEN_OUT = _settings("""
aws_s3_bucket acl public-read|public-read-write|authenticated-read
aws_s3_bucket_acl acl public-read|public-read-write|authenticated-read bucket
aws_s3_bucket_object acl public-read|public-read-write|authenticated-read bucket
aws_s3_object acl public-read|public-read-write|authenticated-read bucket
azurerm_container_registry anonymous_pull_enabled true
azurerm_storage_account static_website.index_document set
azurerm_storage_account_static_website index_document set storage_account_id
google_storage_bucket_acl predefined_acl publicread|publicreadwrite|authenticatedread bucket
google_storage_default_object_acl predefined_acl publicread|authenticatedread bucket
google_storage_object_acl predefined_acl publicread|authenticatedread bucket
azurerm_storage_container container_access_type blob|container storage_account_name
azurerm_storage_container container_access_type blob|container storage_account_id
google_storage_bucket_access_control entity allusers bucket
google_storage_bucket_iam_binding members allusers|allauthenticatedusers bucket
google_storage_bucket_iam_member member allusers|allauthenticatedusers bucket
google_storage_default_object_acl role_entity reader:allusers bucket
google_bigquery_dataset access.special_group allauthenticatedusers
google_bigquery_dataset_access iam_member allusers dataset_id
google_bigquery_dataset_access special_group allauthenticatedusers dataset_id
google_bigquery_dataset_iam_binding members allusers|allauthenticatedusers dataset_id
google_bigquery_dataset_iam_member member allusers|allauthenticatedusers dataset_id
""")
#: What is sent to somebody whose address stays in the plan.
SENT = _settings("""
aws_sns_topic_subscription protocol email|email-json|sms topic_arn
""")
#: Rules of a firewall of a store itself: first and last address, and whose they are.
ADDRESS_RANGES = (
    ("azurerm_mssql_firewall_rule", "server_id"),
    ("azurerm_mysql_firewall_rule", "server_name"),
    ("azurerm_mysql_flexible_server_firewall_rule", "server_name"),
    ("azurerm_postgresql_firewall_rule", "server_name"),
    ("azurerm_postgresql_flexible_server_firewall_rule", "server_id"),
    ("azurerm_sql_firewall_rule", "server_name"),
)

#: Settings that name regions to which a node is copied.
REPLICAS = (
    ("aws_dynamodb_table", "replica.region_name"),
    ("aws_efs_replication_configuration", "destination.region"),
    ("aws_redshift_cluster", "snapshot_copy.destination_region"),
    ("aws_redshift_snapshot_copy", "destination_region"),
    ("aws_secretsmanager_secret", "replica.region"),
    ("azurerm_container_registry", "georeplications.location"),
    ("azurerm_cosmosdb_account", "geo_location.location"),
    ("google_secret_manager_secret", "replication.user_managed.replicas.location"),
    ("azurerm_api_management", "additional_location.location"),
    (
        "google_datastream_stream",
        "destination_config.bigquery_destination_config.source_hierarchy_datasets.dataset_template.location",
    ),
    ("google_sql_database_instance", "settings.backup_configuration.location"),
    ("mongodbatlas_cloud_backup_schedule", "copy_settings.region_name"),
)
#: Settings that say that a node is copied to another region, which they do not name.
ELSEWHERE = _settings("""
azurerm_storage_account account_replication_type grs|ragrs|gzrs|ragzrs
azurerm_mysql_server geo_redundant_backup_enabled true
azurerm_postgresql_server geo_redundant_backup_enabled true
azurerm_mysql_flexible_server geo_redundant_backup_enabled true
azurerm_postgresql_flexible_server geo_redundant_backup_enabled true
azurerm_mariadb_server geo_redundant_backup_enabled true
azurerm_cosmosdb_account backup.storage_redundancy geo
azurerm_data_protection_backup_vault redundancy georedundant
azurerm_mssql_database storage_account_type geo|geozone
azurerm_mssql_managed_instance storage_account_type grs|gzrs
azurerm_recovery_services_vault storage_mode_type georedundant
""")

#: Tags and labels, of which one may name an environment.
TAGS = ("tags_all", "tags", "effective_labels", "labels", "user_labels")
