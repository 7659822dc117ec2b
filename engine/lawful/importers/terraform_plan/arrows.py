"""Arrows: which settings of which types of resource say that data flow, from where to where.

As of November 2026, by the documentation of the providers `aws` (6), `azurerm` (4), `google` (7) and
the older names that plans still have. A reference is no flow by itself, and often points the other
way: each line says which end is which. `.` is the resource that has the setting. A `*` after a
setting says that it has much else in it (an environment, a script, a definition): only references
to what keeps or handles data count there, and values only where they name such a thing in full.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Arrow:
    """The settings of a type that name the ends of a flow; `loose` ones have much else in them."""

    type: str
    source: str
    target: str
    loose: bool = False


def _arrows(text: str) -> tuple[Arrow, ...]:
    found = []
    for line in text.strip().splitlines():
        type, source, _, target = line.split()
        ends = source.removesuffix("*"), target.removesuffix("*")
        found.append(Arrow(type, *ends, loose="*" in source + target))
    return tuple(found)


ARROWS = _arrows("""
aws_alb_listener load_balancer_arn -> default_action.target_group_arn
aws_alb_listener_rule listener_arn -> action.target_group_arn
aws_alb_target_group_attachment target_group_arn -> target_id
aws_api_gateway_authorizer rest_api_id -> authorizer_uri
aws_api_gateway_authorizer rest_api_id -> provider_arns
aws_api_gateway_integration rest_api_id -> uri
aws_api_gateway_stage rest_api_id -> access_log_settings.destination_arn
aws_apigatewayv2_api . -> target
aws_apigatewayv2_authorizer api_id -> authorizer_uri
aws_apigatewayv2_integration api_id -> integration_uri
aws_apigatewayv2_stage api_id -> access_log_settings.destination_arn
aws_appflow_flow source_flow_config.source_connector_properties.s3.bucket_name -> .
aws_appflow_flow . -> destination_flow_config.destination_connector_properties.s3.bucket_name
aws_apprunner_service . -> source_configuration.image_repository.image_configuration.runtime_environment_variables*
aws_appsync_datasource api_id -> dynamodb_config.table_name
aws_appsync_datasource api_id -> elasticsearch_config.endpoint
aws_appsync_datasource api_id -> event_bridge_config.event_bus_arn
aws_appsync_datasource api_id -> http_config.endpoint
aws_appsync_datasource api_id -> lambda_config.function_arn
aws_appsync_datasource api_id -> opensearchservice_config.endpoint
aws_appsync_datasource api_id -> relational_database_config.http_endpoint_config.db_cluster_identifier
aws_appsync_graphql_api . -> lambda_authorizer_config.authorizer_uri
aws_appsync_graphql_api . -> user_pool_config.user_pool_id
aws_athena_workgroup . -> configuration.result_configuration.output_location
aws_autoscaling_attachment lb_target_group_arn -> autoscaling_group_name
aws_autoscaling_attachment alb_target_group_arn -> autoscaling_group_name
aws_autoscaling_attachment elb -> autoscaling_group_name
aws_autoscaling_group target_group_arns -> .
aws_autoscaling_group load_balancers -> .
aws_autoscaling_traffic_source_attachment traffic_source.identifier -> autoscaling_group_name
aws_backup_plan rule.target_vault_name -> rule.copy_action.destination_vault_arn
aws_backup_plan . -> rule.target_vault_name
aws_backup_selection resources -> plan_id
aws_batch_job_definition . -> container_properties*
aws_cloudfront_distribution . -> default_cache_behavior.function_association.function_arn
aws_cloudfront_distribution . -> default_cache_behavior.lambda_function_association.lambda_arn
aws_cloudfront_distribution . -> logging_config.bucket
aws_cloudfront_distribution . -> ordered_cache_behavior.lambda_function_association.lambda_arn
aws_cloudfront_realtime_log_config . -> endpoint.kinesis_stream_config.stream_arn
aws_cloudtrail . -> cloud_watch_logs_group_arn
aws_cloudtrail . -> s3_bucket_name
aws_cloudtrail . -> sns_topic_name
aws_cloudwatch_event_rule event_bus_name -> .
aws_cloudwatch_event_target rule -> arn
aws_cloudwatch_event_target rule -> dead_letter_config.arn
aws_cloudwatch_event_target rule -> ecs_target.task_definition_arn
aws_cloudwatch_log_destination . -> target_arn
aws_cloudwatch_log_subscription_filter log_group_name -> destination_arn
aws_cloudwatch_metric_stream . -> firehose_arn
aws_codebuild_project . -> environment.environment_variable*
aws_codebuild_project . -> logs_config.s3_logs.location
aws_cognito_user_pool . -> lambda_config.create_auth_challenge
aws_cognito_user_pool . -> lambda_config.custom_email_sender.lambda_arn
aws_cognito_user_pool . -> lambda_config.custom_message
aws_cognito_user_pool . -> lambda_config.custom_sms_sender.lambda_arn
aws_cognito_user_pool . -> lambda_config.define_auth_challenge
aws_cognito_user_pool . -> lambda_config.post_authentication
aws_cognito_user_pool . -> lambda_config.post_confirmation
aws_cognito_user_pool . -> lambda_config.pre_authentication
aws_cognito_user_pool . -> lambda_config.pre_sign_up
aws_cognito_user_pool . -> lambda_config.pre_token_generation
aws_cognito_user_pool . -> lambda_config.user_migration
aws_cognito_user_pool . -> lambda_config.verify_auth_challenge_response
aws_config_delivery_channel . -> s3_bucket_name
aws_config_delivery_channel . -> sns_topic_arn
aws_datasync_task source_location_arn -> destination_location_arn
aws_db_cluster_snapshot db_cluster_identifier -> .
aws_db_instance replicate_source_db -> .
aws_db_instance snapshot_identifier -> .
aws_db_instance_automated_backups_replication source_db_instance_arn -> .
aws_db_snapshot db_instance_identifier -> .
aws_db_snapshot_copy source_db_snapshot_identifier -> .
aws_dms_replication_task . -> target_endpoint_arn
aws_dms_replication_task source_endpoint_arn -> .
aws_dms_endpoint . -> s3_settings.bucket_name
aws_docdb_cluster snapshot_identifier -> .
aws_docdb_cluster_snapshot db_cluster_identifier -> .
aws_dynamodb_kinesis_streaming_destination table_name -> stream_arn
aws_dynamodb_table_export table_arn -> s3_bucket
aws_dynamodb_table_replica global_table_arn -> .
aws_ebs_snapshot volume_id -> .
aws_ebs_snapshot_copy source_snapshot_id -> .
aws_ebs_volume snapshot_id -> .
aws_ecs_service load_balancer.elb_name -> .
aws_ecs_service load_balancer.target_group_arn -> .
aws_ecs_task_definition . -> container_definitions*
aws_ecs_task_definition . -> volume.efs_volume_configuration.file_system_id
aws_efs_replication_configuration source_file_system_id -> .
aws_elasticache_replication_group . -> log_delivery_configuration.destination
aws_elasticsearch_domain . -> log_publishing_options.cloudwatch_log_group_arn
aws_elb . -> access_logs.bucket
aws_elb . -> instances
aws_elb_attachment elb -> instance
aws_emr_cluster . -> log_uri
aws_flow_log . -> log_destination
aws_flow_log . -> log_group_name
aws_glue_crawler dynamodb_target.path -> .
aws_glue_crawler s3_target.path -> .
aws_glue_job . -> default_arguments*
aws_guardduty_publishing_destination detector_id -> destination_arn
aws_instance . -> user_data*
aws_instance . -> user_data_base64*
aws_iot_topic_rule . -> cloudwatch_logs.log_group_name
aws_iot_topic_rule . -> dynamodb.table_name
aws_iot_topic_rule . -> dynamodbv2.put_item.table_name
aws_iot_topic_rule . -> elasticsearch.endpoint
aws_iot_topic_rule . -> firehose.delivery_stream_name
aws_iot_topic_rule . -> http.url
aws_iot_topic_rule . -> kinesis.stream_name
aws_iot_topic_rule . -> lambda.function_arn
aws_iot_topic_rule . -> s3.bucket_name
aws_iot_topic_rule . -> sns.target_arn
aws_iot_topic_rule . -> sqs.queue_url
aws_kinesis_analytics_application inputs.kinesis_firehose.resource_arn -> .
aws_kinesis_analytics_application inputs.kinesis_stream.resource_arn -> .
aws_kinesis_analytics_application . -> outputs.kinesis_firehose.resource_arn
aws_kinesis_analytics_application . -> outputs.kinesis_stream.resource_arn
aws_kinesis_analytics_application . -> outputs.lambda.resource_arn
aws_kinesis_firehose_delivery_stream kinesis_source_configuration.kinesis_stream_arn -> .
aws_kinesis_firehose_delivery_stream msk_source_configuration.msk_cluster_arn -> .
aws_kinesis_firehose_delivery_stream . -> elasticsearch_configuration.domain_arn
aws_kinesis_firehose_delivery_stream . -> elasticsearch_configuration.s3_configuration.bucket_arn
aws_kinesis_firehose_delivery_stream . -> extended_s3_configuration.bucket_arn
aws_kinesis_firehose_delivery_stream . -> extended_s3_configuration.cloudwatch_logging_options.log_group_name
aws_kinesis_firehose_delivery_stream . -> extended_s3_configuration.processing_configuration.processors.parameters.parameter_value
aws_kinesis_firehose_delivery_stream . -> extended_s3_configuration.s3_backup_configuration.bucket_arn
aws_kinesis_firehose_delivery_stream . -> http_endpoint_configuration.s3_configuration.bucket_arn
aws_kinesis_firehose_delivery_stream . -> http_endpoint_configuration.url
aws_kinesis_firehose_delivery_stream . -> opensearch_configuration.domain_arn
aws_kinesis_firehose_delivery_stream . -> opensearch_configuration.s3_configuration.bucket_arn
aws_kinesis_firehose_delivery_stream . -> redshift_configuration.cluster_jdbcurl
aws_kinesis_firehose_delivery_stream . -> redshift_configuration.s3_configuration.bucket_arn
aws_kinesis_firehose_delivery_stream . -> s3_configuration.bucket_arn
aws_kinesis_firehose_delivery_stream . -> snowflake_configuration.account_url
aws_kinesis_firehose_delivery_stream . -> splunk_configuration.hec_endpoint
aws_kinesis_firehose_delivery_stream . -> splunk_configuration.s3_configuration.bucket_arn
aws_kinesisanalyticsv2_application application_configuration.sql_application_configuration.input.kinesis_streams_input.resource_arn -> .
aws_kinesisanalyticsv2_application . -> application_configuration.environment_properties*
aws_lambda_event_source_mapping event_source_arn -> function_name
aws_lambda_event_source_mapping self_managed_event_source.endpoints -> function_name
aws_lambda_function . -> dead_letter_config.target_arn
aws_lambda_function . -> environment.variables*
aws_lambda_function . -> file_system_config.arn
aws_lambda_function . -> logging_config.log_group
aws_lambda_function_event_invoke_config function_name -> destination_config.on_failure.destination
aws_lambda_function_event_invoke_config function_name -> destination_config.on_success.destination
aws_launch_configuration . -> user_data*
aws_launch_template . -> user_data*
aws_lb . -> access_logs.bucket
aws_lb . -> connection_logs.bucket
aws_alb . -> access_logs.bucket
aws_lb_listener load_balancer_arn -> default_action.forward.target_group.arn
aws_lb_listener load_balancer_arn -> default_action.authenticate_cognito.user_pool_arn
aws_lb_listener load_balancer_arn -> default_action.target_group_arn
aws_lb_listener_rule listener_arn -> action.forward.target_group.arn
aws_lb_listener_rule listener_arn -> action.target_group_arn
aws_lb_target_group_attachment target_group_arn -> target_id
aws_msk_cluster . -> logging_info.broker_logs.cloudwatch_logs.log_group
aws_msk_cluster . -> logging_info.broker_logs.firehose.delivery_stream
aws_msk_cluster . -> logging_info.broker_logs.s3.bucket
aws_msk_replicator kafka_cluster.amazon_msk_cluster.msk_cluster_arn -> .
aws_mwaa_environment source_bucket_arn -> .
aws_neptune_cluster replication_source_identifier -> .
aws_neptune_cluster snapshot_identifier -> .
aws_neptune_cluster_snapshot db_cluster_identifier -> .
aws_opensearch_domain . -> log_publishing_options.cloudwatch_log_group_arn
aws_pipes_pipe source -> .
aws_pipes_pipe . -> enrichment
aws_pipes_pipe . -> target
aws_rds_cluster replication_source_identifier -> .
aws_rds_cluster restore_to_point_in_time.source_cluster_identifier -> .
aws_rds_cluster snapshot_identifier -> .
aws_rds_cluster_snapshot_copy source_db_cluster_snapshot_identifier -> .
aws_rds_global_cluster source_db_cluster_identifier -> .
aws_rds_export_task source_arn -> s3_bucket_name
aws_redshift_cluster . -> logging.bucket_name
aws_redshift_logging cluster_identifier -> bucket_name
aws_route53_query_log . -> cloudwatch_log_group_arn
aws_route53_resolver_query_log_config . -> destination_arn
aws_s3_bucket . -> logging.target_bucket
aws_s3_bucket . -> replication_configuration.rules.destination.bucket
aws_s3_bucket_inventory bucket -> destination.bucket.bucket_arn
aws_s3_bucket_analytics_configuration bucket -> storage_class_analysis.data_export.destination.s3_bucket_destination.bucket_arn
aws_s3_bucket_logging bucket -> target_bucket
aws_s3_bucket_notification bucket -> lambda_function.lambda_function_arn
aws_s3_bucket_notification bucket -> queue.queue_arn
aws_s3_bucket_notification bucket -> topic.topic_arn
aws_s3_bucket_replication_configuration bucket -> rule.destination.bucket
aws_scheduler_schedule . -> target.arn
aws_scheduler_schedule . -> target.dead_letter_config.arn
aws_ses_event_destination configuration_set_name -> kinesis_destination.stream_arn
aws_ses_event_destination configuration_set_name -> sns_destination.topic_arn
aws_ses_receipt_rule . -> lambda_action.function_arn
aws_ses_receipt_rule . -> s3_action.bucket_name
aws_ses_receipt_rule . -> sns_action.topic_arn
aws_sesv2_configuration_set_event_destination configuration_set_name -> event_destination.kinesis_firehose_destination.delivery_stream_arn
aws_sesv2_configuration_set_event_destination configuration_set_name -> event_destination.sns_destination.topic_arn
aws_sfn_state_machine . -> definition*
aws_sfn_state_machine . -> logging_configuration.log_destination
aws_sns_topic_subscription topic_arn -> endpoint
aws_sns_topic_subscription topic_arn -> redrive_policy
aws_sqs_queue . -> redrive_policy
aws_sqs_queue_redrive_policy queue_url -> redrive_policy
aws_synthetics_canary . -> artifact_s3_location
aws_volume_attachment instance_id -> volume_id
aws_wafv2_web_acl_logging_configuration resource_arn -> log_destination_configs
azurerm_api_management_api api_management_name -> service_url
azurerm_api_management_backend api_management_name -> url
azurerm_app_service . -> app_settings*
azurerm_app_service . -> connection_string*
azurerm_application_gateway . -> backend_address_pool.fqdns
azurerm_application_insights . -> workspace_id
azurerm_backup_protected_file_share source_storage_account_id -> recovery_vault_name
azurerm_backup_protected_vm source_vm_id -> recovery_vault_name
azurerm_cdn_endpoint . -> origin.host_name
azurerm_cdn_frontdoor_origin cdn_frontdoor_origin_group_id -> host_name
azurerm_container_app . -> template.container.env*
azurerm_container_group . -> container.environment_variables*
azurerm_container_group . -> diagnostics.log_analytics.workspace_id
azurerm_data_protection_backup_instance_blob_storage storage_account_id -> vault_id
azurerm_data_protection_backup_instance_disk disk_id -> vault_id
azurerm_data_protection_backup_instance_postgresql database_id -> vault_id
azurerm_data_protection_backup_instance_postgresql_flexible_server server_id -> vault_id
azurerm_eventgrid_event_subscription scope -> azure_function_endpoint.function_id
azurerm_eventgrid_event_subscription scope -> eventhub_endpoint_id
azurerm_eventgrid_event_subscription scope -> hybrid_connection_endpoint_id
azurerm_eventgrid_event_subscription scope -> service_bus_queue_endpoint_id
azurerm_eventgrid_event_subscription scope -> service_bus_topic_endpoint_id
azurerm_eventgrid_event_subscription scope -> storage_queue_endpoint.storage_account_id
azurerm_eventgrid_event_subscription scope -> webhook_endpoint.url
azurerm_eventgrid_system_topic source_arm_resource_id -> .
azurerm_eventgrid_system_topic source_resource_id -> .
azurerm_eventgrid_system_topic_event_subscription system_topic -> azure_function_endpoint.function_id
azurerm_eventgrid_system_topic_event_subscription system_topic -> eventhub_endpoint_id
azurerm_eventgrid_system_topic_event_subscription system_topic -> service_bus_queue_endpoint_id
azurerm_eventgrid_system_topic_event_subscription system_topic -> storage_queue_endpoint.storage_account_id
azurerm_eventgrid_system_topic_event_subscription system_topic -> webhook_endpoint.url
azurerm_eventhub . -> capture_description.destination.storage_account_id
azurerm_frontdoor . -> backend_pool.backend.address
azurerm_function_app . -> app_settings*
azurerm_function_app . -> storage_account_name
azurerm_iothub . -> endpoint.connection_string
azurerm_iothub_endpoint_eventhub iothub_id -> connection_string
azurerm_iothub_endpoint_storage_container iothub_id -> connection_string
azurerm_kubernetes_cluster . -> oms_agent.log_analytics_workspace_id
azurerm_linux_function_app . -> app_settings*
azurerm_linux_function_app . -> storage_account_name
azurerm_linux_virtual_machine . -> boot_diagnostics.storage_account_uri
azurerm_linux_virtual_machine . -> custom_data*
azurerm_linux_web_app . -> app_settings*
azurerm_linux_web_app . -> connection_string*
azurerm_log_analytics_data_export_rule workspace_resource_id -> destination_resource_id
azurerm_log_analytics_linked_storage_account workspace_resource_id -> storage_account_ids
azurerm_managed_disk source_resource_id -> .
azurerm_monitor_diagnostic_setting target_resource_id -> eventhub_authorization_rule_id
azurerm_monitor_diagnostic_setting target_resource_id -> log_analytics_workspace_id
azurerm_monitor_diagnostic_setting target_resource_id -> storage_account_id
azurerm_mssql_database creation_source_database_id -> .
azurerm_mssql_database_extended_auditing_policy database_id -> storage_endpoint
azurerm_mssql_failover_group server_id -> partner_server.id
azurerm_mssql_server_extended_auditing_policy server_id -> storage_endpoint
azurerm_mysql_flexible_server source_server_id -> .
azurerm_mysql_server creation_source_server_id -> .
azurerm_network_watcher_flow_log . -> storage_account_id
azurerm_network_watcher_flow_log . -> traffic_analytics.workspace_resource_id
azurerm_postgresql_flexible_server source_server_id -> .
azurerm_postgresql_server creation_source_server_id -> .
azurerm_redis_linked_server target_redis_cache_name -> linked_redis_cache_id
azurerm_servicebus_queue . -> forward_to
azurerm_servicebus_subscription topic_id -> forward_to
azurerm_site_recovery_replicated_vm source_vm_id -> recovery_vault_name
azurerm_snapshot source_resource_id -> .
azurerm_snapshot source_uri -> .
azurerm_sql_failover_group server_name -> partner_servers.id
azurerm_storage_object_replication source_storage_account_id -> destination_storage_account_id
azurerm_stream_analytics_output_blob stream_analytics_job_name -> storage_account_name
azurerm_stream_analytics_output_eventhub stream_analytics_job_name -> eventhub_name
azurerm_stream_analytics_output_mssql stream_analytics_job_name -> server
azurerm_stream_analytics_output_servicebus_queue stream_analytics_job_name -> queue_name
azurerm_stream_analytics_stream_input_blob storage_account_name -> stream_analytics_job_name
azurerm_stream_analytics_stream_input_eventhub eventhub_name -> stream_analytics_job_name
azurerm_stream_analytics_stream_input_iothub iothub_namespace -> stream_analytics_job_name
azurerm_virtual_machine . -> boot_diagnostics.storage_uri
azurerm_virtual_machine_data_disk_attachment virtual_machine_id -> managed_disk_id
azurerm_windows_function_app . -> app_settings*
azurerm_windows_function_app . -> storage_account_name
azurerm_windows_web_app . -> app_settings*
azurerm_windows_web_app . -> connection_string*
azurerm_data_factory_linked_service_azure_blob_storage data_factory_id -> connection_string
azurerm_data_factory_linked_service_azure_sql_database data_factory_id -> connection_string
cloudflare_dns_record . -> content
cloudflare_logpush_job . -> destination_conf
cloudflare_record . -> content
cloudflare_record . -> value
google_bigquery_data_transfer_config . -> destination_dataset_id
google_cloud_run_service . -> template.spec.containers.env*
google_cloud_run_v2_job . -> template.template.containers.env*
google_cloud_run_v2_service . -> template.containers.env*
google_cloud_run_v2_service . -> template.volumes.cloud_sql_instance.instances
google_cloud_run_v2_service . -> template.volumes.gcs.bucket
google_cloud_scheduler_job . -> http_target.uri
google_cloud_scheduler_job . -> pubsub_target.topic_name
google_cloudfunctions2_function event_trigger.event_filters.value -> .
google_cloudfunctions2_function event_trigger.pubsub_topic -> .
google_cloudfunctions2_function . -> service_config.environment_variables*
google_cloudfunctions_function event_trigger.resource -> .
google_cloudfunctions_function . -> environment_variables*
google_compute_attached_disk instance -> disk
google_compute_backend_service . -> backend.group
google_compute_disk snapshot -> .
google_compute_disk source_disk -> .
google_compute_forwarding_rule . -> backend_service
google_compute_forwarding_rule . -> target
google_compute_global_forwarding_rule . -> target
google_compute_image source_disk -> .
google_compute_instance . -> attached_disk.source
google_compute_instance . -> metadata*
google_compute_instance . -> metadata_startup_script*
google_compute_region_backend_service . -> backend.group
google_compute_region_target_http_proxy . -> url_map
google_compute_region_target_https_proxy . -> url_map
google_compute_region_url_map . -> default_service
google_compute_snapshot source_disk -> .
google_compute_target_http_proxy . -> url_map
google_compute_target_https_proxy . -> url_map
google_compute_target_pool . -> instances
google_compute_url_map . -> default_service
google_compute_url_map . -> path_matcher.default_service
google_compute_url_map . -> path_matcher.path_rule.service
google_dataflow_flex_template_job . -> parameters*
google_dataflow_job . -> parameters*
google_dataproc_cluster . -> cluster_config.staging_bucket
google_datastream_stream source_config.source_connection_profile -> .
google_eventarc_trigger transport.pubsub.topic -> .
google_eventarc_trigger . -> destination.cloud_run_service.service
google_eventarc_trigger . -> destination.workflow
google_filestore_backup source_instance -> .
google_logging_billing_account_sink . -> destination
google_logging_folder_sink . -> destination
google_logging_organization_sink . -> destination
google_logging_project_sink . -> destination
google_pubsub_subscription topic -> bigquery_config.table
google_pubsub_subscription topic -> cloud_storage_config.bucket
google_pubsub_subscription topic -> dead_letter_policy.dead_letter_topic
google_pubsub_subscription topic -> push_config.push_endpoint
google_sql_database_instance master_instance_name -> .
google_sql_database_instance clone.source_instance_name -> .
google_storage_bucket . -> logging.log_bucket
google_storage_notification bucket -> topic
google_storage_transfer_job transfer_spec.aws_s3_data_source.bucket_name -> .
google_storage_transfer_job transfer_spec.azure_blob_storage_data_source.storage_account -> .
google_storage_transfer_job transfer_spec.gcs_data_source.bucket_name -> .
google_storage_transfer_job . -> transfer_spec.gcs_data_sink.bucket_name
google_workflows_workflow . -> source_contents*
""")

#: Origins of content: what a store has, it gives; what serves requests, gets them.
ORIGINS = (
    ("aws_cloudfront_distribution", "origin.domain_name"),
    ("google_compute_url_map", "default_service"),
)

#: Which setting says of which group of a network a node is a member.
MEMBERS = tuple(
    (type, path)
    for line in """
aws_alb security_groups
aws_autoscaling_group security_groups
aws_db_instance vpc_security_group_ids
aws_docdb_cluster vpc_security_group_ids
aws_ecs_service network_configuration.security_groups
aws_efs_mount_target security_groups
aws_elasticache_cluster security_group_ids
aws_elasticache_replication_group security_group_ids
aws_elasticsearch_domain vpc_options.security_group_ids
aws_elb security_groups
aws_instance vpc_security_group_ids security_groups
aws_lambda_function vpc_config.security_group_ids
aws_launch_configuration security_groups
aws_launch_template vpc_security_group_ids network_interfaces.security_groups
aws_lb security_groups
aws_mq_broker security_groups
aws_msk_cluster broker_node_group_info.security_groups
aws_neptune_cluster vpc_security_group_ids
aws_opensearch_domain vpc_options.security_group_ids
aws_rds_cluster vpc_security_group_ids
aws_redshift_cluster vpc_security_group_ids
aws_synthetics_canary vpc_config.security_group_ids
""".strip().splitlines()
    for type, *paths in [line.split()]
    for path in paths
)
