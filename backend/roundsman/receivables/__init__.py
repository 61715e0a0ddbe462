"""Receivables are what customers owe and paid: items with a due day, collections allocated to them, and how far
a customer is trusted. It knows documents only as the source of an item.
"""
