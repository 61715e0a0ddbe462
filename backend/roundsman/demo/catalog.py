"""The demo's goods and prices: drinks, snacks and daily goods in bottles and cases, a shirt in colours and sizes, and
what each level and one customer pay for them. Brands are made up; barcodes are of the range shops number themselves in.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from roundsman.core.barcodes import check_digit_of
from roundsman.core.times import add_days, day_on
from roundsman.demo.doing import Doer, id_of

GOODS: Final[tuple[tuple[tuple[str, ...], str, tuple[str, ...]], ...]] = (
    # Category; brand; "name, what it varies by and its value, base unit, case, pieces in a case, price, cost".
    (
        ("饮料", "水"),
        "清泉谷",
        (
            "清泉谷饮用天然水|规格=380ml|瓶|箱24|1.2|0.78",
            "清泉谷饮用天然水|规格=550ml|瓶|箱24|1.5|0.95",
            "清泉谷饮用天然水|规格=1.5L|瓶|箱12|2.8|1.9",
            "清泉谷饮用天然水|规格=5L|桶|箱4|8.5|5.9",
            "清泉谷苏打水|规格=410ml|瓶|箱15|3.2|2.1",
        ),
    ),
    (
        ("饮料", "茶饮"),
        "茗山",
        (
            "茗山茉莉花茶|规格=500ml|瓶|箱15|2.6|1.75",
            "茗山乌龙茶无糖|规格=500ml|瓶|箱15|3.1|2.15",
            "茗山冰红茶|规格=500ml|瓶|箱15|2.4|1.6",
            "茗山冰红茶|规格=1L|瓶|箱12|3.8|2.6",
            "茗山柠檬绿茶|规格=500ml|瓶|箱15|2.4|1.6",
        ),
    ),
    (
        ("饮料", "汽水"),
        "气泡岛",
        (
            "气泡岛可乐|规格=330ml|罐|箱24|1.9|1.3",
            "气泡岛可乐|规格=500ml|瓶|箱24|2.5|1.7",
            "气泡岛可乐|规格=2L|瓶|箱6|5.8|4.1",
            "气泡岛柠檬汽水|规格=330ml|罐|箱24|1.9|1.3",
            "气泡岛橙味汽水|规格=500ml|瓶|箱24|2.5|1.7",
        ),
    ),
    (
        ("饮料", "果汁乳品"),
        "果园里",
        (
            "果园里橙汁|规格=1L|盒|箱12|9.8|7.2",
            "果园里苹果汁|规格=1L|盒|箱12|9.8|7.2",
            "果园里山楂汁|规格=350ml|瓶|箱15|4.6|3.1",
            "牧野纯牛奶|规格=250ml|盒|箱16|2.7|2.05",
            "牧野酸奶饮品原味|规格=200ml|瓶|箱24|2.2|1.55",
        ),
    ),
    (
        ("零食", "膨化"),
        "脆多多",
        (
            "脆多多薯片原味|规格=75g|袋|箱22|4.5|3.05",
            "脆多多薯片番茄味|规格=75g|袋|箱22|4.5|3.05",
            "脆多多薯片原味|规格=145g|袋|箱12|8.2|5.7",
            "脆多多虾条|规格=60g|袋|箱24|3.2|2.1",
            "脆多多玉米棒|规格=50g|袋|箱30|2.4|1.5",
        ),
    ),
    (
        ("零食", "饼干糕点"),
        "麦香村",
        (
            "麦香村苏打饼干|规格=400g|袋|箱12|9.9|6.8",
            "麦香村夹心饼干巧克力味|规格=97g|条|箱24|3.6|2.4",
            "麦香村夹心饼干草莓味|规格=97g|条|箱24|3.6|2.4",
            "麦香村蛋黄派|规格=6枚|盒|箱16|8.8|6.1",
            "麦香村沙琪玛|规格=368g|袋|箱10|11.5|8.2",
        ),
    ),
    (
        ("零食", "坚果糖果"),
        "甜野",
        (
            "甜野每日坚果|规格=25g|袋|箱60|3.9|2.7",
            "甜野五香瓜子|规格=160g|袋|箱24|5.2|3.6",
            "甜野花生牛轧糖|规格=500g|袋|箱20|15.8|11.2",
            "甜野薄荷糖|规格=50g|瓶|盒12|5.6|3.7",
            "甜野山楂卷|规格=100g|袋|箱40|3.4|2.2",
        ),
    ),
    (
        ("零食", "方便食品"),
        "面当家",
        (
            "面当家红烧牛肉面|规格=桶装|桶|箱12|4.2|3.05",
            "面当家老坛酸菜面|规格=桶装|桶|箱12|4.2|3.05",
            "面当家红烧牛肉面|规格=五连包|袋|箱6|12.5|9.4",
            "面当家自热米饭鱼香肉丝|规格=320g|盒|箱12|13.8|9.9",
            "面当家火腿肠|规格=60g|支|箱50|1.6|1.08",
        ),
    ),
    (
        ("粮油调味",),
        "丰谷",
        (
            "丰谷东北大米|规格=5kg|袋|件4|32.8|26.5",
            "丰谷高筋小麦粉|规格=2.5kg|袋|件8|15.9|12.1",
            "丰谷菜籽油|规格=5L|桶|箱4|68.0|56.0",
            "丰谷生抽酱油|规格=500ml|瓶|箱12|7.6|5.2",
            "丰谷陈醋|规格=420ml|瓶|箱12|5.9|3.9",
            "丰谷加碘盐|规格=400g|袋|箱50|2.2|1.5",
        ),
    ),
    (
        ("日用品", "纸品"),
        "柔舒",
        (
            "柔舒抽纸三层|规格=100抽×3包|提|箱20|7.9|5.6",
            "柔舒卷纸四层|规格=10卷|提|箱8|19.8|14.6",
            "柔舒手帕纸|规格=10包|条|箱36|5.5|3.7",
            "柔舒湿巾|规格=80片|包|箱24|6.8|4.5",
        ),
    ),
    (
        ("日用品", "洗护"),
        "净白",
        (
            "净白洗洁精|规格=1kg|瓶|箱12|8.6|5.9",
            "净白洗衣液|规格=2kg|瓶|箱6|21.8|15.4",
            "净白洗衣液|规格=500g补充装|袋|箱20|5.8|3.9",
            "净白洗衣皂|规格=200g×2块|组|箱30|6.2|4.3",
            "净白香皂|规格=100g|块|箱72|2.9|1.85",
            "净白牙膏薄荷|规格=120g|支|箱48|7.4|4.8",
            "净白洗手液|规格=500ml|瓶|箱12|9.2|6.2",
        ),
    ),
    (
        ("日用品", "杂货"),
        "家常用",
        (
            "家常用五号电池|规格=4节|卡|盒12|8.8|5.6",
            "家常用保鲜膜|规格=30cm×20m|卷|箱36|6.5|4.2",
            "家常用垃圾袋|规格=45×50cm 100只|卷|箱40|7.2|4.7",
            "家常用一次性纸杯|规格=50只|条|箱40|6.0|3.9",
            "家常用竹筷|规格=10双|把|箱100|9.5|6.4",
        ),
    ),
)
SHIRT: Final = ("纯棉圆领T恤", "素日", ("白色", "黑色", "藏青"), ("M", "L", "XL", "XXL"))
"""Name, brand, colours and sizes."""
SHARES: Final = {"gold": (88, 85), "silver": (93, 90)}
"""What a level pays of the list price, in hundredths: of any quantity, and from five cases on."""


def goods() -> Iterator[dict[str, Any]]:
    """Rows of `catalog.import_rows`, as a sheet would bring them."""
    number = 0
    for category, brand, lines in GOODS:
        for line in lines:
            name, value, unit, case, price, cost = line.split("|")
            number += 1
            yield {
                **_row(number, name, brand, category),
                "axes": [value.partition("=")[0]],
                "spec": [value.partition("=")[2]],
                "unit": unit,
                "pack_unit": case[0],
                "factor": int(case[1:]),
                "pack_barcode": _barcode(f"120{number:010d}"),
                "price_e4": round(float(price) * 10_000),
                "cost_e4": round(float(cost) * 10_000),
            }
    name, brand, colours, sizes = SHIRT
    for colour in colours:
        for size in sizes:
            number += 1
            yield {
                **_row(number, name, brand, ("服装", "上衣")),
                "axes": ["颜色", "尺码"],
                "spec": [colour, size],
                "unit": "件",
                "minimum_e3": 2000,
                "price_e4": 390_000,
                "cost_e4": 215_000,
            }


def _row(number: int, name: str, brand: str, category: tuple[str, ...]) -> dict[str, Any]:
    return {
        "row": number,
        "product_id": id_of("product", name),
        "variant_id": id_of("variant", number),
        "name": name,
        "code": f"S{number:04d}",
        "brand": brand,
        "category": list(category),
        "barcode": _barcode(f"20{number:010d}"),
    }


def _barcode(digits: str) -> str:
    return digits + check_digit_of(digits)


async def load_catalog(does: Doer, customer_id: str) -> None:
    """The goods, what the levels pay for them, and a few prices agreed with one customer."""
    rows = list(goods())
    await does("wu", "catalog.use_starter", starter="clothing")
    await does("wu", "catalog.import_rows", rows=rows)
    begins = add_days(day_on(does.now), -28)
    for level, (plain, many) in SHARES.items():
        list_id = id_of("price list", level)
        await does(
            "zhou",
            "catalog.set_price_list",
            list_id=list_id,
            name=f"{'金牌' if level == 'gold' else '银牌'}价格表",
            level_id=id_of("level", level),
            from_on=begins,
        )
        prices = [_price(row, plain, many) for row in rows]
        # Ten cases of water bring one more.
        prices[1]["gifts"] = [
            {
                "every_e3": 10 * 24_000,
                "variant_id": rows[1]["variant_id"],
                "unit": "箱",
                "quantity_e3": 1000,
            }
        ]
        await does("zhou", "catalog.set_prices", list_id=list_id, prices=prices)
    list_id = id_of("price list", "customer")
    await does(
        "zhou",
        "catalog.set_price_list",
        list_id=list_id,
        name="协议价",
        customer_id=customer_id,
        from_on=begins,
    )
    agreed = [_price(row, 84, 84) for row in (rows[1], rows[10], rows[40])]
    await does("zhou", "catalog.set_prices", list_id=list_id, prices=agreed)


def _price(row: dict[str, Any], plain: int, many: int) -> dict[str, Any]:
    """A price of a base unit, lower from five cases on."""
    price_e4 = row["price_e4"]
    breaks = [[0, price_e4 * plain // 100]]
    if many < plain:
        breaks.append([5 * row.get("factor", 4) * 1000, price_e4 * many // 100])
    return {"variant_id": row["variant_id"], "unit": row["unit"], "breaks": breaks}
