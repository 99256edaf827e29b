"""Webhook secrets in Parameter Store: remembered, asked anew in time, and never another shop's."""

import json
from dataclasses import dataclass, field
from typing import Any

import pytest
from botocore.exceptions import BotoCoreError, ClientError

from shopbell.storage.secrets import ABSENT, FRESH, MISFITS, MOST_CACHED, STALE, UNKNOWN, Secrets, TooManyUnknown

PREFIX = "/shopbell/test"


def refusal(code: str) -> ClientError:
    return ClientError({"Error": {"Code": code, "Message": code}}, "GetParameter")


@dataclass
class ParameterStore:
    """The few calls of SSM that we make; `failure` is the code of what it answers instead."""

    kept: dict[str, str] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    failure: str = ""

    def get_parameter(self, *, Name: str, WithDecryption: bool) -> dict[str, Any]:
        self.asked.append(Name)
        assert WithDecryption
        if self.failure:
            raise refusal(self.failure)
        if Name not in self.kept:
            raise refusal("ParameterNotFound")
        return {"Parameter": {"Value": self.kept[Name]}}

    def put_parameter(self, *, Name: str, Value: str, Type: str, Overwrite: bool) -> None:
        assert (Type, Overwrite) == ("SecureString", True)
        self.kept[Name] = Value

    def delete_parameter(self, *, Name: str) -> None:
        if self.failure:
            raise refusal(self.failure)
        if self.kept.pop(Name, None) is None:
            raise refusal("ParameterNotFound")

    def get_parameters_by_path(self, *, Path: str, Recursive: bool, NextToken: str = "") -> dict[str, Any]:
        """Two at a time, as AWS has pages of ten."""
        assert Recursive
        if self.failure:
            raise refusal(self.failure)
        found = sorted(name for name in self.kept if name.startswith(f"{Path}/") and name > NextToken)
        page = {"Parameters": [{"Name": name} for name in found[:2]]}
        return page | ({"NextToken": found[1]} if len(found) > 2 else {})


@dataclass
class World:
    store: ParameterStore = field(default_factory=ParameterStore)
    seconds: float = 0.0

    def __post_init__(self) -> None:
        self.secrets = Secrets(self.store, PREFIX, lambda: self.seconds)

    def change(self, *secrets: str) -> None:
        """As from another process."""
        self.store.kept[f"{PREFIX}/shops/dobra/native"] = json.dumps(secrets)

    def of(self) -> tuple[str, ...]:
        return self.secrets.of("dobra", "native")


def test_secrets_stand_under_their_shop_and_scheme() -> None:
    world = World()
    world.secrets.put("dobra", "native", ["one", "two"])
    assert world.store.kept == {"/shopbell/test/shops/dobra/native": '["one", "two"]'}
    assert world.of() == ("one", "two")
    assert world.secrets.of("dobra", "woocommerce") == ()
    assert world.secrets.of("susidy", "native") == ()


def test_a_scheme_with_more_than_secrets_gives_its_secrets() -> None:
    world = World()
    world.secrets.put("dobra", "shopify", {"secrets": ["one"], "domain": "dobra.myshopify.example"})
    assert world.secrets.of("dobra", "shopify") == ("one",)


def test_secrets_are_asked_for_every_quarter_of_an_hour() -> None:
    world = World()
    world.change("one")
    for world.seconds in (0, 1, FRESH - 1):
        assert world.of() == ("one",)
    assert len(world.store.asked) == 1
    world.change("two")
    world.seconds = FRESH
    assert world.of() == ("two",)


def test_a_change_here_counts_at_once() -> None:
    world = World()
    world.secrets.put("dobra", "native", ["one"])
    assert world.of() == ("one",)
    world.secrets.put("dobra", "native", ["two"])
    assert world.of() == ("two",)
    world.secrets.remove("dobra")
    assert world.of() == ()


def test_a_shops_secrets_go_whatever_their_schemes_and_nobody_elses() -> None:
    world = World()
    for scheme in ("native", "woocommerce", "shopify", "mapped/own"):
        world.secrets.put("dobra", scheme, ["one"])
    world.secrets.put("dobra-2", "native", ["one"])
    assert world.secrets.remove("dobra") == 4
    assert list(world.store.kept) == ["/shopbell/test/shops/dobra-2/native"]


def test_secrets_that_are_not_there_can_be_removed_but_not_while_nobody_answers() -> None:
    world = World()
    assert world.secrets.remove("dobra") == 0
    world.store.failure = "InternalServerError"
    with pytest.raises(ClientError):
        world.secrets.remove("dobra")


