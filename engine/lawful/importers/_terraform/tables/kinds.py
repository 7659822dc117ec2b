"""Kinds: what each type of resource is: a node, a part of another one, what runs it, or plumbing.

As of November 2026, by the documentation of the providers `aws` (6), `azurerm` (4), `google` (7) and
the older names that plans still have.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from lawful.importers._terraform.tables import kinds_of_others as others


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


def _pairs(text: str) -> tuple[tuple[str, str], ...]:
    """Lines of a type and paths: `type path path`, as one pair for each path."""
    rows = (line.split() for line in text.strip().splitlines())
    return tuple((type, path) for type, *paths in rows for path in paths)


#: What keeps data.
STORES = _words(others.STORES) | _words("""
aws_athena_workgroup aws_backup_vault aws_cloudwatch_log_group aws_codecommit_repository
aws_cognito_user_pool aws_cognito_identity_pool aws_dax_cluster aws_db_cluster_snapshot aws_db_instance
aws_db_instance_automated_backups_replication aws_db_snapshot aws_db_snapshot_copy aws_docdb_cluster
aws_docdb_cluster_snapshot aws_docdbelastic_cluster aws_dynamodb_table aws_dynamodb_table_replica
aws_dynamodb_table_export aws_ebs_snapshot aws_ebs_snapshot_copy aws_ebs_volume aws_ecr_repository
aws_efs_file_system aws_efs_replication_configuration aws_elasticache_cluster
aws_elasticache_replication_group aws_elasticache_serverless_cache aws_elasticsearch_domain
aws_fsx_lustre_file_system aws_fsx_ontap_file_system aws_fsx_openzfs_file_system
aws_fsx_windows_file_system aws_glacier_vault aws_keyspaces_table aws_kinesis_stream
aws_kinesis_video_stream aws_memorydb_cluster aws_mq_broker aws_msk_cluster aws_msk_serverless_cluster
aws_neptune_cluster aws_neptune_cluster_snapshot aws_opensearch_domain aws_opensearchserverless_collection
aws_qldb_ledger aws_rds_cluster aws_rds_cluster_snapshot_copy
aws_rds_global_cluster aws_redshift_cluster aws_redshiftserverless_namespace
aws_redshiftserverless_workgroup aws_s3_bucket aws_s3_directory_bucket aws_s3tables_table_bucket
aws_secretsmanager_secret aws_simpledb_domain aws_sqs_queue aws_ssm_parameter aws_storagegateway_gateway
aws_timestreamwrite_database aws_timestreamwrite_table aws_cloudtrail_event_data_store aws_securitylake_data_lake
azurerm_application_insights azurerm_backup_vault azurerm_container_registry azurerm_cosmosdb_account
azurerm_data_lake_store azurerm_data_protection_backup_vault azurerm_elastic_san azurerm_eventhub
azurerm_image azurerm_key_vault azurerm_kusto_cluster azurerm_log_analytics_workspace azurerm_managed_disk
azurerm_managed_redis azurerm_mariadb_server azurerm_mssql_database azurerm_mssql_managed_instance
azurerm_mssql_server azurerm_mysql_flexible_server azurerm_mysql_server azurerm_netapp_volume
azurerm_postgresql_flexible_server azurerm_postgresql_server azurerm_recovery_services_vault
azurerm_redis_cache azurerm_redis_enterprise_cluster azurerm_search_service azurerm_servicebus_queue
azurerm_servicebus_topic azurerm_snapshot azurerm_sql_database azurerm_sql_managed_instance
azurerm_sql_server azurerm_storage_account azurerm_synapse_sql_pool azurerm_synapse_workspace
google_alloydb_cluster google_alloydb_instance google_artifact_registry_repository
google_backup_dr_backup_vault google_bigquery_dataset google_bigtable_instance google_compute_disk
google_compute_image google_compute_region_disk google_compute_snapshot google_container_registry
google_datastore_database google_filestore_backup google_filestore_instance google_firestore_database
google_logging_project_bucket_config google_memcache_instance google_memorystore_instance
google_pubsub_lite_topic google_pubsub_topic google_redis_cluster google_redis_instance
google_secret_manager_regional_secret google_secret_manager_secret google_spanner_database
google_spanner_instance google_sql_database_instance google_storage_bucket
google_vertex_ai_featurestore google_managed_kafka_cluster
aws_ami_copy aws_ami_from_instance aws_backup_logically_air_gapped_vault aws_cloudwatch_event_archive
aws_docdb_global_cluster aws_elasticache_global_replication_group aws_elasticache_serverless_cache_snapshot
aws_fsx_backup aws_memorydb_snapshot aws_neptune_global_cluster aws_neptunegraph_graph
aws_redshift_cluster_snapshot aws_s3vectors_vector_bucket aws_sagemaker_feature_group
azurerm_cosmosdb_postgresql_cluster azurerm_healthcare_dicom_service azurerm_healthcare_fhir_service
azurerm_mongo_cluster azurerm_postgresql_cluster google_alloydb_backup
google_bigtable_backup google_discovery_engine_data_store google_gke_backup_backup_plan google_spanner_backup
azurerm_monitor_workspace aws_customerprofiles_domain aws_prometheus_workspace
""")

#: What handles data without keeping them.
SERVICES = (
    _words(others.SERVICES)
    | others.MANIFESTS.keys()
    | _words("""
