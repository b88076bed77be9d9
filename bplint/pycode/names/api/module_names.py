"""Names of the modules of cloudify-common 7.0.5.

Made by `python -m tools.cloudify_names`.
"""

from __future__ import annotations

from typing import Final

VERSION: Final = "7.0.5"
NAMES: Final[dict[str, str]] = {
    "cloudify": (
        "BROKER_PORT_NO_SSL BROKER_PORT_SSL _BROKER_CONFIG_DEFAULTS _BrokerConfig broker_config ctx json os"
    ),
    "cloudify.agent_utils": (
        "AgentState CloudifyClientError RabbitMQClient USERNAME_PATTERN _get_agent_system "
        "_get_rabbitmq_client _initialize_rabbitmq_user _is_proxied broker_config "
        "create_agent_record ctx delete_agent_exchange delete_agent_queues "
        "delete_agent_rabbitmq_user get_agent_rabbitmq_user get_rest_client update_agent_record "
        "utils"
    ),
    "cloudify.amqp_client": (
        "AMQPConnection AMQPParams BlockingRequestResponseHandler ConnectionTimeoutError "
        "INSPECT_TIMEOUT NO_RESPONSE OLD_PIKA STOP_AGENT SendHandler TaskConsumer "
        "_get_daemon_factory _send_ping_task broker_config copy deque get_client is_agent_alive "
        "json logger logging os pika queue random ssl threading time utils wait_for_event"
    ),
    "cloudify.cluster": (
        "CloudifyClient CloudifyClientError CloudifyClusterClient ClusterHTTPClient HTTPClient "
        "ipv6_url_compat itertools random re requests time types"
    ),
    "cloudify.cluster_status": (
        "BROKER_STATUS_REPORTER BROKER_STATUS_REPORTER_ID CloudifyNodeType DB_STATUS_REPORTER "
        "DB_STATUS_REPORTER_ID MANAGER_STATUS_REPORTER MANAGER_STATUS_REPORTER_ID NodeServiceStatus "
        "STATUS_REPORTER_USERS ServiceStatus"
    ),
    "cloudify.compute": (
        "MIMEMultipart MIMEText SCRIPT_MIME_TYPE _find_extension _find_type "
        "create_multi_mimetype_userdata email exceptions mapping_prefixes script_extensions"
    ),
    "cloudify.conflict_handlers": "simple_merge_handler",
    "cloudify.constants": (
        "ADMIN_API_TOKEN_KEY AGENT_INSTALL_METHODS AGENT_INSTALL_METHODS_INSTALLED "
        "AGENT_INSTALL_METHODS_SCRIPTS AGENT_INSTALL_METHOD_INIT_SCRIPT AGENT_INSTALL_METHOD_NONE "
        "AGENT_INSTALL_METHOD_PLUGIN AGENT_INSTALL_METHOD_PROVIDED AGENT_INSTALL_METHOD_REMOTE "
        "AGENT_WORK_DIR_KEY BROKER_PORT_NO_SSL BROKER_PORT_SSL BROKER_SSL_CERT_PATH "
        "BYPASS_MAINTENANCE CELERY_TASK_RESULT_EXPIRES CLOUDIFY_AUTHENTICATION_HEADER "
        "CLOUDIFY_EXECUTION_TOKEN_HEADER CLOUDIFY_TOKEN_AUTHENTICATION_HEADER "
        "CLUSTER_SERVICE_EXCHANGE_NAME CLUSTER_SETTINGS_PATH_KEY COMPONENT COMPUTE_NODE_TYPE "
        "CONVENTION_APPLICATION_BLUEPRINT_FILE DEFAULT_NETWORK_NAME DEPLOYMENT EVENTS_EXCHANGE_NAME "
        "FILE_SERVER_AUTHENTICATORS_FOLDER FILE_SERVER_BLUEPRINTS_FOLDER "
        "FILE_SERVER_DEPLOYMENTS_FOLDER FILE_SERVER_GLOBAL_RESOURCES_FOLDER "
        "FILE_SERVER_PLUGINS_FOLDER FILE_SERVER_RESOURCES_FOLDER FILE_SERVER_SNAPSHOTS_FOLDER "
        "FILE_SERVER_TENANT_RESOURCES_FOLDER FILE_SERVER_UPLOADED_BLUEPRINTS_FOLDER INSPECT_TIMEOUT "
        "KEEP_TRYING_HTTP_TOTAL_TIMEOUT_SEC KERBEROS_ENV_KEY LOCAL_RESOURCES_ROOT_ENV_KEY "
        "LOCAL_REST_CERT_FILE_KEY LOGGING_CONFIG_FILE LOGS_EXCHANGE_NAME "
        "MANAGER_FILE_SERVER_ROOT_KEY MANAGER_FILE_SERVER_SCHEME MANAGER_FILE_SERVER_URL_KEY "
        "MANAGER_NAME MANAGER_PLUGINS_PATH MANAGER_RESOURCES_PATH MANAGER_ROOT_PATH "
        "MAX_WAIT_BETWEEN_HTTP_RETRIES_SEC MGMTWORKER_QUEUE NAMESPACE_BLUEPRINT_IMPORT_DELIMITER "
        "NEW_TOKEN_FILE_NAME NODE_INSTANCE RELATIONSHIP_INSTANCE REST_HOST_KEY REST_PORT_KEY "
        "REST_PROTOCOL_KEY SECURED_PROTOCOL SECURITY_FILE_LOCATION SHARED_RESOURCE "
        "SUPPORTED_ARCHIVE_TYPES TASK_FAILED TASK_PENDING TASK_RESCHEDULED TASK_RESPONSE_SENT "
        "TASK_SENDING TASK_SENT TASK_STARTED TASK_SUCCEEDED TERMINATED_STATES"
    ),
    "cloudify.context": (
        "BlueprintContext BootstrapContext CloudifyAgentContext CloudifyClientError CloudifyContext "
        "CommonContext ContextCapabilities DEPLOYMENT DeploymentContext DeploymentWorkdirMixin "
        "EntityContext ImmutableProperties LocalEndpoint ManagerEndpoint NODE_INSTANCE NodeContext "
        "NodeInstanceContext OperationContext PluginContext RELATIONSHIP_INSTANCE "
        "RelationshipContext RelationshipSubjectContext constants contextmanager "
        "deployment_workdirs_sync_required errno exceptions init_cloudify_logger os utils warnings"
    ),
    "cloudify.cryptography_utils": (
        "Fernet Fernet256 PBKDF2HMAC SECURITY_FILE_LOCATION _get_encryption_key base64 decrypt "
        "decrypt128 default_backend encrypt generate_key_using_password hashes json os"
    ),
    "cloudify.ctx_wrappers": "",
    "cloudify.decorators": (
        "CloudifySerializationRetry ctx functools get_instances_of_node manager operation "
        "serial_operation task workflow"
    ),
    "cloudify.deployment_dependencies": (
        "DEPENDENCY_CREATOR EXTERNAL_SOURCE EXTERNAL_TARGET SOURCE_DEPLOYMENT TARGET_DEPLOYMENT "
        "TARGET_DEPLOYMENT_FUNC VALID_ATTRIBUTES build_deployment_dependency "
        "format_dependency_creator"
    ),
    "cloudify.dispatch": (
        "Execution InvalidExecutionUpdateStatus LOGGING_CONFIG_FILE OperationHandler StringIO "
        "TASK_HANDLERS TaskHandler WorkflowHandler _WrappedTaskError _setup_logging "
        "_update_logging_level api constants context copy dispatch exceptions get_rest_client json "
        "logging logs main os queue serialize_known_exception state sys textwrap threading "
        "traceback update_execution_status utils"
    ),
    "cloudify.endpoint": (
        "CloudifyPluginLoggingHandler Endpoint Execution LocalEndpoint ManagerEndpoint ManagerItem "
        "NonRecoverableError RabbitMQBrokerItem constants logs manager os utils"
    ),
    "cloudify.error_handling": (
        "StringIO deserialize_known_exception exceptions format_exception serialize_known_exception traceback"
    ),
    "cloudify.event": "Event HIGH_VERBOSE LOW_VERBOSE MEDIUM_VERBOSE NO_VERBOSE StringIO",
    "cloudify.exceptions": (
        "ClosedAMQPClientException CloudifySerializationRetry CommandExecutionError "
        "CommandExecutionException HttpException InvalidBlueprintImport NonRecoverableError "
        "OperationRetry PluginInstallationError ProcessKillCancelled RecoverableError StopAgent "
        "TimeoutException WorkflowFailed"
    ),
    "cloudify.logs": (
        "CloudifyBaseLoggingHandler CloudifyCtxLoggingHandler CloudifyPluginLoggingHandler "
        "CloudifyWorkflowLoggingHandler CloudifyWorkflowNodeLoggingHandler ENV_AGENT_LOG_DIR "
        "ENV_AGENT_LOG_LEVEL ENV_AGENT_LOG_MAX_BYTES ENV_AGENT_LOG_MAX_HISTORY EVENT_CLASS "
        "EVENT_VERBOSITY_LEVEL ExecutorNameFormatter _event _log_message _publish_message "
        "_send_event constants create_event_message_prefix datetime get_daemon_name "
        "get_execution_creator_username get_execution_id get_manager_name init_cloudify_logger "
        "is_management_environment logging manager manager_event_out manager_log_out "
        "message_context_from_cloudify_context message_context_from_workflow_context "
        "message_context_from_workflow_node_instance_context os populate_base_item "
        "send_plugin_event send_task_event send_workflow_event send_workflow_node_event "
        "setup_agent_logger setup_logger_base setup_subprocess_logger stdout_event_out "
        "stdout_log_out sys"
    ),
    "cloudify.manager": (
        "CloudifyClusterClient DirtyTrackingDict HttpException NodeInstance NonRecoverableError "
        "NotInContext VisibilityState _extract_resource_parts _get_workdir_path "
        "_is_resource_origin_from_imported_blueprint _resource_paths _save_resource constants ctx "
        "download_resource download_resource_from_manager get_bootstrap_context get_node_instance "
        "get_node_instance_ip get_provider_context get_resource get_resource_directory_index "
        "get_resource_from_manager get_rest_client json os requests update_execution_status "
        "update_node_instance utils workflow_ctx"
    ),
    "cloudify.mocks": (
        "BootstrapContext CloudifyContext ContextCapabilities ManagerItem MockCloudifyContext "
        "MockContext MockNodeContext MockNodeInstanceContext MockRelationshipContext "
        "MockRelationshipSubjectContext RabbitMQBrokerItem setup_logger"
    ),
    "cloudify.models_states": (
        "AgentState BlueprintUploadState DeploymentModificationState DeploymentState ExecutionState "
        "LogBundleState PluginInstallationState SnapshotState VisibilityState"
    ),
    "cloudify.plugin_installer": (
        "CloudifyClientError CommandExecutionException LocalCommandRunner NonRecoverableError "
        "PLUGIN_INSTALL_LOCK PluginInstallationError PluginInstallationState _PythonExecutables "
        "_assert_list_len _get_archive _get_plugin_description _get_plugin_path "
        "_install_managed_plugin _install_source_plugin _is_plugin_supported _link_virtualenv _lock "
        "_make_virtualenv _manage_plugin_state _managed_plugin_sort_key _pip_install "
        "_python_executable _remove_tempdir_and_raise_proper_exception _wagon_install "
        "available_python_executables contextmanager ctx errno extract_archive "
        "extract_package_to_dir fasteners get_daemon_name get_managed_plugin get_manager_name "
        "get_plugin_args get_plugin_source get_pth_dir get_python_path get_rest_client glob install "
        "is_already_installed json os parse_version path_to_file_url pathname2url platform re "
        "runner shutil subprocess sys target_plugin_prefix tempfile threading uninstall urljoin "
        "wagon walk wraps"
    ),
    "cloudify.plugins": "",
    "cloudify.plugins.install_utils": "INSTALLING_PREFIX is_plugin_installing remove_status_prefix",
    "cloudify.plugins.lifecycle": (
        "LifecycleProcessor _SendNodeEventHandler _SubgraphOnFailure _find_install_subgraphs "
        "_host_post_start _host_pre_stop _ignore_subgraph_failure _ignore_task_failure "
        "_node_get_state_handler _on_heal_failure _on_heal_success _on_update_failure "
        "_on_update_success _pre_resume_stop _pre_resume_uninstall _relationship_operations "
        "_relationship_subgraph_on_failure _relationships_operations _run_subgraph_before "
        "_skip_nop_operations _wait_for_host_to_start _would_resend constants exceptions "
        "execute_establish_relationships execute_unlink_relationships forkjoin "
        "heal_node_instance_subgraph heal_node_instances ignore_subgraph_on_task_failure "
        "install_node_instance_subgraph install_node_instances is_host_node itertools "
        "make_or_get_graph plugins_install_task plugins_uninstall_task prepare_running_agent "
        "reinstall_node_instance_subgraph reinstall_node_instances rollback_node_instance_subgraph "
        "rollback_node_instances set_send_node_event_on_error_handler "
        "uninstall_node_instance_subgraph uninstall_node_instances update_node_instance_subgraph "
        "update_node_instances utils workflow_ctx workflow_tasks"
    ),
    "cloudify.plugins.workflows": (
        "ExecutionState HandlerResult TASK_SUCCEEDED _abort_started_deployment_modifications "
        "_add_validate_to_task_graph _assert_hosts_started _check_for_too_many_exclusions "
        "_clean_healed_property _create_hosts_list _filter_node_instances "
        "_find_all_unresolved_node_instances _find_heal_failed_instances _find_healthy_instances "
        "_find_instances_to_heal _format_system_task_result _get_all_host_instances "
        "_get_available_instances_list _handle_plugin_after_update _instances_update_lock "
        "_make_check_drift_graph _make_check_status_graph _make_execute_operation_graph "
        "_make_install_agents_graph _reinstall_disallowed_exception _set_node_instance_drift "
        "_set_node_instance_status _uninstall_contained_services api "
        "auto_heal_reinstall_node_subgraph chain check_drift check_drift_on_failure "
        "check_drift_on_failure_ignore_failure check_drift_on_success check_status "
        "check_status_on_failure check_status_on_failure_ignore_failure check_status_on_success "
        "constants datetime execute_operation get_groups_with_members get_rest_client install "
        "install_new_agents lifecycle make_or_get_graph numbers pull reinstall restart rollback "
        "scale scale_entity start stop threading time uninstall update utils validate_agents "
        "validate_inclusions_and_exclusions workflow"
    ),
    "cloudify.proxy": "",
    "cloudify.proxy.client": (
        "CTX_SOCKET_URL RequestError ScriptException _catch_non_serializable argparse client_req "
        "http_client_req json main os parse_args process_args sys urlopen"
    ),
    "cloudify.proxy.server": (
        "CtxProxy HTTPCtxProxy MutableMapping PathDictAccess ScriptException StringIO StubCtxProxy "
        "WSGIRequestHandler WSGIServer _desugar_attr bottle current_ctx get_unused_port json "
        "make_wsgi_server process_ctx_request queue re socket threading traceback"
    ),
    "cloudify.rabbitmq_client": (
        "RABBITMQ_MANAGEMENT_PORT RabbitMQClient USERNAME_PATTERN ipv6_url_compat os random "
        "requests tempfile urlquote"
    ),
    "cloudify.snapshots": "SNAPSHOT_RESTORE_FLAG_FILE STATES",
    "cloudify.snmp": "",
    "cloudify.snmp.snmp_trap": (
        "CLOUDIFY_MIB CommunityData ContextData Counter64 DEPLOYMENT_ID ERROR EXECUTION_ID "
        "NOTIFY_TYPE NotificationType ObjectIdentity OctetString SNMP_AVAILABLE SnmpEngine "
        "TENANT_NAME TIMESTAMP UdpTransportTarget WORKFLOW_CANCELLED WORKFLOW_FAILED WORKFLOW_NAME "
        "WORKFLOW_PARAMETERS WORKFLOW_QUEUED WORKFLOW_STARTED WORKFLOW_SUCCEEDED "
        "_create_notification_type _get_epoch_time _get_error _get_execution_parameters json "
        "notification_types sendNotification send_snmp_trap setup_logger time timegm"
    ),
    "cloudify.state": (
        "CtxParameters CurrentContext NotInContext contextmanager ctx ctx_parameters current_ctx "
        "current_workflow_ctx proxy threading workflow_ctx workflow_parameters"
    ),
    "cloudify.systemddbus": (
        "DBusClient MANAGER_IFACE PROP_IFACE SVC_IFACE SVC_PROPERTIES SYSTEMD_BUS SYSTEMD_PATH "
        "UNIT_IFACE UNIT_PROPERTIES dbus get_services"
    ),
    "cloudify.test_utils": "workflow_test",
    "cloudify.test_utils.dispatch_helper": "dispatch run",
    "cloudify.test_utils.local_workflow_decorator": (
        "IGNORED_LOCAL_WORKFLOW_MODULES PLUGIN_YAML_NAME WorkflowTestDecorator _assure_path_exists "
        "_copy_resources _expand_dictionary _find_plugin_yaml listdir local makedirs path shutil "
        "sys tempfile wraps"
    ),
    "cloudify.test_utils.mock_rest_client": (
        "Agent CloudifyClient EvaluatedFunctions Execution MockAgentsClient MockEvaluateClient "
        "MockExecutionsClient MockManagerClient MockNodeInstancesClient MockNodesClient "
        "MockOperationsClient MockRestclient NodeInstance Operation node_instances "
        "put_node_instance"
    ),
    "cloudify.utils": (
        "ADMIN_API_TOKEN_PATH CommandExecutionException CommandExecutionResponse ConnectionError "
        "ENV_AGENT_LOG_DIR ENV_AGENT_LOG_LEVEL ENV_AGENT_LOG_MAX_BYTES ENV_AGENT_LOG_MAX_HISTORY "
        "ENV_CFY_EXEC_TEMPDIR Internal KEEP_TRYING_HTTP_TOTAL_TIMEOUT_SEC LocalCommandRunner "
        "MAX_WAIT_BETWEEN_HTTP_RETRIES_SEC ManagerVersion NonRecoverableError OutputConsumer "
        "PLUGIN_INSTALL_KEY PLUGIN_NAME_KEY SUPPORTED_ARCHIVE_TYPES StringIO Timeout "
        "_find_versioned_plugin_dir _get_current_context _is_ipv6 _is_plugin_dir _plugins_base_dir "
        "_shlex_split add_plugins_to_install add_plugins_to_uninstall closing constants "
        "contextmanager create_temp_folder ctx current_ctx datetime exception_to_error_cause "
        "extract_and_merge_plugins extract_archive extract_plugins_to_install format_exception "
        "generate_user_password get_admin_api_token get_broker_ssl_cert_path get_daemon_name "
        "get_exec_tempdir get_executable_path get_execution_creator_username get_execution_id "
        "get_execution_token get_func get_instances_of_node get_is_bypass_maintenance "
        "get_kerberos_indication get_local_resources_root get_local_rest_certificate "
        "get_manager_file_server_root get_manager_file_server_scheme get_manager_file_server_url "
        "get_manager_ip get_manager_name get_manager_rest_service_host "
        "get_manager_rest_service_port get_manager_rest_service_protocol get_python_path "
        "get_rest_token get_tenant get_tenant_name get_workflow_parameters id_generator importlib "
        "internal ipv6_url_compat is_management_environment keep_trying_http logging merge_plugins "
        "nullcontext os parse_and_apply_timedelta parse_schedule_datetime_string parse_utc_datetime "
        "parse_utc_datetime_absolute parse_utc_datetime_relative parse_version plugin_prefix pytz "
        "random re setup_default_logger setup_logger shlex socket ssl string subprocess sys tarfile "
        "target_plugin_prefix tempfile threading time timedelta traceback unpack_timedelta_string "
        "untar unzip uuid4 wait_for workflow_ctx workflow_parameters wraps zipfile"
    ),
    "cloudify.workflows": "__author__ api ctx parameters",
    "cloudify.workflows.amqp_dispatcher": (
        "MGMTWORKER_QUEUE TASK_FAILED TASK_RESCHEDULED TASK_SUCCEEDED TaskDispatcher "
        "_WorkflowTaskHandler amqp_client current_workflow_ctx deserialize_known_exception "
        "exceptions json logging pika utils"
    ),
    "cloudify.workflows.events": (
        "TASK_FAILED TASK_RESCHEDULED TASK_SENDING TASK_STARTED TASK_SUCCEEDED _filter_task "
        "_send_task_event_func format_event_message get_event_type logs send_task_event "
        "send_task_event_func_local send_task_event_func_remote utils"
    ),
    "cloudify.workflows.local": (
        "ABC Blueprint DEFAULT_LOCAL_TASK_THREAD_POOL_SIZE Deployment DeploymentStorage "
        "DeploymentUpdate Execution FileStorage HOST_TYPE InMemoryStorage JSONEncoderWithDatetime "
        "Node NodeInstance StorageConflictError StringIO _Environment _Storage _get_module_method "
        "_import_error _merge_and_validate_execution_parameters _parse_plan "
        "_prepare_nodes_and_instances _try_convert_from_str _validate_node abc contextmanager copy "
        "datetime dispatch dsl_functions dsl_parser dsl_tasks importlib init_env json load_datetime "
        "load_env os shutil tempfile threading time utils weakref"
    ),
    "cloudify.workflows.tasks": (
        "DEFAULT_RETRY_INTERVAL DEFAULT_SEND_TASK_EVENTS DEFAULT_SUBGRAPH_TOTAL_RETRIES "
        "DEFAULT_TOTAL_RETRIES DISPATCH_TASK DryRunLocalWorkflowTask GetNodeInstanceStateTask "
        "HandlerResult INFINITE_TOTAL_RETRIES INSPECT_TIMEOUT LocalWorkflowTask MGMTWORKER_QUEUE "
        "NOPLocalWorkflowTask RemoteWorkflowTask SendNodeEventTask SendWorkflowEventTask "
        "SetNodeInstanceStateTask TASK_FAILED TASK_PENDING TASK_RESCHEDULED TASK_RESPONSE_SENT "
        "TASK_SENDING TASK_SENT TASK_STARTED TASK_SUCCEEDED TERMINATED_STATES "
        "UpdateExecutionStatusTask WorkflowTask WorkflowTaskResult _BuiltinTaskBase _NOT_SET api "
        "current_workflow_ctx exceptions get_func get_node_instance get_rest_client logs lru_cache "
        "serialize_known_exception threading time types update_execution_status uuid4 "
        "with_execute_after workflow_ctx wraps"
    ),
    "cloudify.workflows.tasks_graph": (
        "SubgraphTask TaskDependencyGraph TaskDependencyGraphError TaskDependencyGraphErrors "
        "TaskSequence WorkflowFailed _on_failure_handler_fail _task_error_causes_short "
        "_task_error_causes_traceback api defaultdict forkjoin get_func make_or_get_graph tasks "
        "threading time workflow_ctx wraps"
    ),
    "cloudify.workflows.workflow_api": (
        "EXECUTION_CANCELLED_RESULT ExecutionCancelled cancel_callbacks cancel_request "
        "has_cancel_request has_kill_request kill_callbacks kill_request set_cancel_request "
        "set_kill_request"
    ),
    "cloudify.workflows.workflow_context": (
        "CloudifyWorkflowContext CloudifyWorkflowContextHandler CloudifyWorkflowContextInternal "
        "CloudifyWorkflowLoggingHandler CloudifyWorkflowNode CloudifyWorkflowNodeInstance "
        "CloudifyWorkflowNodeLoggingHandler CloudifyWorkflowRelationship "
        "CloudifyWorkflowRelationshipInstance DEFAULT_LOCAL_TASK_THREAD_POOL_SIZE "
        "DEFAULT_RETRY_INTERVAL DEFAULT_SEND_TASK_EVENTS DEFAULT_SUBGRAPH_TOTAL_RETRIES "
        "DEFAULT_TOTAL_RETRIES DeploymentModificationState DryRunLocalWorkflowTask "
        "GetNodeInstanceStateTask LocalCloudifyWorkflowContextHandler LocalTasksProcessing "
        "LocalWorkflowTask Modification ModificationNodes NOPLocalWorkflowTask OrderedDict "
        "RemoteCloudifyWorkflowContextHandler RemoteContextHandler RemoteWorkflowTask "
        "SendNodeEventTask SendWorkflowEventTask SetNodeInstanceStateTask TaskDependencyGraph "
        "UpdateExecutionStatusTask WorkflowDeploymentContext WorkflowNodesAndInstancesContainer "
        "_WorkflowContextBase _validate_types absolute_import context copy current_workflow_ctx "
        "download_resource dsl_functions events functools get_bootstrap_context get_rest_client "
        "init_cloudify_logger json logs parse_simple_type_value queue send_workflow_event "
        "task_config threading utils"
    ),
    "cloudify.zip_utils": "make_zip64_archive os zipfile",
    "cloudify_async_client": "CloudifyAsyncClient",
    "cloudify_async_client.audit_log": "AuditLogAsyncClient AuditLogClient CloudifyAsyncClient",
    "cloudify_async_client.client": "CloudifyAsyncClient ssl",
    "cloudify_rest_client": "CloudifyClient __author__",
    "cloudify_rest_client._datetime_compat": (
        "_parse_hh_mm_ss_ff _parse_isoformat_date _parse_isoformat_time datetime "
        "datetime_fromisoformat timedelta timezone"
    ),
    "cloudify_rest_client.agents": (
        "Agent AgentState AgentsClient CloudifyClientError ListResponse get_file_content utils"
    ),
    "cloudify_rest_client.audit_log": "AuditLog AuditLogClient DeletedResponse ListResponse",
    "cloudify_rest_client.blueprints": (
        "Blueprint BlueprintsClient CloudifyClientError Label ListResponse MultipartEncoder "
        "MultipartEncoderMonitor bytes_stream_utils constants contextlib json os shutil tempfile "
        "urlparse urlquote utils"
    ),
    "cloudify_rest_client.bytes_stream_utils": (
        "CONTENT_DISPOSITION_HEADER DEFAULT_BUFFER_SIZE cgi errno os request_data_file_stream "
        "request_data_file_stream_gen write_response_stream_to_file"
    ),
    "cloudify_rest_client.client": (
        "AgentsClient AuditLogAsyncClient AuditLogClient BASIC_AUTH_PREFIX BlueprintsClient "
        "BlueprintsFiltersClient BlueprintsLabelsClient CLOUDIFY_TENANT_HEADER CloudifyClient "
        "ClusterStatusClient CommunityContactsClient DEFAULT_API_VERSION DEFAULT_PORT "
        "DEFAULT_PROTOCOL DeploymentGroupsClient DeploymentModificationsClient "
        "DeploymentUpdatesClient DeploymentsClient DeploymentsFiltersClient DeploymentsLabelsClient "
        "EvaluateClient EventsClient ExecutionGroupsClient ExecutionSchedulesClient "
        "ExecutionsClient HTTPClient HTTPKerberosAuth IdentityProviderClient "
        "InterDeploymentDependencyClient LdapClient LicenseClient LogBundlesClient "
        "MaintenanceModeClient ManagerClient NodeInstancesClient NodesClient OperationsClient "
        "PermissionsClient PluginsClient PluginsUpdateClient ResourcesClient SECURED_PORT "
        "SECURED_PROTOCOL SecretsClient SecretsProvidersClient SitesClient SnapshotsClient "
        "StreamedResponse SummariesClient TasksGraphClient TenantsClient TokensClient "
        "UserGroupsClient UsersClient WorkflowsClient b64encode constants exceptions "
        "ipv6_url_compat is_kerberos_env json logging numbers requests urllib3"
    ),
    "cloudify_rest_client.cluster": "ClusterStatusClient",
    "cloudify_rest_client.community_contacts": "CommunityContactsClient",
    "cloudify_rest_client.constants": (
        "VISIBILITY_EXCEPT_PRIVATE VisibilityState copy states_except_global states_except_private"
    ),
    "cloudify_rest_client.deployment_modifications": (
        "DeploymentModification DeploymentModificationNodeInstances DeploymentModificationsClient "
        "ListResponse NodeInstance"
    ),
    "cloudify_rest_client.deployment_updates": (
        "CloudifyClientError DeploymentUpdate DeploymentUpdatesClient ListResponse MimeTypes json "
        "os pathname2url shutil tempfile urlparse urlquote utils"
    ),
    "cloudify_rest_client.deployments": (
        "CloudifyClientError Deployment DeploymentCapabilities DeploymentCapabilitiesClient "
        "DeploymentGroup DeploymentGroupsClient DeploymentOutputs DeploymentOutputsClient "
        "DeploymentScalingGroup DeploymentScalingGroupsClient DeploymentsClient EMPTY_B64_ZIP Label "
        "ListResponse Workflow constants copy os utils warnings"
    ),
    "cloudify_rest_client.evaluate": "EvaluateClient EvaluatedFunctions",
    "cloudify_rest_client.events": "CloudifyClientError EventsClient ListResponse datetime utils warnings",
    "cloudify_rest_client.exceptions": (
        "BlueprintInUseError CloudifyClientError DeploymentEnvironmentCreationInProgressError "
        "DeploymentEnvironmentCreationPendingError DeploymentModificationAlreadyEndedError "
        "DeploymentParentNotFound DeploymentPluginNotFound ERROR_MAPPING "
        "ExistingStartedDeploymentModificationError ExpiredCloudifyLicense ForbiddenError "
        "ForbiddenWhileCancelling FunctionsEvaluationError IllegalExecutionParametersError "
        "IncompatibleClusterArchitectureError InvalidExecutionUpdateStatus InvalidFilterRule "
        "MaintenanceModeActivatingError MaintenanceModeActiveError MissingCloudifyLicense "
        "MissingRequiredDeploymentInputError NoSuchIncludeFieldError NotClusterMaster "
        "NotModifiedError PluginInUseError PluginInstallationError PluginInstallationTimeout "
        "RemovedFromCluster UnknownDeploymentInputError UnknownDeploymentSecretError "
        "UnknownModificationStageError UnsupportedDeploymentGetSecretError UserUnauthorizedError"
    ),
    "cloudify_rest_client.execution_schedules": (
        "CloudifyClientError ExecutionSchedule ExecutionSchedulesClient ListResponse datetime utils"
    ),
    "cloudify_rest_client.executions": (
        "CloudifyClientError Execution ExecutionGroup ExecutionGroupsClient ExecutionState "
        "ExecutionsClient ListResponse restore_status_error_mapped utils warnings"
    ),
    "cloudify_rest_client.filters": (
        "BlueprintsFiltersClient CloudifyClientError DeploymentsFiltersClient Filter FiltersClient "
        "ListResponse constants utils"
    ),
    "cloudify_rest_client.idp": "IdentityProviderClient",
    "cloudify_rest_client.inter_deployment_dependencies": (
        "CloudifyClientError DEPENDENCY_CREATOR InterDeploymentDependency "
        "InterDeploymentDependencyClient ListResponse build_deployment_dependency utils"
    ),
    "cloudify_rest_client.labels": (
        "BlueprintsLabelsClient DeploymentsLabelsClient Label ListResponse _LabelsClient"
    ),
    "cloudify_rest_client.ldap": "LdapClient LdapResponse",
    "cloudify_rest_client.license": "License LicenseClient ListResponse bytes_stream_utils",
    "cloudify_rest_client.log_bundles": (
        "Execution ListResponse LogBundle LogBundlesClient bytes_stream_utils contextlib"
    ),
    "cloudify_rest_client.maintenance": "Maintenance MaintenanceModeClient NotModifiedError",
    "cloudify_rest_client.manager": (
        "ConfigItem DBNodeItem ListResponse ManagerClient ManagerItem RabbitMQBrokerItem"
    ),
    "cloudify_rest_client.node_instances": (
        "CloudifyClientError ListResponse NodeInstance NodeInstancesClient utils warnings"
    ),
    "cloudify_rest_client.nodes": (
        "CloudifyClientError ListResponse Node NodeTypes NodeTypesClient NodesClient utils warnings"
    ),
    "cloudify_rest_client.operations": (
        "CloudifyClientError ListResponse Operation OperationsClient TasksGraph TasksGraphClient utils"
    ),
    "cloudify_rest_client.permissions": "CloudifyClientError ListResponse Permission PermissionsClient utils",
    "cloudify_rest_client.plugins": (
        "CloudifyClientError ListResponse Plugin PluginsClient VisibilityState bytes_stream_utils "
        "contextlib os re tempfile urlparse utils"
    ),
    "cloudify_rest_client.plugins_update": (
        "CloudifyClientError ListResponse PluginsUpdate PluginsUpdateClient _data_from_kwargs utils warnings"
    ),
    "cloudify_rest_client.resources": (
        "CloudifyClientError Dict INDEX_JSON_FILENAME LAST_MODIFIED_FMT MultipartEncoder "
        "ResourcesClient StreamedResponse Tuple _archive_type _create_archive _extract_archive "
        "_file_is_empty contextmanager datetime datetime_fromisoformat json os requests shutil "
        "tarfile tempfile timezone typing zipfile"
    ),
    "cloudify_rest_client.responses": "DeletedResponse ListResponse Metadata Pagination",
    "cloudify_rest_client.secrets": "ListResponse Secret SecretsClient VisibilityState",
    "cloudify_rest_client.secrets_providers": (
        "CloudifyClientError ListResponse SecretsProvider SecretsProvidersClient VisibilityState utils"
    ),
    "cloudify_rest_client.sites": "CloudifyClientError ListResponse Site SitesClient VisibilityState utils",
    "cloudify_rest_client.snapshots": (
        "Execution ListResponse Snapshot SnapshotsClient bytes_stream_utils contextlib os urlparse"
    ),
    "cloudify_rest_client.summary": "ListResponse SummariesClient SummaryClient",
    "cloudify_rest_client.tenants": (
        "CloudifyClientError DEFAULT_TENANT_ROLE ListResponse Tenant TenantsClient utils"
    ),
    "cloudify_rest_client.tokens": "ListResponse Token TokensClient parse_utc_datetime",
    "cloudify_rest_client.user_groups": "CloudifyClientError Group ListResponse UserGroupsClient utils",
    "cloudify_rest_client.users": "CloudifyClientError ListResponse User UsersClient utils",
    "cloudify_rest_client.utils": (
        "SUPPORTED_ARCHIVE_TYPES StreamedResponse expanduser find_executable get_all "
        "get_file_content get_folder_size_and_files is_kerberos_env is_supported_archive_type os "
        "stat sys tar_blueprint tar_file tarfile"
    ),
    "cloudify_rest_client.workflows": "ListResponse Workflow WorkflowsClient",
    "dsl_parser": "",
    "dsl_parser.constants": (
        "ADDED_AND_RELATED BLUEPRINT_IMPORT BLUEPRINT_LABELS "
        "BLUEPRINT_OR_DEPLOYMENT_ID_CONSTRAINT_TYPES CAPABILITIES CENTRAL_DEPLOYMENT_AGENT CLOUDIFY "
        "CLOUDIFY_TYPE_PREFIX CONNECTED_TO_REL_TYPE CONSTRAINTS CONTAINED_IN_REL_TYPE DATA_TYPES "
        "DEFAULT DEFAULT_SCHEDULES DEPENDS_ON_REL_TYPE DEPLOYMENT_ID_CONSTRAINT_TYPES "
        "DEPLOYMENT_PLUGINS_TO_INSTALL DEPLOYMENT_SETTINGS DERIVED_FROM DESCRIPTION DISPLAY_LABEL "
        "DSL_DEFINITIONS EVAL_FUNCS_PATH_DEFAULT_PREFIX EVAL_FUNCS_PATH_PREFIX_KEY "
        "EXTENDED_AND_RELATED FUNCTION_NAME_PATH_SEPARATOR GROUPS HIDDEN HOST_AGENT "
        "HOST_AGENT_PLUGINS_TO_INSTALL HOST_TYPE ID_CONSTRAINT_TYPES IMPORTED_BLUEPRINTS IMPORTS "
        "IMPORT_RESOLVER_KEY INPUTS INTERFACES INTER_DEPLOYMENT_FUNCTIONS ITEM_TYPE LABELS METADATA "
        "NAMESPACES_MAPPING NAMESPACE_DELIMITER NODES NODE_INSTANCES NODE_TEMPLATES NODE_TYPES "
        "OBJECT_BASED_TYPES OBJECT_BASED_TYPES_DSL_1_4 OBJECT_BASED_TYPES_DSL_1_5 OPERATIONS "
        "OUTPUTS PARAMETERS PLUGINS PLUGINS_TO_INSTALL PLUGIN_DISTRIBUTION "
        "PLUGIN_DISTRIBUTION_RELEASE PLUGIN_DISTRIBUTION_VERSION PLUGIN_DSL_KEYS_ADD_VALUES_NODE "
        "PLUGIN_DSL_KEYS_NOT_FROM_YAML PLUGIN_DSL_KEYS_READ_FROM_DB PLUGIN_EXECUTOR_KEY "
        "PLUGIN_INSTALL_ARGUMENTS_KEY PLUGIN_INSTALL_KEY PLUGIN_NAME_KEY PLUGIN_PACKAGE_NAME "
        "PLUGIN_PACKAGE_VERSION PLUGIN_PREFIX PLUGIN_SOURCE_KEY PLUGIN_SUPPORTED_PLATFORM POLICIES "
        "POLICY_TRIGGERS POLICY_TYPES PROPERTIES REDUCED_AND_RELATED RELATIONSHIPS "
        "REMOVED_AND_RELATED RESLOVER_PARAMETERS_KEY RESOLVER_IMPLEMENTATION_KEY RESOURCE_TAGS "
        "ROOT_ELEMENT_VALUE RUNTIME_PROPERTIES SCALING_GROUPS SCALING_POLICY SCRIPT_PATH_PROPERTY "
        "SCRIPT_PLUGIN_EXECUTE_WORKFLOW_TASK SCRIPT_PLUGIN_NAME SCRIPT_PLUGIN_RUN_TASK "
        "SCRIPT_SOURCE_PROPERTY SOURCE_INTERFACES TARGET_INTERFACES TYPE TYPE_HIERARCHY UNBOUNDED "
        "UNBOUNDED_LITERAL USER_PRIMITIVE_TYPES VALIDATE_DEFINITIONS_VERSION VERSION WORKFLOWS "
        "WORKFLOW_PLUGINS_TO_INSTALL"
    ),
    "dsl_parser.constraints": (
        "BLUEPRINT_OR_DEPLOYMENT_ID_CONSTRAINT_TYPES CONSTRAINTS CONSTRAINT_CONST Constraint "
        "DEFAULT DEPLOYMENT_ID_CONSTRAINT_TYPES DataBasedConstraint DeploymentId Equal FilterId "
        "GreaterOrEqual GreaterThan ID_CONSTRAINT_TYPES INPUTS ITEM_TYPE InRange Labels Length "
        "LessOrEqual LessThan MaxLength MinLength NamePattern OBJECT_BASED_TYPES Pattern TYPE "
        "Tenants VALIDATION_FUNCTIONS ValidValues _DICT _DUAL_SCALAR _NOT_COMPARABLE_ERROR_MSG "
        "_NO_LENGTH_ERROR_MSG _REGEX _SCALAR _SEQUENCE _STRING _try_predicate_func "
        "_validate_input_value _validate_type_match build_data_based_constraints_query exceptions "
        "extract_constraints is_dict is_string is_valid_dual_scalar is_valid_regex is_valid_scalar "
        "is_valid_sequence numbers parse predicate_many re register_constraint "
        "register_validation_func utils validate_args validate_input_defaults validate_input_value"
    ),
    "dsl_parser.elements": "PRIMITIVE_TYPES numbers",
    "dsl_parser.elements.blueprint": (
        "Blueprint BlueprintImporter BlueprintVersionExtractor Element Value _version constants "
        "data_types imports inputs misc models node_templates node_types plugins policies "
        "relationships workflows"
    ),
    "dsl_parser.elements.data_types": (
        "DataType DataTypeDescription DataTypeVersion DataTypes Dict DictElement Element Leaf "
        "Requirement Schema SchemaInputType SchemaListItemType SchemaProperty SchemaPropertyDefault "
        "SchemaPropertyDescription SchemaPropertyDisplayLabel SchemaPropertyHidden "
        "SchemaPropertyRequired SchemaPropertyType SchemaWithInitialDefault Value _has_type "
        "_version constants elements exceptions sibling_predicate types utils"
    ),
    "dsl_parser.elements.deployment_schedules": (
        "DateTimeExpression DeploymentSchedule DeploymentSchedules Dict DictElement "
        "DictNoDefaultElement Element Leaf List RequiredDateTimeExpression ScheduleCount "
        "ScheduleEnabled ScheduleName ScheduleSlip ScheduleStopAfterFail ScheduleWeekdays "
        "ScheduledWorkflowAllowCustomParameters ScheduledWorkflowArguments ScheduledWorkflowDryRun "
        "ScheduledWorkflowForce ScheduledWorkflowId ScheduledWorkflowParameters "
        "ScheduledWorkflowWaitAfterFail TimeDelta TimeZoneExpression Weekday datetime exceptions "
        "parse_utc_datetime_absolute re unpack_timedelta_string"
    ),
    "dsl_parser.elements.imports": (
        "AbstractImportResolver DONT_OVERWRITE Dict DictElement Element Holder IGNORE Import "
        "ImportLoader ImportPluginProperties ImportPluginProperty Imports ImportsLoader "
        "InvalidBlueprintImport Iterable Leaf List MERGEABLE_FROM_DSL_VERSION_1_3 MERGE_NO_OVERRIDE "
        "Optional OrderedDict Tuple _ImportedDSL _build_ordered_imports _can_import_version "
        "_combine_imports _dsl_location_to_url _dsl_version _extend_list_with_namespaced_values "
        "_extend_node_template _fetch_import _get_resource_location _insert_imported_list "
        "_insert_new_element _is_type_valid _mark_key_value_holder_items "
        "_merge_into_dict_or_throw_on_duplicate _merge_lists_with_no_duplicates "
        "_merge_node_templates_relationships _merge_parsed_into_combined _merge_workflows "
        "_normalize_plugin_import _possible_resource_locations _prefix_namespace "
        "_prepare_namespaced_elements _split_import_namespace _validate_and_set_plugin_properties "
        "_validate_and_set_properties _validate_import_dict _validate_version _version constants "
        "deque exceptions get_function is_cloudify_basic_types is_parsed_resource "
        "is_remote_resource os pathname2url utils validate_blueprint_import_namespace "
        "validate_import_namespace validate_namespace"
    ),
    "dsl_parser.elements.inputs": (
        "Constraint Constraints Dict DisplayHints DisplayRows Element InputSchemaProperty "
        "InputSchemaPropertyDefault Inputs Leaf List Requirement Schema SchemaInputType "
        "SchemaListItemType SchemaProperty SchemaPropertyDefault SchemaPropertyDescription "
        "SchemaPropertyDisplayLabel SchemaPropertyHidden SchemaPropertyRequired _version "
        "constraints exceptions sibling_predicate utils version_description"
    ),
    "dsl_parser.elements.misc": (
        "BlueprintLabel BlueprintLabels Capabilities Capability CapabilityDescription "
        "CapabilityValue DSLDefinitions DeploymentDisplayName DeploymentGroups DeploymentIDTemplate "
        "DeploymentLabel DeploymentSchedules DeploymentSettings Description Dict DictElement "
        "DictNoDefaultElement Element Imported ImportedBlueprints LabelValue Labels Leaf List "
        "Metadata NamespaceMapping NamespacesMapping Output OutputDescription OutputValue Outputs "
        "ResourceTag ResourceTags element_version elements exceptions"
    ),
    "dsl_parser.elements.node_templates": (
        "Dict DictElement Element Leaf List NodeTemplate NodeTemplateCapabilities "
        "NodeTemplateCapabilitiesScalable NodeTemplateInstances NodeTemplateInstancesDeploy "
        "NodeTemplateProperties NodeTemplateRelationship NodeTemplateRelationshipProperties "
        "NodeTemplateRelationshipTarget NodeTemplateRelationshipType NodeTemplateRelationships "
        "NodeTemplateType NodeTemplates Requirement Value _data_types _get_plugins_from_operations "
        "_instances_predicate _node_template_node_type_predicate "
        "_node_template_related_nodes_predicate _node_template_relationship_type_predicate "
        "_node_types _operation _plugins _post_process_node_relationships "
        "_process_node_relationships_operations _process_nodes_plugins _process_operations "
        "_relationships _validate_agent_plugins_on_host_nodes _version constants copy exceptions "
        "interfaces_parser misc scalable utils"
    ),
    "dsl_parser.elements.node_types": (
        "Dict NodeType NodeTypeProperties NodeTypeProperty NodeTypeRuntimeProperties "
        "NodeTypeRuntimeProperty NodeTypes _data_types constants interfaces_parser operation "
        "requirements types utils"
    ),
    "dsl_parser.elements.operation": (
        "Dict DictElement Element Interface Leaf NodeTemplateInterface NodeTemplateInterfaces "
        "NodeTemplateOperation NodeTemplateOperationInputs NodeTypeInterface NodeTypeInterfaces "
        "NodeTypeOperation NodeTypeOperationInputs Operation OperationExecutor "
        "OperationImplementation OperationMaxRetries OperationRetryInterval OperationTimeout "
        "OperationTimeoutRecoverable _is_inline_script _is_local_script_resource_exists "
        "_is_remote_script_resource _version constants copy exceptions inputs no_op_operation "
        "numbers operation process_interface_operations process_operation utils workflow_operation"
    ),
    "dsl_parser.elements.plugins": (
        "Dict DictElement Element Leaf Plugin PluginDistribution PluginDistributionRelease "
        "PluginDistributionVersion PluginExecutor PluginInstall PluginInstallArguments "
        "PluginPackageName PluginPackageVersion PluginProperties PluginPropertiesDescription "
        "PluginProperty PluginPropertyValue PluginSource PluginSupportedPlatform "
        "PluginVersionValidatedElement Plugins SchemaPropertyDescription SchemaPropertyDisplayLabel "
        "SchemaPropertyType constants element_version exceptions"
    ),
    "dsl_parser.elements.policies": (
        "DiGraph Dict DictElement Element Group GroupMember GroupMembers GroupPolicies GroupPolicy "
        "GroupPolicyProperties GroupPolicyTrigger GroupPolicyTriggerParameters "
        "GroupPolicyTriggerType GroupPolicyTriggers GroupPolicyType Groups Leaf List Policies "
        "Policy PolicyInstanceTarget PolicyInstanceTargets PolicyInstanceType PolicyTrigger "
        "PolicyTriggerParameters PolicyTriggerSource PolicyTriggers PolicyType PolicyTypeProperties "
        "PolicyTypeSource PolicyTypes Value _node_templates _version ancestors constants data_types "
        "exceptions itertools recursive_simple_cycles scalable utils"
    ),
    "dsl_parser.elements.relationships": (
        "Dict Relationship Relationships Requirement Value _data_types _plugins "
        "_validate_relationship_fields constants interfaces_parser misc operation types utils"
    ),
    "dsl_parser.elements.scalable": (
        "DefaultInstances DictElement Element Instances Leaf MaxInstances MinInstances "
        "NonNegativeInstances Properties constants exceptions functions"
    ),
    "dsl_parser.elements.types": (
        "DataTypeDerivedFrom DerivedFrom DictElement Element Leaf RelationshipDerivedFrom Type "
        "TypeDerivedFrom Types derived_from_predicate exceptions"
    ),
    "dsl_parser.elements.version": "Element Leaf ToscaDefinitionsVersion _version exceptions models",
    "dsl_parser.elements.workflows": (
        "Constraint Constraints Dict DictElement Element Leaf List NodeTypeName "
        "ParameterSchemaProperty ParameterSchemaPropertyDefault Requirement Value Workflow "
        "WorkflowAvailabilityNodeInstancesActive WorkflowAvailabilityNodeTypesRequired "
        "WorkflowAvailabilityRules WorkflowAvailable WorkflowIsCascading WorkflowMapping "
        "WorkflowParameters Workflows _plugins _version constants constraints data_types exceptions "
        "misc operation sibling_predicate utils"
    ),
    "dsl_parser.exceptions": (
        "ConstraintException DSLParsingElementMatchException DSLParsingException "
        "DSLParsingFormatException DSLParsingInputTypeException DSLParsingLogicException "
        "DSLParsingSchemaAPIException ERROR_CODE_CYCLE ERROR_CODE_DSL_DEFINITIONS_VERSION_MISMATCH "
        "ERROR_CODE_ILLEGAL_VALUE_ACCESS ERROR_DISPLAY_FOR_INVALID_TYPE "
        "ERROR_GROUP_AND_NODE_TEMPLATE_SAME_NAME ERROR_GROUP_CYCLE "
        "ERROR_HIDDEN_REQUIRED_INPUT_NO_DEFAULT ERROR_INPUT_VIOLATES_DATA_TYPE_SCHEMA "
        "ERROR_INPUT_WITH_FUNCS_AND_CONSTRAINTS ERROR_INSTANCES_DEPLOY_AND_CAPABILITIES "
        "ERROR_INTRINSIC_FUNCTION_NOT_PERMITTED ERROR_INVALID_CHARS "
        "ERROR_INVALID_CONSTRAINT_ARGUMENT ERROR_INVALID_DICT_VALUE ERROR_INVALID_IMPORT_PROPERTIES "
        "ERROR_INVALID_IMPORT_SPECS ERROR_INVALID_INSTANCES ERROR_INVALID_ITEM_TYPE "
        "ERROR_INVALID_LITERAL_INSTANCES ERROR_INVALID_TYPE_NAME ERROR_ITEM_TYPE_FOR_INVALID_TYPE "
        "ERROR_MISSING_PROPERTY ERROR_MULTIPLE_GROUPS ERROR_NON_CONTAINED_GROUP_MEMBERS "
        "ERROR_NON_GROUP_TARGET ERROR_NO_TARGETS ERROR_UNDEFINED_PROPERTY ERROR_UNKNOWN_TYPE "
        "ERROR_UNSUPPORTED_POLICY ERROR_VALUE_DOES_NOT_MATCH_TYPE EvaluationRecursionLimitReached "
        "FunctionEvaluationError FunctionValidationError IllegalAllToOneState "
        "IllegalConnectedToConnectionType InputEvaluationError MissingRequiredInputError "
        "UnknownInputError UnknownSecretError UnknownSysEntityError UnknownSysPropertyError "
        "UnsupportedAllToOneInGroup UnsupportedGetSecretError UnsupportedRelationship"
    ),
    "dsl_parser.framework": "",
    "dsl_parser.framework.elements": (
        "Dict DictElement DictNoDefaultElement Element ElementType Leaf List StringIO UNPARSED "
        "UnknownElement UnknownSchema Unparsed _version copy exceptions holder"
    ),
    "dsl_parser.framework.parser": (
        "Context DiGraph NetworkXUnfeasible Parser Requirement SKIP_NAMESPACE_FLAG "
        "SchemaAPIValidator _BatchDependency _expected_type_message _parser _py_type_to_user_type "
        "_schema_validator constants descendants elements exceptions fractions functions holder "
        "math numbers parse recursive_simple_cycles sibling_predicate utils validate_schema_api"
    ),
    "dsl_parser.framework.requirements": "Requirement Value sibling_predicate",
    "dsl_parser.functions": (
        "AVAILABLE_NODE_TARGETS Any CAPABILITIES Concat Dict EVAL_FUNCS_PATH_DEFAULT_PREFIX "
        "EVAL_FUNCS_PATH_PREFIX_KEY Function GetAttribute GetAttributesDict GetAttributesList "
        "GetCapability GetConsumers GetEnvironmentCapability GetGroupCapability GetInput GetLabel "
        "GetProperty GetSecret GetSys HYBRID_FUNC IDDFindingHandler IDDSpec "
        "InterDeploymentDependencyCreatingFunction MergeDicts NODE_INSTANCES OUTPUTS RUNTIME_FUNC "
        "RecursionLimit SELF SOURCE STATIC_FUNC SecretFindingHandler StringFind StringLower "
        "StringReplace StringSplit StringUpper TARGET TEMPLATE_FUNCTIONS Union "
        "ValidateArgumentMixin _EvaluationHandler _PlanEvaluationHandler _RuntimeEvaluationHandler "
        "_args_to_str_func _clean_invalid_secrets _contains_legal_nested_attribute_path_items "
        "_convert_attribute_list_to_python_syntax_string _get_attribute_from_node_instance "
        "_get_property_value _is_legal_nested_attribute_path _register_entry_point_functions "
        "_validate_no_functions_in_args _validate_ref abc collections constants "
        "evaluate_capabilities evaluate_functions evaluate_node_functions "
        "evaluate_node_instance_functions evaluate_outputs exceptions find_requirements "
        "get_function get_nested_attribute_value_of_capability json limit_recursion parse "
        "parse_simple_type_value pkg_resources plan_evaluation_handler register "
        "runtime_evaluation_handler scan unregister validate_functions wraps"
    ),
    "dsl_parser.holder": "Holder",
    "dsl_parser.import_resolver": "",
    "dsl_parser.import_resolver.abstract_import_resolver": (
        "AbstractImportResolver DEFAULT_REQUEST_TIMEOUT DEFAULT_RETRY_DELAY MAX_NUMBER_RETRIES abc "
        "exceptions get_resource_from_manager is_remote_resource read_import requests time"
    ),
    "dsl_parser.import_resolver.default_import_resolver": (
        "AbstractImportResolver DEFAULT_RESLOVER_RULES_KEY DEFAULT_RULES DSLParsingLogicException "
        "DefaultImportResolver DefaultResolverValidationException glob os re read_import"
    ),
    "dsl_parser.interfaces": "",
    "dsl_parser.interfaces.constants": "INTERFACES NO_OP SOURCE_INTERFACES TARGET_INTERFACES utils",
    "dsl_parser.interfaces.interfaces_merger": "InterfaceMerger InterfacesMerger OperationMerger",
    "dsl_parser.interfaces.interfaces_parser": (
        "InterfacesMerger NodeTemplateNodeTypeOperationMerger NodeTypeNodeTypeOperationMerger "
        "RelationshipTypeRelationshipInstanceOperationMerger "
        "RelationshipTypeRelationshipTypeOperationMerger "
        "merge_node_type_and_node_template_interfaces merge_node_type_interfaces "
        "merge_relationship_type_and_instance_interfaces merge_relationship_type_interfaces"
    ),
    "dsl_parser.interfaces.operation_merger": (
        "NO_OP NodeTemplateNodeTypeOperationMerger NodeTypeNodeTypeOperationMerger OperationMerger "
        "RelationshipTypeRelationshipInstanceOperationMerger "
        "RelationshipTypeRelationshipTypeOperationMerger merge_schema_and_instance_inputs "
        "operation_mapping"
    ),
    "dsl_parser.interfaces.utils": (
        "DSLParsingLogicException ERROR_MISSING_PROPERTY _retrieve_types "
        "merge_schema_and_instance_inputs no_op no_op_operation operation operation_mapping utils "
        "validate_missing_inputs"
    ),
    "dsl_parser.models": "Plan Version",
    "dsl_parser.multi_instance": (
        "constants copy create_deployment_plan filter_out_node_instances models modify_deployment rel_graph"
    ),
    "dsl_parser.parser": (
        "DefaultImportResolver _parse _resolve_blueprint_imports blueprint constraints functions "
        "parse parse_from_import_blueprint parse_from_path parser utils"
    ),
    "dsl_parser.rel_graph": (
        "ALL_TO_ALL ALL_TO_ONE CONNECTED_TO_REL_TYPE CONNECTION_TYPE CONTAINED_IN_REL_TYPE "
        "Container Context DEPENDS_ON_REL_TYPE DiGraph GROUP_CONTAINED_IN_REL_TYPE NI_ID_ALPHABET "
        "NI_ID_LEN NODES RELATIONSHIPS _add_connected_to_and_depends_on_relationships "
        "_build_and_update_node_instances _build_multi_instance_node_tree_rec "
        "_build_previous_target_ids_for_all_to_one _build_scaling_groups_map _extract_contained "
        "_get_all_to_one_relationship_target_id _get_hints _graph_diff _graph_diff_relationships "
        "_handle_connected_to_and_depends_on _handle_contained_in _handle_host_instance_id "
        "_handle_removed_instances _node_id_from_node _node_id_from_node_instance "
        "_node_instance_copy _node_instance_id _partition_source_and_target_instances "
        "_relationship_instance_copy _relationship_type_hierarchy_includes_one_of "
        "_verify_and_get_connection_type _verify_no_unsupported_relationships ascii_lowercase "
        "build_deployment_node_graph build_node_graph build_previous_deployment_node_graph choice "
        "collections constants copy descendants digits exceptions extract_added_node_instances "
        "extract_added_relationships extract_node_instances extract_removed_node_instances "
        "extract_removed_relationships generate_id utils weakly_connected_components"
    ),
    "dsl_parser.scan": (
        "CAPABILITIES CAPABILITIES_SCOPE DEPLOYMENT_SETTINGS DEPLOYMENT_SETTINGS_SCOPE INPUTS "
        "LABELS LABELS_SCOPE NODES NODE_TEMPLATE_RELATIONSHIP_SCOPE NODE_TEMPLATE_SCOPE OPERATIONS "
        "OUTPUTS OUTPUTS_SCOPE POLICIES POLICIES_SCOPE PROPERTIES SCALING_GROUPS "
        "SCALING_GROUPS_SCOPE _scan_operations scan_node_operation_properties scan_node_template "
        "scan_properties scan_service_template"
    ),
    "dsl_parser.tasks": (
        "DATA_TYPES DEFAULT INPUTS INTER_DEPLOYMENT_FUNCTIONS ITEM_TYPE List TYPE __all__ "
        "_find_idd_creating_functions _find_rel_target_by_iddspec _find_secrets _format_idds "
        "_process_functions _set_plan_inputs _validate_secrets constraints copy exceptions "
        "functions json models modify_deployment multi_instance parse_dsl parser "
        "prepare_deployment_plan scan utils"
    ),
    "dsl_parser.utils": (
        "DefaultImportResolver NAMESPACE_DELIMITER NetworkXError NetworkXUnfeasible "
        "RESLOVER_PARAMETERS_KEY RESOLVER_IMPLEMENTATION_KEY Request ResolverInstantiationError "
        "TEMPLATE_FUNCTIONS URLError _merge_flattened_schema_and_instance_properties "
        "_property_description add_values_node_description cast_to_type "
        "check_if_overridable_cloudify_type constants contextlib copy create_import_resolver "
        "exceptions find_namespace_location find_suffix_matches_in_list flatten_schema "
        "generate_namespaced_value get_class get_class_instance get_function importlib "
        "is_blueprint_import is_plugin_import is_valid_url load_yaml "
        "merge_schema_and_instance_properties merge_schemas numbers parse_simple_type_value "
        "parse_value re remove_blueprint_import_prefix remove_dsl_keys remove_namespace sys "
        "topological_sort url_exists urlopen urlparse yaml yaml_loader"
    ),
    "dsl_parser.version": (
        "DSLParsingLogicException DSL_VERSION_1_0 DSL_VERSION_1_1 DSL_VERSION_1_2 DSL_VERSION_1_3 "
        "DSL_VERSION_1_4 DSL_VERSION_1_5 DSL_VERSION_PREFIX SUPPORTED_VERSIONS VERSION collections "
        "parse_dsl_version process_dsl_version validate_dsl_version version_description"
    ),
    "dsl_parser.yaml_loader": (
        "Composer DSLParsingInputTypeException ERROR_INVALID_CHARS HolderConstructor MarkedLoader "
        "Parser Reader Resolver SafeConstructor Scanner holder load"
    ),
    "script_runner": "",
    "script_runner.constants": (
        "DEFAULT_POWERSHELL_EXECUTABLE POWERSHELL_SCRIPT_FILE_EXTENSION PYTHON_SCRIPT_FILE_EXTENSION"
    ),
    "script_runner.eval_env": "setup_env_and_globals",
    "script_runner.tasks": (
        "CTX_SOCKET_URL DEFAULT_TASK_LOG_DIR HTTPCtxProxy ILLEGAL_CTX_OPERATION_ERROR IS_WINDOWS "
        "NonRecoverableError OutputConsumer POLL_LOOP_INTERVAL POLL_LOOP_LOG_ITERATIONS "
        "ProcessException ScriptException StubCtxProxy UNSUPPORTED_SCRIPT_FEATURE_ERROR "
        "_get_process_environment _get_target_path _prepare_ssl_cert _script_source_to_file ast "
        "codecs constants contextmanager create_process_config create_temp_folder download_resource "
        "eval_env eval_script execute execute_workflow get_exec_tempdir get_run_script_func json "
        "operation operation_ctx os process_ctx_request process_execution re requests run shutil "
        "start_ctx_proxy subprocess sys tempfile textwrap time treat_script_as_powershell_script "
        "treat_script_as_python_script workflow workflows_ctx"
    ),
}
