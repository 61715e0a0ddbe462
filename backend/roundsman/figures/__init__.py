"""Figures: who sold, collected and visited what, where and when, always ready.

A fact is what a document comes to by whom, where, for whom and on which days; sums of facts by period stand beside them
and are kept in the unit of work that writes the document. Facts follow from documents alone: they can be made again.
"""
