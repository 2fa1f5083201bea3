from typing import Any

from pydantic import BaseModel

from app.core.errors import Invalid


def changes(payload: BaseModel, *, clearable: frozenset[str] = frozenset()) -> dict[str, Any]:
    sent = {name: getattr(payload, name) for name in payload.model_fields_set}
    for name in sorted(sent):
        if sent[name] is None and name not in clearable:
            raise Invalid("This value cannot be removed.", code="not_clearable", pointer=f"/{name}")
    return sent
