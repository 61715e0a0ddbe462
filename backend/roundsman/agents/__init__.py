"""An agent is a reselling customer who orders for himself: invited, approved, of a level, under an upline. What
he orders is the orders domain's; what programmes owe him comes later.
"""