def test_a_change_elsewhere_counts_as_soon_as_a_signature_fits_none() -> None:
    world = World()
    world.change("one")
    assert world.of() == ("one",)
    world.change("two")
    assert world.secrets.refresh("dobra", "native") == ("two",)
    assert world.of() == ("two",)


def test_a_secret_changed_again_and_again_during_1000_requests_refuses_none() -> None:
    """One change a second; each request is signed with the newest secret."""
    world, refused = World(), 0
    for request in range(1_000):
        world.seconds = request / 20
        newest = f"secret {int(world.seconds)}"
        world.change(newest)
        refused += newest not in world.of() and newest not in world.secrets.refresh("dobra", "native")
    assert refused == 0


def test_wrong_signatures_do_not_keep_parameter_store_busy() -> None:
    world = World()
    world.change("one")
    world.of()
    for request in range(1_000):
        world.seconds = request / 1_000
        assert world.secrets.refresh("dobra", "native") == ("one",)
    assert len(world.store.asked) <= 1 + MISFITS + 1


def test_wrong_signatures_do_not_keep_a_parameter_store_busy_that_is_down() -> None:
    world = World()
    world.change("one")
    world.of()
    world.store.failure = "InternalServerError"
    for request in range(1_000):
        world.seconds = FRESH / 2 + request / 1_000
        assert world.secrets.refresh("dobra", "native") == ("one",)
    assert len(world.store.asked) <= 1 + MISFITS + 1


def test_a_shop_that_is_not_there_is_not_asked_for_at_every_knock() -> None:
    world = World()
    for _ in range(100):
        assert world.of() == world.secrets.refresh("dobra", "native") == ()
    assert len(world.store.asked) == 1
    world.change("one")
    world.seconds = ABSENT
    assert world.of() == ("one",)


@pytest.mark.parametrize("shop", ["", "..", "a/b", "dobra/native", "DOBRA", "a" * 64, "%2e%2e", "a\n", "добра"])
def test_what_is_no_shops_name_is_never_asked_for(shop: str) -> None:
    world = World()
    assert world.secrets.of(shop, "native") == world.secrets.refresh(shop, "native") == ()
    assert world.store.asked == []


def test_invented_shops_do_not_fill_the_memory_nor_drive_out_a_busy_one() -> None:
    world = World()
    world.change("one")
    for number in range(3 * MOST_CACHED):
        world.seconds = number
        world.secrets.of(f"shop-{number}", "native")
        assert world.of() == ("one",)
    assert world.store.asked.count(f"{PREFIX}/shops/dobra/native") == -(-3 * MOST_CACHED // FRESH)
    assert len(world.secrets._cache) == MOST_CACHED


def test_who_invents_shops_keeps_no_parameter_store_busy_and_no_known_shop_waiting() -> None:
    world, refused = World(), 0
    world.change("one")
    world.of()
    for number in range(5_000):
        world.seconds = number / 50
        try:
            assert world.secrets.of(f"shop-{number}", "native") == ()
        except TooManyUnknown:
            refused += 1
        assert world.of() == ("one",)
    assert len(world.store.asked) == 1 + 5_000 - refused <= UNKNOWN + 2 * 100 + 1
    assert issubclass(TooManyUnknown, BotoCoreError)  # an outage like any other: it is answered 503


def test_what_is_known_lasts_while_parameter_store_is_down() -> None:
    world = World()
    world.change("one")
    world.of()
    world.store.failure = "ThrottlingException"
    world.seconds = STALE
    assert world.of() == ("one",)
    assert world.secrets.refresh("dobra", "native") == ("one",)
    world.seconds = STALE + 1
    with pytest.raises(ClientError):
        world.of()


def test_nothing_is_said_of_an_unknown_shop_while_parameter_store_is_down() -> None:
    world = World()
    assert world.of() == ()
    world.store.failure = "InternalServerError"
    world.seconds = ABSENT
    with pytest.raises(ClientError):
        world.of()


@pytest.mark.parametrize("value", ["whsec_AAAA", "", "{}", "5", '"whsec_AAAA"', "null", '{"secrets": "AAAA"}'])
def test_what_was_stored_wrongly_by_hand_lets_nobody_in(value: str) -> None:
    world = World()
    world.store.kept[f"{PREFIX}/shops/dobra/native"] = value
    assert world.of() == ()
