"""The demo company: made-up people and shops in Shanghai, loaded through the same commands everybody uses.

Real data comes in with `roundsman import`; nothing here is used outside the demo.
"""

from roundsman.demo.company import ACCOUNTS, PASSWORD
from roundsman.demo.load import load
from roundsman.demo.sales import DAYS

__all__ = ["ACCOUNTS", "DAYS", "PASSWORD", "load"]
