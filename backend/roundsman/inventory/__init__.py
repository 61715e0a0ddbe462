"""The inventory says where goods are: a ledger of movements per warehouse, and what is reserved of what is on
hand. It knows documents only as the source of a movement.
"""
