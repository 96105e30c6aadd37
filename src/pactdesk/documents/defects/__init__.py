"""Defects that only the words show: one file per code or small family, all alike."""
