"""Kinds of others: what each type of resource is of providers beside the large clouds: see `kinds`.

As of November 2026, by the documentation of the providers.
"""

from __future__ import annotations

#: What keeps data.
STORES = """
aiven_cassandra aiven_clickhouse aiven_dragonfly aiven_kafka aiven_m3db aiven_mysql aiven_opensearch aiven_pg
aiven_redis aiven_thanos aiven_valkey alicloud_db_instance alicloud_disk alicloud_kvstore_instance
alicloud_log_project alicloud_mongodb_instance alicloud_oss_bucket alicloud_polardb_cluster astra_database
auth0_connection cloudflare_d1_database cloudflare_queue cloudflare_r2_bucket cloudflare_workers_kv_namespace
clickhouse_service cockroach_cluster confluent_kafka_cluster couchbase-capella_cluster databricks_catalog
databricks_metastore databricks_volume datadog_logs_index digitalocean_container_registry
digitalocean_database_cluster digitalocean_database_replica digitalocean_droplet_snapshot
digitalocean_spaces_bucket digitalocean_volume digitalocean_volume_snapshot ec_deployment ec_elasticsearch_project
ec_observability_project ec_security_project exoscale_database exoscale_dbaas fivetran_destination
grafana_cloud_stack hcloud_snapshot hcloud_storage_box hcloud_volume heroku_addon ibm_cos_bucket ibm_database
influxdb-v2_bucket linode_database_mysql linode_database_mysql_v2 linode_database_postgresql
linode_database_postgresql_v2 linode_object_storage_bucket linode_volume mongodbatlas_advanced_cluster
mongodbatlas_cloud_backup_snapshot mongodbatlas_cluster mongodbatlas_flex_cluster mongodbatlas_online_archive
mongodbatlas_serverless_instance neon_project oci_core_volume oci_database_autonomous_database
oci_database_db_system oci_file_storage_file_system oci_mysql_mysql_db_system oci_objectstorage_bucket
oci_psql_db_system oci_streaming_stream openstack_blockstorage_volume_v3 openstack_objectstorage_container_v1
ovh_cloud_project_database pinecone_index planetscale_database qdrant-cloud_accounts_cluster rediscloud_database
render_key_value render_postgres render_redis scaleway_block_volume scaleway_mnq_sqs_queue scaleway_mongodb_instance
scaleway_object_bucket scaleway_rdb_instance scaleway_redis_cluster snowflake_database snowflake_database_old
snowflake_external_volume snowflake_secondary_database snowflake_shared_database snowflake_standard_database
supabase_project timescale_service upcloud_managed_database_mysql upcloud_managed_database_opensearch
upcloud_managed_database_postgresql upcloud_managed_database_valkey upcloud_managed_object_storage upcloud_storage
upstash_kafka_cluster upstash_redis_database upstash_vector_index vultr_block_storage vultr_database
vultr_object_storage weaviate_cluster
"""

#: What handles data without keeping them.
SERVICES = """
aiven_flink aiven_grafana aiven_kafka_connect aiven_kafka_connector aiven_kafka_mirrormaker
alicloud_cs_managed_kubernetes alicloud_fc_function alicloud_instance auth0_email auth0_email_provider
auth0_event_stream auth0_log_stream auth0_phone_provider aiven_service_integration_endpoint
cloudflare_hyperdrive_config cloudflare_load_balancer cloudflare_logpush_job cloudflare_dns_record
cloudflare_notification_policy_webhooks cloudflare_pages_project cloudflare_record cloudflare_spectrum_application
cloudflare_worker_script cloudflare_workers_script cloudflare_zero_trust_tunnel_cloudflared confluent_connector
confluent_flink_compute_pool confluent_ksql_cluster confluent_schema_registry_cluster databricks_cluster
databricks_connection databricks_job databricks_model_serving databricks_mws_log_delivery databricks_mws_workspaces
databricks_pipeline databricks_recipient databricks_share databricks_sql_endpoint datadog_logs_archive
datadog_logs_custom_destination datadog_observability_pipeline datadog_webhook
digitalocean_app digitalocean_cdn digitalocean_droplet digitalocean_kubernetes_cluster digitalocean_loadbalancer
docker_container docker_service
elasticstack_elasticsearch_snapshot_repository elasticstack_fleet_output elasticstack_kibana_action_connector
equinix_metal_device exoscale_compute_instance fastly_service_compute fastly_service_vcl fivetran_connector
fly_app fly_machine grafana_contact_point grafana_data_source hcloud_load_balancer hcloud_server heroku_app
heroku_drain heroku_app_webhook ibm_is_instance ibm_container_vpc_cluster linode_instance
linode_lke_cluster linode_nodebalancer mongodbatlas_cloud_backup_snapshot_export_bucket
mongodbatlas_federated_database_instance mongodbatlas_log_integration mongodbatlas_push_based_log_export
mongodbatlas_stream_connection mongodbatlas_stream_instance
mongodbatlas_stream_workspace mongodbatlas_third_party_integration
keycloak_realm netlify_site
newrelic_notification_destination nomad_job oci_containerengine_cluster oci_core_instance
oci_functions_function oci_sch_service_connector okta_app_oauth okta_app_saml okta_event_hook okta_inline_hook
okta_log_stream openstack_compute_instance_v2 ovh_cloud_project_kube packet_device
pagerduty_webhook_subscription railway_service render_background_worker render_cron_job render_private_service
render_web_service scaleway_container scaleway_function scaleway_instance_server
scaleway_k8s_cluster scaleway_lb sentry_organization_data_forwarding
snowflake_api_integration snowflake_external_function snowflake_failover_group snowflake_notification_integration
snowflake_pipe snowflake_share snowflake_stage snowflake_stage_external_azure snowflake_stage_external_gcs
snowflake_stage_external_s3 snowflake_warehouse
triton_machine upcloud_kubernetes_cluster upcloud_server
vercel_log_drain vercel_project vsphere_virtual_machine vultr_instance vultr_kubernetes
"""

