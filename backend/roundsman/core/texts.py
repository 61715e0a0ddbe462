"""How long the texts of a payload may be, by what they are."""

from typing import Annotated

import msgspec

Name = Annotated[str, msgspec.Meta(min_length=1, max_length=120)]
Word = Annotated[str, msgspec.Meta(max_length=60)]
Line = Annotated[str, msgspec.Meta(max_length=300)]
Remark = Annotated[str, msgspec.Meta(max_length=2000)]
