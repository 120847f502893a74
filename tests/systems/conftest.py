"""The service of the HTTP tests, for whole years under each system."""

from tests.service.api.conftest import api_engine, service, signer

__all__ = ("api_engine", "service", "signer")
