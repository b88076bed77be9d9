"""Names that releases before cloudify-common 7.0.5 had and it has not; `*` is the module.

Made by `python -m tools.cloudify_names`.
"""

from __future__ import annotations

from typing import Final

VERSION: Final = "7.0.5"
FORMER: Final[dict[str, str]] = {
    "cloudify": "ssl",
    "cloudify._compat": (
        "* ABC ABCMeta PY2 SafeConfigParser StringIO __all__ builtins exec_ httplib os parse_qs "
        "parse_version pathname2url queue reraise stdlib_uuid4 sys text_type unquote urlencode "
        "urljoin urlopen urlparse urlquote uuid4 xmlrpclib"
    ),
    "cloudify.amqp_client": (
        "AMQPClient CallbackRequestResponseHandler CloudifyEventsPublisher EVENTS_EXCHANGE_NAME "
        "LOGS_EXCHANGE_NAME NoWaitSendHandler ScheduledExecutionHandler _RequestResponseHandlerBase "
        "cluster create_client create_events_publisher exceptions sys uuid"
    ),
    "cloudify.amqp_client_utils": (
        "* AMQPWrappedThread ClosedAMQPClientException Event Queue RLock Thread "
        "_GlobalEventsPublisher _STOP amqp_client close_amqp_client get_amqp_client "
        "global_events_publisher global_management_events_publisher init_amqp_client "
        "init_events_publisher queue thread_local thread_storage"
    ),
    "cloudify.broker_config": (
        "* BROKER_URL BROKER_USE_SSL CELERYD_PREFETCH_MULTIPLIER CELERY_ACKS_LATE "
        "CELERY_RESULT_BACKEND CELERY_TASK_RESULT_EXPIRES DEFAULT_HEARTBEAT URL_TEMPLATE "
        "absolute_import broker_cert_path broker_heartbeat broker_hostname broker_password "
        "broker_port broker_ssl_enabled broker_username conf_file conf_file_path conf_handle config "
        "constants json options os ssl workdir_path"
    ),
    "cloudify.celery": "*",
    "cloudify.celery.gate_keeper": (
        "* GateKeeper GateKeeperStrategy Option Queue Request absolute_import bootsteps collections "
        "configure_app get_logger logger logging safe_repr task_reserved threading"
    ),
    "cloudify.celery.logging_server": (
        "* Formatter LOGFILE_BACKUP_COUNT LOGFILE_SIZE_BYTES Option Record ZMQLoggingServer "
        "ZMQLoggingServerBootstep absolute_import bootsteps configure_app functools get_logger json "
        "logger logging lru_cache os random server tempfile threading zmq"
    ),
    "cloudify.cluster": (
        "NotClusterMaster _get_certs_dir _get_cluster_settings_file _parse_url "
        "config_from_broker_urls constants delete_cluster_settings get_cluster_active "
        "get_cluster_amqp_settings get_cluster_nodes get_cluster_settings is_cluster_configured "
        "json os pika set_cluster_active set_cluster_nodes set_cluster_settings shutil"
    ),
    "cloudify.constants": (
        "CELERY_BROKER_URL_KEY CELERY_WORK_DIR_KEY CELERY_WORK_DIR_PATH_KEY "
        "CLOUDIFY_API_AUTH_TOKEN_HEADER MANAGER_FILE_SERVER_BLUEPRINTS_ROOT_URL_KEY "
        "MANAGER_FILE_SERVER_DEPLOYMENTS_ROOT_URL_KEY MANAGER_IP_KEY MANAGER_REST_PORT_KEY "
        "VIRTUALENV_PATH_KEY"
    ),
    "cloudify.deployment_dependencies": "create_deployment_dependency dependency_creator_generator",
    "cloudify.dispatch": (
        "AMQPWrappedThread CLOUDIFY_DISPATCH CloudifyClientError DISPATCH_LOGGER_FORMATTER "
        "ENV_ENCODING LockedFile PREINSTALLED_PLUGINS PY2 SYSTEM_DEPLOYMENT TimeoutWrapper "
        "amqp_client_utils contextmanager deserialize_known_exception plugin_installer shutil sleep "
        "subprocess tempfile workflow_context"
    ),
    "cloudify.endpoint": "jinja2",
    "cloudify.exceptions": "ProcessExecutionError",
    "cloudify.logs": (
        "ClosedAMQPClientException SystemWideWorkflowLoggingHandler ZMQLoggingHandler amqp_client "
        "amqp_client_utils amqp_event_out amqp_log_out json "
        "message_context_from_sys_wide_wf_context send_sys_wide_wf_event text_type time "
        "with_amqp_client wraps"
    ),
    "cloudify.lru_cache": "* collections functools ifilterfalse lru_cache",
    "cloudify.manager": "CloudifyClient get_cluster_settings urljoin urllib2",
    "cloudify.plugin_installer": "_platform_and_distro reraise",
    "cloudify.plugins.lifecycle": "get_install_subgraph_on_failure_handler get_subgraph_on_failure_handler",
    "cloudify.plugins.workflows": "add_plugins_to_install add_plugins_to_uninstall",
    "cloudify.proxy.client": "urllib2 zmq_client_req",
    "cloudify.proxy.server": "TCPCtxProxy UnixCtxProxy ZMQCtxProxy collections tempfile text_type",
    "cloudify.test_utils": "absolute_import",
    "cloudify.utils": (
        "BlockingRequestResponseHandler INSPECT_TIMEOUT _send_ping_task cluster "
        "get_manager_file_server_blueprints_root_url get_manager_file_server_deployments_root_url "
        "is_agent_alive pika"
    ),
    "cloudify.workflows.events": "Monitor OperationRetry tasks_api",
    "cloudify.workflows.local": "reraise sys text_type uuid",
    "cloudify.workflows.tasks": (
        "_GetNodeInstanceStateTask _LocalTask _SendNodeEventTask _SendWorkflowEventTask "
        "_SetNodeInstanceStateTask _UpdateExecutionStatusTask functools update_node_instance uuid"
    ),
    "cloudify.workflows.tasks_graph": "OP_TYPES json nx os",
    "cloudify.workflows.workflow_context": (
        "AMQPWrappedThread CloudifySystemWideWorkflowContext MGMTWORKER_QUEUE Queue "
        "SystemWideWfRemoteContextHandler SystemWideWorkflowLoggingHandler TASK_FAILED "
        "TASK_RESCHEDULED TASK_SUCCEEDED _GetNodeInstanceStateTask _SendNodeEventTask "
        "_SendWorkflowEventTask _SetNodeInstanceStateTask _TaskDispatcher "
        "_UpdateExecutionStatusTask _WorkflowTaskHandler amqp_client deserialize_known_exception "
        "exceptions get_node_instance is_agent_alive logging pika proxy send_sys_wide_wf_event "
        "send_workflow_node_event update_execution_status update_node_instance uuid"
    ),
    "cloudify_rest_client._compat": "* PY2 PY36PLUS __all__ pathname2url sys urlparse urlquote",
    "cloudify_rest_client.blueprints": "Execution VisibilityState urllib",
    "cloudify_rest_client.client": "PY36PLUS SearchClient UserTokensClient",
    "cloudify_rest_client.deployment_updates": "MultipartEncoder urllib warnings",
    "cloudify_rest_client.deployments": "VisibilityState",
    "cloudify_rest_client.filters": "VisibilityState",
    "cloudify_rest_client.inter_deployment_dependencies": "create_deployment_dependency",
    "cloudify_rest_client.manager": "__author__",
    "cloudify_rest_client.search": "* SearchClient __author__",
    "cloudify_rest_client.tokens": "UserTokensClient",
    "dsl_parser._compat": (
        "* ABC ABCMeta PY2 Request StringIO URLError __all__ pathname2url reraise sys text_type "
        "urljoin urlopen urlparse urlquote"
    ),
    "dsl_parser.constants": "TYPES_BASED_ON_DB_ENTITIES TYPES_WHICH_REQUIRE_DEPLOYMENT_ID_CONSTRAINT",
    "dsl_parser.constraints": (
        "TYPES_BASED_ON_DB_ENTITIES TYPES_WHICH_REQUIRE_DEPLOYMENT_ID_CONSTRAINT functions text_type"
    ),
    "dsl_parser.elements": "text_type",
    "dsl_parser.elements.data_types": "text_type",
    "dsl_parser.elements.deployment_schedules": "text_type",
    "dsl_parser.elements.imports": (
        "DiGraph ImportsGraph _extract_import_parts _insert_namespaces_mapping nx text_type topological_sort"
    ),
    "dsl_parser.elements.misc": "text_type",
    "dsl_parser.elements.node_templates": "text_type",
    "dsl_parser.elements.operation": "data_types text_type",
    "dsl_parser.elements.plugins": "text_type",
    "dsl_parser.elements.policies": "nx text_type topological_sort",
    "dsl_parser.elements.scalable": "text_type",
    "dsl_parser.elements.types": "text_type",
    "dsl_parser.elements.version": "text_type",
    "dsl_parser.elements.workflows": "text_type",
    "dsl_parser.framework.parser": "nx text_type topological_sort",
    "dsl_parser.functions": "ABC INTER_DEPLOYMENT_FUNCTIONS is_function text_type",
    "dsl_parser.import_resolver.abstract_import_resolver": "ABC retry",
    "dsl_parser.interfaces.operation_merger": "text_type",
    "dsl_parser.rel_graph": "_generate_id nx topological_sort weakly_connected_component_subgraphs",
    "dsl_parser.scan": "_collect_secret collect_secrets secrets",
    "dsl_parser.utils": "functions reraise text_type",
    "dsl_parser.version": "text_type",
    "script_runner.tasks": "HAS_ZMQ TCPCtxProxy UnixCtxProxy zmq",
}
