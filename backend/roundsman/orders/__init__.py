"""An order is what a customer wants, through its whole life: placed on a phone or at a desk, priced by the
server, reviewed, reserved, shipped, signed; or cancelled, or come back.
"""
