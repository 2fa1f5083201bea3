import pytest
from sqlalchemy import func, select

from app.models import OutboxMessage, SentMail
from app.services.outbox import enqueue
from app.workers import outbox
from app.workers.outbox import MAX_ATTEMPTS, deliver_due


async def issued(make, club, owner):
    customer = await make.customer(club, actor=owner, email="office@example.org")
    return await make.invoice(club, actor=owner, customer=customer, prices=(12_345,))


async def test_due_messages_are_delivered_once(database, session, make, club, owner):
    invoice = await issued(make, club, owner)
    assert await deliver_due(database) == 1
    assert await deliver_due(database) == 0
    mail = await session.scalar(select(SentMail))
    assert mail.recipient == "office@example.org"
    assert mail.body == f"Please pay 123.45 EUR until {invoice.due_on}."


async def test_redelivery_sends_no_second_mail(database, session, make, club, owner):
    await issued(make, club, owner)
    await deliver_due(database)
    message = await session.scalar(select(OutboxMessage))
    message.done_at = None
    await session.commit()
    assert await deliver_due(database) == 1
    assert await session.scalar(select(func.count(SentMail.id))) == 1


async def test_same_key_is_enqueued_once(session, club):
    for _ in range(2):
        await enqueue(session, topic="invoice.paid", key="k", payload={"invoice": "inv_x"})
    assert await session.scalar(select(func.count(OutboxMessage.id))) == 1


async def test_unknown_topic_is_a_mistake(session):
    with pytest.raises(ValueError, match="unknown topic"):
        await enqueue(session, topic="invoice.lost", key="k", payload={})


async def test_failed_message_waits_longer_each_time(
    database, session, make, club, owner, frozen_clock, monkeypatch
):
    async def fail(_session, _message):
        raise OSError("mail server is down")

    monkeypatch.setitem(outbox.HANDLERS, "invoice.issued", fail)
    await issued(make, club, owner)
    assert await deliver_due(database) == 0
    frozen_clock.advance(minutes=2)
    await deliver_due(database)
    frozen_clock.advance(minutes=3)
    await deliver_due(database)
    message = await session.scalar(select(OutboxMessage).execution_options(populate_existing=True))
    assert message.attempts == 2
    assert "mail server is down" in message.failure


async def test_message_is_given_up_after_the_last_attempt(database, session, frozen_clock):
    await enqueue(session, topic="invoice.paid", key="k", payload={"invoice": "inv_missing"})
    await session.commit()
    for _ in range(MAX_ATTEMPTS + 2):
        await deliver_due(database)
        frozen_clock.advance(hours=2)
    message = await session.scalar(select(OutboxMessage))
    assert message.attempts == MAX_ATTEMPTS
    assert message.done_at is None
