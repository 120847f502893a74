"""The one factory for Temporal clients."""

from temporalio.client import Client, TLSConfig
from temporalio.runtime import PrometheusConfig, Runtime, TelemetryConfig


async def connect(
    address: str,
    *,
    namespace: str = "default",
    api_key: str | None = None,
    tls: TLSConfig | bool = False,
    lazy: bool = False,
    metrics_address: str | None = None,
) -> Client:
    """A client. With ``lazy`` it connects at the first call, so the API can start while the engine is away."""
    runtime = None
    if metrics_address is not None:
        runtime = Runtime(telemetry=TelemetryConfig(metrics=PrometheusConfig(bind_address=metrics_address)))
    return await Client.connect(
        address, namespace=namespace, api_key=api_key, tls=tls, lazy=lazy, runtime=runtime
    )
