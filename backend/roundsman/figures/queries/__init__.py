"""Reads of figures: facts made from documents (documents.py), rankings (rankings.py) and what stands behind them
(drill.py), found once for all who ask at the same moment (sharing.py).
"""
