def api() -> None:
    """Serve the API and the pages until SIGTERM.

    Listens on KINERJA_API_HOST and KINERJA_API_PORT (127.0.0.1:8080 unless set).

    Example: KINERJA_API_PORT=8443 kinerja api
    """
    from service.api.serving import run_api
    from service.cli.servers import reachable
    from service.configuration.structured_logging import configure_logging
    from service.web.pages import pages

    settings = reachable("database_url", "temporal_address")
    configure_logging(settings.log_format, settings.log_level)
    run_api(settings, pages)
