"""Letters of the shop's own words to many, and what its owner hears of them."""

from functools import partial

from shopbell.domain.journeys.row import Journey
from shopbell.domain.model.events import EventType
from shopbell.domain.model.vocabulary import Addressee, Errand, Kind, LateFact, MessageClass, Series, Sweep
from shopbell.domain.rules.campaigns import EndOfOffer, goes_on, has_words, not_cancelled, still_meant
from shopbell.domain.rules.triggers import Each
from shopbell.domain.time.span import days, working_days

CAMPAIGN = Kind("campaign")

_told = partial(
    Journey,
    kind="staff_campaign",
    lasts=working_days(3),
    message_class=MessageClass.STAFF,
    errand=Errand.OFFICE,
    goes_to=Addressee.OWNER,
)

JOURNEYS = (
    Journey(
        kind=CAMPAIGN,
        on=Each(EventType.CUSTOMER_CHOSEN),
        sweep=Sweep.RUNS,
        lasts=days(14),
        until=EndOfOffer(),
        message_class=MessageClass.MARKETING,
        only_if=(not_cancelled, has_words, goes_on, still_meant),
        series=Series.CAMPAIGN,
        late_facts=(LateFact.RECOMMENDED,),
        answers="R035, R077, R079–R084, R100, R113, R121, R122",
    ),
    _told(on=Each(EventType.CAMPAIGN_COUNTED), answers="R084, R123–R125"),
    _told(step="stopped", on=Each(EventType.CAMPAIGN_STOPPED), answers="R080"),
    _told(step="ended", on=Each(EventType.CAMPAIGN_ENDED), answers="R083"),
)
