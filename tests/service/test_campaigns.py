"""A campaign: first its owner hears what would come of it, then each of those who agreed gets a letter, once."""

from typing import Any

from tests.world import World, a_busy_shop

READER = {"consent.email_marketing": {"granted": True}}
WORDS = {"subject": "Spring mugs", "blocks": [{"is": "arrivals", "text": "They are here.\n\nCome and see."}]}
SPRING: dict[str, Any] = {"id": "spring", "segment": ["all"], "content": {"en": WORDS}}


def customers(world: World, number: int, **more: Any) -> None:
    for each in range(number):
        told = {"name": f"Anna {each}", "email": f"anna{each}@customer.example", **READER, **more}
        world.tell("customer.updated", None, told, customer_id=f"{each}")


def request(world: World, **changes: Any) -> None:
    world.tell("campaign.requested", campaign={**SPRING, **changes})
    world.until(world.now)


def reports(world: World) -> list[Any]:
    world.until(world.now)
    return [said["campaign"] for said in world.renderer.said if said["kind"] == "staff_campaign"]


def test_the_first_request_is_a_dry_run_whatever_it_says() -> None:
    world = World(shop=a_busy_shop())
    customers(world, 3)
    request(world, dry_run=False)
    assert (world.kinds, world.tasks) == ([], ["staff_campaign"])
    (found,) = reports(world)
    assert (found.people, found.letters, found.sms) == (3, 3, 0)
    request(world, dry_run=False)
    assert world.kinds == ["campaign"] * 3
    assert {letter.to for letter in world.email.taken} == {f"anna{each}@customer.example" for each in range(3)}
