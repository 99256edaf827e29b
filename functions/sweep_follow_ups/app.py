"""Asks how it is, some days after the parcel or the complaint."""

from shopbell.entry import sweep

handler = sweep("follow_ups")