#: Of a type of node, those that are one only where a setting is so.
ONLY_WHERE: dict[str, tuple[str, tuple[object, ...]]] = {
    # Of other strategies a connection is how people of somebody else log in.
    "auth0_connection": ("strategy", ("auth0",)),
    "cloudflare_record": ("proxied", (True,)),
    "cloudflare_dns_record": ("proxied", (True,)),
}

#: What applies an object of Kubernetes as it is, and the settings in which that stands, the first that can be read.
MANIFESTS = {
    "k8s_manifest": ("content",),
    "kubectl_manifest": ("yaml_body_parsed", "yaml_body"),
    "kubernetes_manifest": ("manifest",),
    "kustomization_resource": ("manifest",),
}

#: Parts, and the settings that name what each is a part of.
PARTS = """
aiven_clickhouse_database service_name
aiven_kafka_topic service_name
aiven_mysql_database service_name
aiven_pg_database service_name
cloudflare_pages_domain project_name
cloudflare_workers_kv namespace_id
cloudflare_zero_trust_tunnel_cloudflared_config tunnel_id
confluent_kafka_topic kafka_cluster.id
databricks_schema catalog_name
databricks_sql_table catalog_name
digitalocean_database_db cluster_id
digitalocean_kubernetes_node_pool cluster_id
digitalocean_spaces_bucket_object bucket
heroku_app_config_association app_id
hcloud_load_balancer_service load_balancer_id
linode_lke_node_pool cluster_id
mongodbatlas_cloud_backup_schedule cluster_name
mongodbatlas_search_deployment cluster_name
neon_branch project_id
neon_database project_id
oci_containerengine_node_pool cluster_id
planetscale_branch database
scaleway_function_namespace project_id
scaleway_k8s_pool cluster_id
scaleway_object bucket
scaleway_rdb_database instance_id
scaleway_rdb_read_replica instance_id
snowflake_dynamic_table database
snowflake_external_table database
snowflake_iceberg_table database
snowflake_schema database
snowflake_stream_on_table database
snowflake_table database
snowflake_view database
vercel_project_domain project_id
"""

#: What only joins those that send to it with those that receive.
JOINTS = """
cloudflare_load_balancer_pool databricks_external_location databricks_mws_storage_configurations fivetran_group
"""

