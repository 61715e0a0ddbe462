"""A customer here: a shop or person we visit or sell to, with contacts, an owner, a territory and a pin on the map.

Price levels, credit and orders are other domains' business.
"""
