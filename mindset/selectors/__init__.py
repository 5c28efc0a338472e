"""Reads of this pillar that other apps use."""

from mindset.selectors.summary import pillar_summary

__all__ = ["pillar_summary"]