#: What says who may do what, over which network, under which name, or when to warn.
PLUMBING = (
    r"airbyte_workspace|aiven_(account|acl|billing|kafka_(acl|quota|schema|user)|kafka_native_acl|organization"
    r"|(mysql|pg|opensearch|redis|valkey|clickhouse|cassandra)_(acl|grant|role|user)|project|static_ip"
    r"|transit_gateway|aws_|azure_privatelink|gcp_)"
    r"|alicloud_(ram|security_group|vpc|vswitch|key_pair|eip|nat|route|network|resource_manager|cen)"
    r"|auth0_(attack|branding|client|connection_client|custom_domain|email_template|encryption|guardian|network_acl"
    r"|organization|pages|prompt|resource_server|role|tenant|trigger|user)"
    r"|cloudflare_(access|api_shield|api_token|argo|authenticated_origin|bot|certificate|custom_(pages|ssl)|filter|firewall"
    r"|healthcheck|keyless|leaked|list|load_balancer_monitor|managed|mtls|origin_ca|page_rule|page_shield|rate_limit|regional"
    r"|ruleset|tiered|total_tls|turnstile|url_norm|user_agent|waiting_room|workers_(route|cron|custom_domain|secret)"
    r"|worker_(route|cron|domain|secret)|zone|zero_trust_(access|gateway|device|organization|tunnel_\w*route))"
    r"|confluent_(access_point|api_key|byok|catalog|certificate|client|dns|environment|gateway|identity|invitation|ip_"
    r"|kafka_(acl|client_quota|cluster_config)|network|peering|plugin|private_link|provider_integration|role_binding|schema$"
    r"|schema_registry_(cluster_(config|mode)|dek|kek)|service_account|subject|tag|transit)"
    r"|databricks_(cluster_policy|current|directory|entitlements|git|group|instance_(pool|profile)|ip_access|library"
    r"|mws_(credentials|customer|ncc|network|permission|private|vpc)|notebook|obo|permission|repo|secret|service_principal"
    r"|storage_credential|token|user|workspace_(conf|file))"
    r"|datadog_(api_key|application_key|authn|cloud_workload|dashboard|domain|downtime|ip_allowlist|logs_(index_order|metric"
    r"|pipeline|integration_pipeline|custom_pipeline|restriction)|metric|monitor|on_call|organization|powerpack|restriction|role"
    r"|security_monitoring|sensitive_data|service|slo|spans_metric|synthetics_(global|private|concurrency)|team|user)"
    r"|digitalocean_(certificate|database_(ca|firewall|user|connection_pool)|domain|firewall|floating_ip|project|record"
    r"|reserved_ip|ssh_key|tag|vpc|monitor|uptime)"
    r"|ec_(deployment_(extension|traffic)|organization|snapshot_repository_role)"
    r"|elasticstack_elasticsearch_(component|data_stream|index_(lifecycle|template)|security|logstash_role)"
    r"|fivetran_(certificate|fingerprint|team|user|connector_(schedule|schema))"
    r"|grafana_(annotation|dashboard|folder|library|machine|message|mute|notification_policy|organization|playlist|role|rule"
    r"|service_account|slo|team|user|cloud_access|cloud_stack_service)"
    r"|hcloud_(certificate|firewall|floating_ip|load_balancer_network|managed|network|placement|primary_ip|rdns|route|ssh_key"
    r"|server_network|uploaded|volume_attachment|zone)"
    r"|heroku_(account|build|cert|collaborator|config|domain|formation|pipeline|review|slug|space|ssl|team"
    r"|app_feature|app_release)"
    r"|ibm_(iam|is_(vpc|subnet|security|public|floating|ssh|network|virtual)|resource_(group|key|tag)|kms)"
    r"|keycloak_(?!realm$|\w*identity_provider$|ldap_user_federation|user$|custom_user|realm_events)\w+"
    r"|linode_(database_access|domain|firewall|ipv6|networking|object_storage_key|rdns|sshkey|stackscript|token|user|vpc)"
    r"|mongodbatlas_(access|api_key|auditing|backup_compliance|cloud_provider_access|cloud_user|custom_d|database_user"
    r"|encryption_at_rest|federated_(query|settings)|ldap|maintenance|network|org_(delegation|invitation|maintenance)|organization|privat|project|resource_policy|search_index"
    r"|service_account|team|x509)"
    r"|neon_(api_key|endpoint|project_permission|role|vpc)"
    r"|newrelic_(?!cloud|notification|workflow|\w*integration|event_forwarding|federated_logs)\w+"
    r"|oci_(core_(default|dhcp|drg|internet|local|nat|network|public|route|security|service|subnet|vcn|virtual|volume_(att|backup_pol))"
    r"|identity|kms|dns|vault|bastion|budget|limits)"
    r"|okta_(admin|app_(access|group|signon|user|oauth_(api|post|redirect|role))|auth_server|authenticator|behavior|brand"
    r"|captcha|customized|domain|email_(customization|domain|sender|template)|factor|group|network|policy|rate|resource_set|role|security|template|theme"
    r"|threat|trusted|user_(group|schema|type|factor|security|admin)|orgs?_)"
    r"|opsgenie_(escalation|heartbeat|maintenance|notification|schedule|service|team|user|alert_policy)"
    r"|ovh_(cloud_project_(user|network|region)|domain|iam|ip|me|vrack)"
    r"|pagerduty_(?!webhook|extension|event_orchestration|automation)\w+"
    r"|planetscale_(password|backup_policy)"
    r"|rediscloud_(acl|cloud_account|payment|subscription_peering|transit|private_service)"
    r"|scaleway_(account|cockpit_(alert|grafana|token)|domain|iam|instance_(ip|placement|private|security|user)|ipam|lb_(ip|acl|cert|route)|rdb_(acl"
    r"|priv|user)|redis_acl|registry|secret|vpc)"
    r"|snowflake_(account_(parameter|role)|authentication|database_role|file_format|grant|masking|network|object"
    r"|oauth|password|resource_monitor|role|row_access|saml|schema_grant|scim|sequence|session|tag|user"
    r"|warehouse_grant|\w+_grant$|\w*ownership)"
    r"|supabase_(branch|settings)|upcloud_(firewall|floating|network|router|tag|gateway)"
    r"|upstash_team|vercel_(access|attack|alias|custom|dns|edge_config_token|firewall|shared|team|webhook_none)"
    r"|vsphere_(tag|folder|resource_pool|role|custom|entity|host|license|distributed|datacenter|compute_cluster)"
    r"|vultr_(dns|firewall|iso|reserved|ssh|startup|user|vpc)"
)
