"""One sheet, many recipients: from its rows to parcels (reading.py), from parcels to the orders that would be placed
(previewing.py). Placing them is the same command as for any other order.
"""

from roundsman.orders.recipient_sheets.previewing import Preview, PreviewLine, preview_parcels
from roundsman.orders.recipient_sheets.reading import Parcel, parcels_in

__all__ = ["Parcel", "Preview", "PreviewLine", "parcels_in", "preview_parcels"]
