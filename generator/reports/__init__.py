"""Diagnostics as text and as data; every format is a pure function of a :class:`Report`."""

from generator.reports.base import Counts, Report

__all__ = ["Counts", "Report"]
