"""The keys in their parameter: remembered, read again in time, and sooner for a link of a key that was added."""

import json
from dataclasses import dataclass, field
from typing import Any

import pytest
from botocore.exceptions import ClientError

from shopbell import bootstrap
from shopbell.domain.model.problems import Refused
from shopbell.storage.key_parameter import FRESH, LEAST, KeyParameter
from tests.simulator.lives import BORN_BY_MAIL
from tests.simulator.play import Play, live
from tests.world import MONDAY

FIRST = "what the stack was made with"
SECOND = "a second one of at least thirty-two characters"
CHANGED = json.dumps({"links": {"1": FIRST, "2": SECOND}, "codes": {"1": FIRST}, "contacts": {"1": FIRST}})
WITHOUT_1 = json.dumps({"links": {"2": SECOND}, "codes": {"1": FIRST}, "contacts": {"1": FIRST}})


@dataclass
class World:
    """A process that reads the parameter, which others change; `down`: SSM cannot be asked."""

    text: str = FIRST
    down: bool = False
    seconds: float = 1000.0
    asked: int = 0
    notes: list[tuple[str, dict[str, object]]] = field(default_factory=list)

    def __post_init__(self) -> None:
        note = lambda message, facts: self.notes.append((message, facts))
        self.parameter = KeyParameter(self, "the key", note, lambda: self.seconds)

    def get_parameter(self, *, Name: str, WithDecryption: bool) -> dict[str, Any]:
        assert (Name, WithDecryption) == ("the key", True)
        self.asked += 1
        if self.down:
            raise ClientError({"Error": {"Code": "InternalServerError"}}, "GetParameter")
        return {"Parameter": {"Value": self.text}}

    def numbers(self) -> list[int]:
        return sorted(self.parameter.keys().links.secrets)


def test_the_keys_are_read_once_in_five_minutes() -> None:
    world = World()
    assert (world.numbers(), world.numbers(), world.asked) == ([1], [1], 1)
    world.text = CHANGED
    world.seconds += FRESH - 1
    assert (world.numbers(), world.asked) == ([1], 1)
    world.seconds += 1
    assert (world.numbers(), world.asked) == ([1, 2], 2)
    world.text = WITHOUT_1
    world.seconds += FRESH
    assert (world.numbers(), world.asked) == ([2], 3)


def test_keys_that_cannot_be_read_again_still_count() -> None:
    world = World(CHANGED)
    assert world.numbers() == [1, 2]
    world.down = True
    world.seconds += FRESH
    assert (world.numbers(), world.numbers(), world.asked) == ([1, 2], [1, 2], 2)
    assert [(name, facts["error"]) for name, facts in world.notes] == [("keys_unread", "ClientError")]


def test_nothing_is_made_without_keys() -> None:
    world = World(down=True)
    for _ in range(2):
        with pytest.raises(ClientError):
            world.numbers()
    world.down = False
    assert world.numbers() == [1]


def test_a_wrong_text_wakes_somebody_and_changes_nothing_for_who_has_read_a_right_one() -> None:
    world = World()
    assert world.numbers() == [1]
    world.text = CHANGED[:-1]
    world.seconds += FRESH
    assert world.numbers() == [1]
    assert [message for message, _ in world.notes] == ["alarm"]
    assert "not JSON" in str(world.notes)
    assert SECOND not in str(world.notes)


def test_who_starts_with_a_wrong_text_does_nothing() -> None:
    world = World(WITHOUT_1.replace('"codes"', '"coupons"'))
    with pytest.raises(Refused, match="#/codes"):
        world.numbers()
    assert "#/codes" in str(world.notes)


def test_a_link_of_a_key_that_was_added_since_has_the_keys_read_again() -> None:
    world = World()
    assert world.numbers() == [1]
    world.text = CHANGED
    world.seconds += LEAST
    assert sorted(world.parameter.keys_with_link(2).links.secrets) == [1, 2]


@pytest.mark.parametrize("number", [0, 1, 2])
def test_a_link_of_a_key_that_is_no_longer_there_has_nothing_read_again(number: int) -> None:
    world = World(WITHOUT_1)
    assert world.numbers() == [2]
    world.seconds += LEAST
    world.parameter.keys_with_link(number)
    assert world.asked == 1


def test_invented_links_do_not_keep_ssm_busy() -> None:
    world = World()
    for _ in range(100):
        world.seconds += LEAST / 10
        world.parameter.keys_with_link(999)
    assert world.asked == 10


def test_whoever_cannot_look_for_a_link_s_key_says_so() -> None:
    """The page answers 503, not that there is no such link."""
    world = World()
    assert world.numbers() == [1]
    world.down = True
    world.seconds += LEAST
    with pytest.raises(ClientError):
        world.parameter.keys_with_link(2)


def status_of(world: Play, url: str) -> int:
    path = {"pathParameters": {"token": url.rpartition("/")[2]}, "requestContext": {"http": {"method": "GET"}}}
    return int(world.stage.invoke("customer_page", {**path, "headers": {}, "body": ""})["statusCode"])


def test_the_functions_open_links_of_before_and_after_a_change_of_the_key() -> None:
    with live(MONDAY, (BORN_BY_MAIL,)) as world:
        former = bootstrap.links().preferences("dobra", "id:c-0", MONDAY)
        plain = world.cloud.parameters.values["key"]
        links = {"1": plain, "2": SECOND}
        changed = json.dumps({"links": links, "codes": {"1": plain}, "contacts": {"1": plain}})
        world.cloud.parameters.values["key"] = changed
        assert bootstrap.links().preferences("dobra", "id:c-0", MONDAY) == former
        bootstrap.key_parameter.cache_clear()
        later = bootstrap.links().preferences("dobra", "id:c-0", MONDAY)
        assert [url.rpartition("/")[2][:2] for url in (former, later)] == ["1.", "2."]
        assert [status_of(world, url) for url in (former, later)] == [200, 200]
