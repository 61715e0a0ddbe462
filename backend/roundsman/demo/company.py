"""Who and what the demo company is: people, territories, classes, shops. Only data; load.py puts it in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Account:
    """Somebody who can sign in; `where` is the territory and kind of membership, None for none."""

    login: str
    name: str
    title: str
    phone: str
    roles: tuple[str, ...]
    where: tuple[str, str] | None = None


PASSWORD = "xingshang"  # noqa: S105  # printed on the sign-in page of the demo

ACCOUNTS = (
    Account("chen", "陈安", "管理员 administrator", "13900000001", ("administrator",)),
    Account("zhou", "周敏", "经理 manager", "13900000002", ("manager",), ("east", "manager")),
    Account("wang", "王磊", "业务员 rep", "13900000003", ("rep",), ("pudong", "member")),
    Account("li", "李娜", "业务员 rep", "13900000004", ("rep",), ("xuhui", "member")),
    Account("wu", "吴静", "内勤 clerk", "13900000005", ("clerk",)),
    Account("zhao", "赵强", "代理商 agent", "13900000006", ("agent",)),
    Account("sun", "孙浩", "配送员 courier", "13900000007", ("courier",)),
)

LEVELS = (("gold", "金牌"), ("silver", "银牌"), ("bronze", "铜牌"))
"""Price levels, the best first."""

ASKING_AGENT = ("钱芳", "13900000008", "在小区里开微店，先卖零食饮料")
"""Name, mobile and note of an agent who waits to be approved."""

TERRITORIES = (
    ("company", None, "行商商贸"),
    ("east", "company", "华东区"),
    ("pudong", "east", "浦东"),
    ("xuhui", "east", "徐汇"),
)

CLASSES: tuple[dict[str, Any], ...] = (
    {"key": "corner", "name": "便利店", "geofence": "flag", "radius_m": 200, "photo_source": "any"},
    {"key": "market", "name": "商超", "geofence": "hard", "radius_m": 300, "photo_source": "camera"},
    {"key": "wholesale", "name": "批发部", "geofence": "none", "radius_m": 500, "photo_source": "any"},
)

STEPS: dict[str, tuple[dict[str, Any], ...]] = {
    "corner": (
        {
            "kind": "photo",
            "title": "门头照",
            "is_must": True,
            "settings": {"kinds": ["shopfront"], "minimum": 1},
        },
        {
            "kind": "photo",
            "title": "货架照",
            "settings": {"kinds": ["shelf", "price_tag", "competitor"], "minimum": 1},
        },
        {"kind": "note", "title": "店主反馈"},
    ),
    "market": (
        {"kind": "photo", "title": "陈列照", "is_must": True, "settings": {"kinds": ["shelf"], "minimum": 2}},
        {
            "kind": "form",
            "title": "陈列检查",
            "is_must": True,
            "settings": {
                "fields": [
                    {"key": "faces", "label": "排面数", "type": "number", "is_required": True},
                    {"key": "is_full", "label": "货架补满", "type": "yes_no", "is_required": True},
                    {
                        "key": "position",
                        "label": "陈列位置",
                        "type": "choice",
                        "choices": ["端架", "堆头", "货架中层", "货架底层"],
                    },
                    {"key": "next_on", "label": "下次补货", "type": "date"},
                    {"key": "remark", "label": "说明", "type": "text"},
                ]
            },
        },
        {"kind": "note", "title": "沟通记录"},
    ),
    "wholesale": ({"kind": "note", "title": "库存和要货", "is_must": True},),
}

CENTRES = {"pudong": (312_300_000, 1_215_400_000), "xuhui": (311_900_000, 1_214_400_000)}
"""Around which point a territory's shops lie: degrees × 10⁷."""

STREETS = {
    "pudong": (
        "浦东新区",
        ("世纪大道", "张杨路", "潍坊路", "崂山路", "乳山路", "源深路", "民生路", "灵山路"),
    ),
    "xuhui": (
        "徐汇区",
        ("天钥桥路", "漕溪路", "宜山路", "肇嘉浜路", "斜土路", "龙华西路", "中山南二路", "零陵路"),
    ),
}

FIRST = (
    "和平",
    "永兴",
    "家乐",
    "福满",
    "吉祥",
    "东升",
    "春晖",
    "新民",
    "百佳",
    "万家",
    "天天",
    "华联",
    "利民",
    "顺发",
    "悦来",
)
LAST = (
    ("便利店", "corner"),
    ("超市", "market"),
    ("烟酒店", "corner"),
    ("食品店", "corner"),
    ("批发部", "wholesale"),
)

HOLIDAYS = {
    2026: (
        ("01-01", "元旦"),
        ("05-01", "劳动节"),
        ("10-01", "国庆节"),
        ("10-02", "国庆节"),
        ("10-03", "国庆节"),
    ),
    2027: (
        ("01-01", "元旦"),
        ("05-01", "劳动节"),
        ("10-01", "国庆节"),
        ("10-02", "国庆节"),
        ("10-03", "国庆节"),
    ),
}
