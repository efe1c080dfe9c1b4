"""Emergencies first: what a user tells of danger is answered with emergency advice before any model speaks.

The signs, their words and sources are the table of the check `red_flag`; reading them in a chat is this room's.
"""

from pedcorpus.inference.emergency.advice import Emergency, emergency_in

__all__ = ["Emergency", "emergency_in"]
