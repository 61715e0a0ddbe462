"""A visit here: check-in, steps and check-out at one customer, and the routes that plan it.

Who may be visited is the customers domain's business; the photos' bytes are the files domain's.
"""