aws_amplify_app aws_api_gateway_rest_api aws_apigatewayv2_api aws_appflow_flow aws_apprunner_service
aws_appsync_graphql_api aws_autoscaling_group aws_backup_plan aws_batch_job_definition
aws_cloudfront_distribution aws_cloudfront_multitenant_distribution aws_cloudtrail aws_cloudwatch_event_bus
aws_cloudwatch_event_rule aws_cloudwatch_metric_stream aws_codebuild_project aws_codepipeline
aws_config_configuration_recorder aws_config_delivery_channel aws_connect_instance aws_datasync_task
aws_dlm_lifecycle_policy aws_dms_endpoint aws_dms_replication_instance aws_ec2_client_vpn_endpoint
aws_ecs_service aws_ecs_task_definition aws_eks_cluster aws_elastic_beanstalk_environment aws_elb
aws_emr_cluster aws_emrserverless_application aws_flow_log aws_globalaccelerator_accelerator aws_glue_crawler
aws_glue_job aws_guardduty_detector aws_imagebuilder_image_pipeline aws_instance aws_iot_topic_rule
aws_kendra_index aws_kinesis_analytics_application aws_kinesis_firehose_delivery_stream
aws_kinesisanalyticsv2_application aws_lambda_function aws_launch_configuration aws_launch_template aws_lb
aws_alb aws_lex_bot aws_lightsail_instance aws_macie2_classification_export_configuration
aws_mskconnect_connector aws_mwaa_environment aws_pinpoint_app aws_pipes_pipe aws_quicksight_data_source
aws_route53_query_log aws_route53_resolver_query_log_config aws_sagemaker_endpoint aws_sagemaker_notebook_instance
aws_scheduler_schedule aws_ses_configuration_set aws_ses_receipt_rule aws_sesv2_configuration_set
aws_sfn_state_machine aws_sns_topic aws_spot_instance_request aws_synthetics_canary aws_transfer_server
aws_verifiedaccess_instance aws_wafv2_web_acl aws_workspaces_workspace
azurerm_api_management azurerm_app_service azurerm_app_service_slot azurerm_application_gateway
azurerm_automation_account azurerm_bastion_host azurerm_bot_channels_registration azurerm_cdn_endpoint
azurerm_cdn_frontdoor_profile azurerm_cdn_profile azurerm_cognitive_account azurerm_communication_service
azurerm_container_app azurerm_container_app_job azurerm_container_group azurerm_data_factory
azurerm_databricks_workspace azurerm_digital_twins_instance azurerm_eventgrid_domain
azurerm_eventgrid_system_topic azurerm_eventgrid_topic azurerm_firewall
azurerm_frontdoor azurerm_function_app azurerm_function_app_flex_consumption azurerm_function_app_slot
azurerm_hdinsight_hadoop_cluster azurerm_hdinsight_kafka_cluster azurerm_hdinsight_spark_cluster
azurerm_iothub azurerm_kubernetes_cluster azurerm_lb azurerm_linux_function_app azurerm_linux_virtual_machine
azurerm_linux_virtual_machine_scale_set azurerm_linux_web_app azurerm_logic_app_standard
azurerm_logic_app_workflow azurerm_machine_learning_workspace azurerm_network_watcher_flow_log
azurerm_notification_hub azurerm_orchestrated_virtual_machine_scale_set azurerm_purview_account
azurerm_signalr_service azurerm_spring_cloud_app azurerm_static_site azurerm_static_web_app
azurerm_stream_analytics_job azurerm_traffic_manager_profile azurerm_virtual_machine
azurerm_virtual_machine_scale_set azurerm_web_pubsub azurerm_windows_function_app
azurerm_windows_virtual_machine azurerm_windows_virtual_machine_scale_set azurerm_windows_web_app
google_api_gateway_api google_api_gateway_gateway google_app_engine_application
google_app_engine_flexible_app_version google_app_engine_standard_app_version
google_bigquery_data_transfer_config google_cloud_run_service google_cloud_run_v2_job
google_cloud_run_v2_service google_cloud_scheduler_job google_cloud_tasks_queue google_cloudbuild_trigger
google_cloudfunctions2_function google_cloudfunctions_function google_composer_environment
google_compute_forwarding_rule google_compute_global_forwarding_rule google_compute_instance
google_compute_instance_group google_compute_instance_group_manager google_compute_instance_template
google_compute_region_instance_group_manager google_compute_region_instance_template
google_container_cluster google_data_fusion_instance google_database_migration_service_migration_job
google_dataflow_flex_template_job google_dataflow_job google_dataproc_cluster google_datastream_stream
google_dialogflow_cx_agent google_eventarc_trigger google_healthcare_dataset google_logging_billing_account_sink
google_logging_folder_sink google_logging_organization_sink google_logging_project_sink
google_notebooks_instance google_storage_transfer_job google_vertex_ai_endpoint google_workbench_instance
google_workflows_workflow
aws_bedrock_model_invocation_logging_configuration aws_bedrockagent_agent aws_bedrockagent_knowledge_base
aws_chime_voice_connector aws_db_proxy aws_dms_replication_config aws_dms_s3_endpoint aws_emr_studio
aws_evidently_project aws_medialive_channel aws_networkfirewall_firewall aws_osis_pipeline aws_rum_app_monitor
aws_transfer_connector aws_vpclattice_service azurerm_ai_foundry azurerm_bot_service_azure_bot
azurerm_healthcare_medtech_service azurerm_linux_function_app_slot azurerm_linux_web_app_slot
azurerm_monitor_aad_diagnostic_setting azurerm_windows_function_app_slot
azurerm_windows_web_app_slot google_apigee_instance google_apigee_organization google_backup_dr_backup_plan
google_data_loss_prevention_job_trigger google_identity_platform_config
google_integration_connectors_connection
aws_elastic_beanstalk_configuration_template aws_ivs_recording_configuration aws_lightsail_container_service
aws_sagemaker_endpoint_configuration aws_sagemaker_model aws_ses_identity_notification_topic
aws_ssm_resource_data_sync google_cloud_run_v2_worker_pool helm_release
kubernetes_replication_controller_v1 kubernetes_cron_job kubernetes_cron_job_v1 kubernetes_daemon_set_v1
kubernetes_daemonset kubernetes_deployment
kubernetes_deployment_v1 kubernetes_job kubernetes_job_v1 kubernetes_pod kubernetes_pod_v1
kubernetes_replication_controller kubernetes_stateful_set kubernetes_stateful_set_v1
""")
)

#: Of a type of node, those that are one only where a setting is so.
ONLY_WHERE: dict[str, tuple[str, tuple[object, ...]]] = {
    **others.ONLY_WHERE,
    **dict.fromkeys(others.MANIFESTS, ("is_workload", (True,))),
}

#: Parts, and the settings that name what each is a part of: its flows are those of the whole.
PARTS = _pairs("""
aws_alb_listener load_balancer_arn
aws_alb_listener_rule listener_arn
aws_api_gateway_authorizer rest_api_id
aws_api_gateway_base_path_mapping api_id
aws_api_gateway_deployment rest_api_id
aws_api_gateway_integration rest_api_id
aws_api_gateway_method rest_api_id
aws_api_gateway_resource rest_api_id
aws_api_gateway_stage rest_api_id
aws_apigatewayv2_authorizer api_id
aws_apigatewayv2_integration api_id
aws_apigatewayv2_route api_id
aws_apigatewayv2_stage api_id
aws_appsync_datasource api_id
aws_bedrockagent_agent_action_group agent_id
aws_bedrockagent_data_source knowledge_base_id
aws_cloudwatch_log_stream log_group_name
aws_docdb_cluster_instance cluster_identifier
aws_dynamodb_kinesis_streaming_destination table_name
aws_ecs_capacity_provider auto_scaling_group_provider.auto_scaling_group_arn
aws_ecs_task_set service
aws_efs_access_point file_system_id
aws_eks_fargate_profile cluster_name
aws_eks_node_group cluster_name
aws_elasticache_replication_group_member replication_group_id
aws_globalaccelerator_listener accelerator_arn
aws_glue_catalog_table storage_descriptor.location
aws_kinesis_stream_consumer stream_arn
aws_lambda_alias function_name
aws_lightsail_container_service_deployment_version service_name
aws_pinpoint_event_stream application_id
aws_qldb_stream ledger_name
aws_ses_event_destination configuration_set_name
aws_transfer_agreement server_id
aws_transfer_user server_id
aws_lambda_function_url function_name
aws_lambda_provisioned_concurrency_config function_name
aws_lb_listener load_balancer_arn
aws_lb_listener_rule listener_arn
aws_neptune_cluster_instance cluster_identifier
aws_rds_cluster_endpoint cluster_identifier
aws_rds_cluster_instance cluster_identifier
aws_redshift_snapshot_copy cluster_identifier
aws_s3_access_point bucket
aws_s3_bucket_object bucket
aws_s3_object bucket
aws_secretsmanager_secret_version secret_id
aws_sqs_queue_redrive_policy queue_url
azurerm_api_management_api api_management_name
azurerm_api_management_backend api_management_name
azurerm_cdn_frontdoor_endpoint cdn_frontdoor_profile_id
azurerm_cdn_frontdoor_origin_group cdn_frontdoor_profile_id
azurerm_cosmosdb_cassandra_keyspace account_name
azurerm_cosmosdb_gremlin_database account_name
azurerm_cosmosdb_mongo_collection account_name
azurerm_cosmosdb_mongo_database account_name
azurerm_cosmosdb_sql_container account_name
azurerm_cosmosdb_sql_database account_name
azurerm_cosmosdb_table account_name
azurerm_eventhub_authorization_rule eventhub_name
azurerm_eventhub_consumer_group eventhub_name
azurerm_key_vault_key key_vault_id
azurerm_key_vault_secret key_vault_id
azurerm_kubernetes_cluster_node_pool kubernetes_cluster_id
azurerm_kusto_database cluster_name
azurerm_mysql_database server_name
azurerm_mysql_flexible_database server_name
azurerm_postgresql_database server_name
azurerm_postgresql_flexible_server_database server_id
azurerm_servicebus_queue_authorization_rule queue_id
azurerm_servicebus_subscription topic_id topic_name
azurerm_servicebus_topic_authorization_rule topic_id
azurerm_spring_cloud_build_deployment spring_cloud_app_id
azurerm_spring_cloud_container_deployment spring_cloud_app_id
azurerm_spring_cloud_java_deployment spring_cloud_app_id
azurerm_virtual_machine_extension virtual_machine_id
azurerm_virtual_machine_scale_set_extension virtual_machine_scale_set_id
azurerm_storage_blob storage_account_name
azurerm_storage_container storage_account_id storage_account_name
azurerm_storage_data_lake_gen2_filesystem storage_account_id
azurerm_storage_data_lake_gen2_path storage_account_id
azurerm_storage_queue storage_account_id storage_account_name
azurerm_storage_share storage_account_id storage_account_name
azurerm_storage_table storage_account_id storage_account_name
azurerm_synapse_spark_pool synapse_workspace_id
azurerm_web_pubsub_hub web_pubsub_id
google_bigquery_routine dataset_id
google_bigquery_table dataset_id
google_bigtable_table instance_name
google_container_node_pool cluster
google_healthcare_consent_store dataset
google_healthcare_dicom_store dataset
google_healthcare_fhir_store dataset
google_healthcare_hl7_v2_store dataset
google_pubsub_subscription topic
google_sql_database instance
google_storage_bucket_object bucket
google_vertex_ai_featurestore_entitytype featurestore
""") + _pairs(others.PARTS)

#: Templates: who runs each, by its setting; the flows of a template are those of who runs it.
RUNS = _pairs("""
aws_autoscaling_group launch_template.id
launch_template.name launch_configuration mixed_instances_policy.launch_template.launch_template_specification.launch_template_id
aws_ecs_service task_definition
aws_eks_node_group launch_template.id
aws_elastic_beanstalk_environment template_name
aws_instance launch_template.id launch_template.name
aws_spot_instance_request launch_template.id
google_compute_instance_group_manager version.instance_template
google_compute_region_instance_group_manager version.instance_template
""")  # noqa: E501
TEMPLATES = _words("""
aws_launch_template aws_launch_configuration aws_ecs_task_definition
aws_elastic_beanstalk_configuration_template google_compute_instance_template
google_compute_region_instance_template
""")

#: Groups of what gets the requests of a load balancer.
TARGET_GROUPS = _words("aws_alb_target_group aws_lb_target_group")
#: What only joins those that send to it with those that receive: flows go through it.
JOINTS = _words(others.JOINTS) | _words("""
aws_alb_target_group aws_dms_replication_task aws_lb_target_group aws_security_group azurerm_lb_backend_address_pool
google_compute_backend_bucket google_compute_backend_service google_compute_region_backend_service
google_compute_region_target_http_proxy google_compute_region_target_https_proxy google_compute_region_url_map
google_compute_target_http_proxy google_compute_target_https_proxy google_compute_target_pool
google_compute_target_ssl_proxy google_compute_target_tcp_proxy google_compute_url_map
aws_appflow_connector_profile aws_cloudfront_realtime_log_config aws_cloudwatch_event_api_destination
aws_cloudwatch_log_delivery_destination aws_cloudwatch_log_delivery_source aws_cloudwatch_log_destination
aws_datasync_location_azure_blob aws_datasync_location_efs aws_datasync_location_fsx_lustre_file_system
aws_datasync_location_fsx_openzfs_file_system aws_datasync_location_fsx_windows_file_system
aws_datasync_location_hdfs aws_datasync_location_nfs aws_datasync_location_object_storage aws_datasync_location_s3
aws_datasync_location_smb aws_glue_connection aws_vpclattice_target_group azurerm_monitor_data_collection_rule
google_compute_global_network_endpoint_group google_compute_region_network_endpoint_group
google_datastream_connection_profile
""")

#: Which setting names what a node lies in, for nodes that name no region themselves.
WITHIN = _pairs("""
aws_dms_endpoint replication_instance_arn
azurerm_api_management_api api_management_name
azurerm_cdn_endpoint profile_name
azurerm_eventhub namespace_name namespace_id
azurerm_mssql_database server_id
azurerm_servicebus_queue namespace_id namespace_name
azurerm_servicebus_topic namespace_id namespace_name
azurerm_sql_database server_name
azurerm_static_web_app resource_group_name
azurerm_synapse_sql_pool synapse_workspace_id
google_alloydb_instance cluster
google_spanner_database instance
google_spanner_instance config
""")

#: Nodes that are everywhere, whatever the region of their provider.
EVERYWHERE = re.compile(
    r"aws_(cloudfront|globalaccelerator|route53)_|azurerm_(cdn_|frontdoor|traffic_manager)"
    r"|google_compute_global_|google_logging_(billing|folder|organization|project)_\w*sink"
    r"|cloudflare_(?!d1_|queue|r2_|workers_kv)"
)

#: What begins as that does, and moves data, makes things that are not told, or gives rights that are not read.
MOVES = re.compile(
    r"aws_(cloudformation_stack|cloudformation_type|chatbot_|codepipeline_webhook|db_event_subscription"
    r"|dms_event_subscription|ecr_(replication|registry_policy)|glue_resource_policy|opensearch_outbound"
    r"|prometheus_scraper|redshift_resource_policy|api_gateway_rest_api_policy|vpc_endpoint_service)"
    r"|azapi_|azurerm_(\w+_template_deployment|resource_deployment_script|lighthouse_|monitor_action_group"
    r"|automation_(runbook|webhook)|logic_app_(action|trigger)|eventgrid_namespace)"
    r"|google_(bigquery_(analytics_hub|connection)|api_gateway_api_config|monitoring_notification_channel)"
    r"|github_\w*webhook|kubernetes_manifest|kubectl_|k8s_|kustomization_|vault_audit"
)
#: Nodes of Google that are not in the region of their provider, but where they say, or anywhere.
ANYWHERE = _words("""
google_bigquery_data_transfer_config google_bigquery_dataset google_cloudbuild_trigger
google_data_loss_prevention_job_trigger google_identity_platform_config google_pubsub_topic
google_secret_manager_secret google_storage_transfer_job
""")
#: Settings that name all regions in which what a node keeps may be.
KEPT_IN = {"google_pubsub_topic": "message_storage_policy.allowed_persistence_regions"}

#: The last word of settings that name a host, without a scheme.
BARE_HOSTS = _words("""
adb_domain address bootstrap_endpoint bootstrap_servers broker domain_name endpoints fqdn fqdns host host_name hostname
hosts origin_direct server server_hostname server_name smtp_host splunk_domain
""")
#: The last word of settings that name a bucket, which has no other name.
_BUCKETS = ("bucket", "bucket_name", "log_bucket", "s3_bucket", "s3_bucket_name", "target_bucket")
#: Settings beside it that say of which cloud it is, and how those of Google are called there.
_SAY_CLOUD = ("cloud_provider", "provider_name", "service", "type")
_GOOGLES = re.compile(r"gcp|gcs|google", re.IGNORECASE)
#: Providers that have buckets of their own.
_OWN_BUCKETS = re.compile(
    r"(alicloud|cloudflare|digitalocean|ibm|linode|oci|openstack|ovh|scaleway|upcloud|vultr)_"
)

#: What says who may do what, over which network, under which name, or when to warn; settings of nodes.
PLUMBING = re.compile(
    r"(random|null|time|tls|local|template|archive|external|terraform|http|cloudinit|null_data)_"
    r"|aws_(access|account|acm|acmpca|ami|api_gateway|apigatewayv2|appautoscaling|appmesh|autoscaling|availability"
    r"|backup|billing|budgets|caller|ce|chatbot|cloud9|cloudformation|cloudfront|cloudwatch|codeartifact"
    r"|codedeploy|codestar|cognito|config|controltower|cur|customer_gateway|customerprofiles|dax|db|default"
    r"|detective|devopsguru|directory|dms|docdb|dx|dynamodb|ebs_(default|encryption|snapshot_block)|ec2|ecr|ecs"
    r"|efs|egress|eip|eks|elasticache|elastic_beanstalk|elasticsearch|elb|emr|fis|fms|glue|grafana|guardduty|iam"
    r"|identitystore|inspector|inspector2|internet_gateway|iot|key_pair|kms|lakeformation|lambda|lb|alb|licensemanager"
    r"|load_balancer|macie2|main_route|memorydb|mq|msk|nat_gateway|neptune|network|opensearch|organizations"
    r"|partition|placement|prometheus|proxy_protocol|ram|rds|redshift|redshiftserverless|region|regions"
    r"|resourcegroups|rolesanywhere|route|route53|route53domains|route53recoveryreadiness|s3|s3control|sagemaker"
    r"|schemas|secretsmanager|security|securityhub|service|servicecatalog|servicequotas|ses|sesv2|shield|signer|sns"
    r"|sqs|ssm|ssoadmin|subnet|subnets|synthetics|transfer|vpc|vpn|volume_attachment|waf|wafregional|wafv2|xray)(_|$)"
    r"|azurerm_(advanced_threat|api_management|app_configuration|app_service|application_security|attestation"
    r"|automation|availability_set|backup|bastion|cdn|client_config|consumption|container_app|cosmosdb|custom"
    r"|data_factory|data_protection|dedicated|dns|eventgrid|eventhub|express_route|federated|firewall|frontdoor|iothub"
    r"|key_vault|kubernetes|lb|lighthouse|linux|local_network|log_analytics|logic_app|maintenance|management|mariadb"
    r"|marketplace|monitor|mssql|mysql|nat_gateway|network|pim|point_to_site|policy|portal|postgresql|private"
    r"|proximity|public_ip|redis|relay|resource|role|route|security|sentinel|service_plan|servicebus|site_recovery"
    r"|sql|ssh|storage|stream_analytics|subnet|subscription|synapse|traffic_manager|user_assigned|virtual_hub"
    r"|virtual_machine|virtual_network|virtual_wan|vpn|web_application|windows)(_|$)"
    r"|azuread_|azapi_"
    r"|google_(access_context|api_gateway|apikeys|artifact|assured|bigquery|bigtable|billing|binary|certificate"
    r"|cloud_identity|cloud_run|cloudfunctions|compute|container|data_catalog|dns|endpoints|essential|folder|gke|iam"
    r"|iap|identity|kms|logging|monitoring|netblock|network|org|organization|os_login|privateca|project|pubsub|secret"
    r"|service|sourcerepo|spanner|sql|storage|tags|vpc)(_|$)"
    r"|cloudflare_(record|dns_record)"
    rf"|github_|helm_|kubernetes_|kubectl_|tfe_|vault_|{others.PLUMBING}"
)


def kind_of(type: str) -> str:
    """The kind of node that a type of resource is; empty where it is none."""
    return "store" if type in STORES else "service" if type in SERVICES else ""


def cloud_of_bucket(type: str, path: str, values: Mapping[str, Any]) -> str:
    """In which cloud a bucket is that a setting has the name of; empty where the setting names none."""
    named = path.rpartition(".")[2] in _BUCKETS or path.endswith(".bucket.name")
    if not named or _OWN_BUCKETS.match(type):
        return ""
    said = (path, *(str(values.get(key)) for key in _SAY_CLOUD))
    google = type.startswith("google_") or any(map(_GOOGLES.search, said))
    return "google:storage" if google else "aws:s3"


def is_plumbing(type: str) -> bool:
    """Whether a type that is no node is known to move no data by itself."""
    return bool(PLUMBING.match(type)) and not MOVES.match(type)
