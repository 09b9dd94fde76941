"""Hypothesis without a stop watch: a busy machine is no failing example."""

from hypothesis import settings

settings.register_profile("patient", deadline=None, max_examples=60)
settings.load_profile("patient")
