"""Suggestions for unlinked collaborations: evidence, candidates, points, bands. Pure: no SQL, no Qt.

A suggestion is never a link: a person decides. ``CustomerIndex`` finds candidates, ``compare`` gives the
evidence row by row, ``suggest`` puts a suggestion together by the rules of the domain.
"""
