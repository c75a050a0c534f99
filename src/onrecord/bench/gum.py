"""GUM (Zeldes 2017) attributions: read and scored as PolNeAR, with other conventions for content and source."""

from onrecord.bench.polnear import run

__all__ = ["run"]
