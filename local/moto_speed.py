"""Makes moto fast enough for months in seconds; what it answers stays the same.

moto copies the whole table once for each item of a transaction, sorts the whole table for each query, looks for each of
a value's ten types under five names, and lists its own methods anew for each call.
"""

import copy
import sys
from collections import defaultdict
from functools import cache
from importlib import import_module
from types import ModuleType
from typing import Any

from moto.core import responses
from moto.core.serialize import AttributePicker, AttributePickerContext
from moto.dynamodb.models import DynamoDBBackend
from moto.dynamodb.models.dynamo_type import DynamoType, Item
from moto.dynamodb.models.table import Table


def _import_parameter_store() -> None:
    """Imports moto's SSM without EC2, which takes two seconds and serves only commands to machines."""
    if "moto.ec2" in sys.modules:
        return
    stand_in = ModuleType("moto.ec2")
    vars(stand_in)["ec2_backends"] = {}
    sys.modules["moto.ec2"] = stand_in
    try:
        import_module("moto.ssm.models")
    finally:
        del sys.modules["moto.ec2"]


_import_parameter_store()
_query = Table.query
_pick = AttributePicker.__call__
TYPES = frozenset({"S", "N", "B", "SS", "NS", "BS", "M", "L", "NULL", "BOOL"})
"""The keys of DynamoDB's values: each value is a dict with one of them."""
_transact = DynamoDBBackend.transact_write_items


def speed_up_moto() -> None:
    """Replaces the slow parts; calling it again changes nothing."""
    Table.query = _narrow_query  # type: ignore[method-assign]
    # The transaction below puts back what it touched: moto's own backup of everything need not be one.
    Table.__deepcopy__ = lambda self, _memo: self  # type: ignore[attr-defined]
    DynamoDBBackend.transact_write_items = _frugal_transact  # type: ignore[method-assign]
    AttributePicker.__call__ = _direct_pick  # type: ignore[method-assign]
    for name in ("method_names_from_class", "camelcase_to_underscores"):
        pure = getattr(responses, name)
        setattr(responses, name, cache(getattr(pure, "__wrapped__", pure)))


def _direct_pick(self: AttributePicker, context: AttributePickerContext) -> Any:
    """A value's content under the one name it can have."""
    if context.key in TYPES and type(context.obj) is dict:
        return context.obj.get(context.key)
    return _pick(self, context)


def _narrow_query(self: Table, hash_key: Any, *args: Any, **kwargs: Any) -> Any:
    """moto's query over the items that can match, instead of all."""
    narrow = copy.copy(self)
    # moto's own caller passes the index's name as the eighth argument.
    if kwargs.get("index_name") or args[6:7] not in ((), (None,)):
        narrow.items = _matching(self, kwargs.get("hash_key_conditions") or [])
    else:
        narrow.items = defaultdict(dict, {hash_key: self.items.get(hash_key, {})})
    return _query(narrow, hash_key, *args, **kwargs)


def _matching(table: Table, conditions: list[tuple[str, DynamoType]]) -> defaultdict[Any, dict[Any, Item]]:
    """The items by hash and range key, as moto keeps them, that meet every condition."""
    matching: defaultdict[Any, dict[Any, Item]] = defaultdict(dict)
    for hash_key, row in table.items.items():
        meeting = {key: item for key, item in row.items() if _meets(item, conditions)}
        if meeting:
            matching[hash_key] = meeting
    return matching


def _meets(item: Item, conditions: list[tuple[str, DynamoType]]) -> bool:
    return all(name in item.attrs and item.attrs[name] == value for name, value in conditions)


def _frugal_transact(self: DynamoDBBackend, transact_items: list[dict[str, Any]]) -> None:
    """moto's transaction, which puts back the items it touched where it fails."""
    before = [_touched(self, operation) for item in transact_items for operation in item.values()]
    try:
        _transact(self, transact_items)
    except Exception:
        for table, hash_key, range_key, item in before:
            _put_back(table, hash_key, range_key, item)
        raise


def _touched(backend: DynamoDBBackend, operation: dict[str, Any]) -> tuple[Table, Any, Any, Item | None]:
    table = backend.get_table(operation["TableName"])
    key = operation.get("Key") or operation["Item"]
    hash_key = DynamoType(key[table.hash_key_attr])
    range_key = DynamoType(key[str(table.range_key_attr)])
    item = table.items[hash_key].get(range_key) if hash_key in table.items else None
    return table, hash_key, range_key, copy.deepcopy(item)


def _put_back(table: Table, hash_key: Any, range_key: Any, item: Item | None) -> None:
    if item is not None:
        table.items[hash_key][range_key] = item
    elif hash_key in table.items:
        table.items[hash_key].pop(range_key, None)
