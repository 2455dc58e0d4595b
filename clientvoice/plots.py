"""Plots for papers and notebooks; needs the extra ``plots``.

>>> from clientvoice import plots
>>> plots.__all__
['plot_arc', 'plot_cues', 'plot_distribution', 'plot_rewrites', 'plot_trend']
"""

from clientvoice.reports.plots import plot_arc, plot_cues, plot_distribution, plot_rewrites, plot_trend

__all__ = ["plot_arc", "plot_cues", "plot_distribution", "plot_rewrites", "plot_trend"]
