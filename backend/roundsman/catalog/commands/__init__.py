"""Every write of the catalog, by what it writes. How goods and prices are judged is in rules."""

from roundsman.catalog.commands.categories import set_category, use_starter
from roundsman.catalog.commands.importing import import_goods
from roundsman.catalog.commands.lists import set_price_list, set_prices
from roundsman.catalog.commands.pictures import set_pictures
from roundsman.catalog.commands.products import add_product, edit_product, put_on_sale
from roundsman.catalog.commands.variants import set_costs, set_variants

COMMANDS = (
    set_category,
    use_starter,
    add_product,
    edit_product,
    set_variants,
    put_on_sale,
    set_pictures,
    set_price_list,
    set_prices,
    import_goods,
)

__all__ = ["COMMANDS", "set_costs"]
