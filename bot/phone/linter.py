"""Checks calls against aiogram's models of the Bot API; it never changes a reply.

aiogram is imported at the first call: it costs seconds, and a process without the linter does not need it.
"""

import functools
import json
import types
import typing
from typing import Any

from bot.phone.params import Params


def lint(name: str, params: Params) -> list[str]:
    """What is wrong with the call: unknown parameters, wrong types, missing ones. Empty when nothing is."""
    from pydantic import BaseModel, ValidationError

    model = _model(name)
    if model is None:
        return []
    decoded = _decoded(name, params)
    try:
        call: BaseModel = model.model_validate(decoded)
    except ValidationError as error:
        return [f"parameter {_place(item)}: {item['msg']}" for item in error.errors()[:3]]
    return [f"unknown parameter {path}" for path in _extras(call)]


@functools.cache
def _model(name: str) -> Any:
    import aiogram.methods

    return getattr(aiogram.methods, name[:1].upper() + name[1:], None)


@functools.cache
def _json_fields(name: str) -> frozenset[str]:
    """Fields that arrive as JSON: those that are models, lists or dicts and never plain text."""
    fields = _model(name).model_fields
    return frozenset(key for key, field in fields.items() if _is_structured(field.annotation))


def _is_structured(annotation: Any) -> bool:
    arms = typing.get_args(annotation) if _is_union(annotation) else (annotation,)
    names = {getattr(arm, "__name__", "") for arm in arms}
    return "str" not in names and not names <= {"int", "float", "bool", "NoneType", "Default", "datetime"}


def _is_union(annotation: Any) -> bool:
    return typing.get_origin(annotation) in (typing.Union, types.UnionType)


def _decoded(name: str, params: Params) -> dict[str, Any]:
    decoded: dict[str, Any] = {}
    structured = _json_fields(name)
    for key, value in params.values.items():
        if not value:
            continue
        decoded[key] = _loaded(value) if key in structured else value
    direct = params.files.keys() & _model(name).model_fields.keys()
    return decoded | {key: f"attach://{key}" for key in direct}


def _loaded(value: str) -> Any:
    try:
        return json.loads(value)
    except ValueError:
        return value


def _extras(value: Any, path: str = "") -> list[str]:
    """Names that no model knows, at any depth."""
    from pydantic import BaseModel

    if isinstance(value, list):
        return [found for index, item in enumerate(value) for found in _extras(item, f"{path}[{index}]")]
    if not isinstance(value, BaseModel):
        return []
    found = [f"{path}.{name}".lstrip(".") for name in value.model_extra or {}]
    for name in value.model_fields_set - (value.model_extra or {}).keys():
        found += _extras(getattr(value, name), f"{path}.{name}")
    return found


def _place(item: Any) -> str:
    return ".".join(str(part) for part in item["loc"][:4])
