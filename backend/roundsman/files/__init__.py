"""Files here: photos taken as evidence, the bytes behind them, and how they arrive part by part.

What a photo is evidence of is the business of the domain that owns the record it belongs to.
"""
