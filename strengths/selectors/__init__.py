"""Reads of strengths, their moments and supporters that other apps use, and what the record says about this pillar."""

from strengths.selectors.episodes import moment_of, moments_of
from strengths.selectors.people import callable_people, my_people, supporter_of, whole_map, words_of_picks
from strengths.selectors.reach_outs import reach_out_of, reach_outs_of
from strengths.selectors.strengths import group_of, my_strengths, noted_ever, same_strength, shared_names, standing, strength_of, taken_off
from strengths.selectors.summary import pillar_summary

__all__ = [
    "callable_people",
    "group_of",
    "moment_of",
    "moments_of",
    "my_people",
    "my_strengths",
    "noted_ever",
    "pillar_summary",
    "reach_out_of",
    "reach_outs_of",
    "same_strength",
    "shared_names",
    "standing",
    "strength_of",
    "supporter_of",
    "taken_off",
    "whole_map",
    "words_of_picks",
]
