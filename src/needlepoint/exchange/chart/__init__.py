"""The body chart on this machine: draw the pain in a browser, and see at once which muscles could explain it."""

from needlepoint.exchange.chart.layers import chart_layers, chart_names
from needlepoint.exchange.chart.server import ChartPage, serve

__all__ = ["ChartPage", "chart_layers", "chart_names", "serve"]
