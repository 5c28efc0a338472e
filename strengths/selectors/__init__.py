"""Reads of strengths and supporters that other apps use, and what the record says about this pillar."""

from strengths.selectors.people import callable_people, my_people, supporter_of, whole_map
from strengths.selectors.reach_outs import reach_out_of, reach_outs_of
from strengths.selectors.strengths import my_strengths, shared_names
from strengths.selectors.summary import pillar_summary

__all__ = ["callable_people", "my_people", "my_strengths", "pillar_summary", "reach_out_of", "reach_outs_of", "shared_names", "supporter_of", "whole_map"]
