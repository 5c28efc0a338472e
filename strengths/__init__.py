"""Strengths and resources: personal strengths, and the people, pets, places and services around a client. Not for contacting any of them."""
