"""FHIR R4 records as what they tell: one person's Bundle here, a folder with many people in ``bulk``."""

from needlepoint.exchange.fhir.bundle import read_bundle

__all__ = ["read_bundle"]
