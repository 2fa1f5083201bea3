from datetime import date

import pytest

from app.services.accounts import archive_account
from app.services.entries import LineDraft, post_entry, reverse_entry

YEAR = {"first_day": "2026-01-01", "last_day": "2026-12-31"}


async def get(client, account, **params):
    return await client.get(f"/accounts/{account.public_id}/statement", params=params)


async def read(client, account, **params):
    response = await get(client, account, **params)
    assert response.status_code == 200
    return response.json()


async def post(make, club, owner, day, lines, memo="Oars"):
    entry = await post_entry(
        make.session,
        organisation=club,
        actor=owner,
        booked_on=day,
        memo=memo,
        lines=[LineDraft(await make.standard(club, code), amount) for code, amount in lines],
    )
    await make.session.commit()
    return entry


def shown(statement, *keys):
    rows = [tuple(movement[key] for key in keys) for movement in statement["movements"]]
    return [row[0] for row in rows] if len(keys) == 1 else rows


def summed(statement):
    return (
        statement["carried_forward"],
        statement["turnover"]["debit"],
        statement["turnover"]["credit"],
        statement["closing_balance"],
    )


async def test_statement_has_what_the_page_reads(api, make, club, owner):
    bank = await make.standard(club, "1000")
    await make.entry(club, actor=owner, amount=1500, booked_on=date(2025, 12, 31))
    entry = await make.entry(
        club, actor=owner, amount=700, booked_on=date(2026, 3, 2), memo="Varnish"
    )
    statement = await read(api(owner), bank, **YEAR)
    assert {key: statement["account"][key] for key in ("id", "code", "name")} == {
        "id": bank.public_id,
        "code": "1000",
        "name": "Bank",
    }
    assert statement["carried_forward"] == -1500
    assert {key: statement["turnover"][key] for key in ("debit", "credit")} == {
        "debit": 0,
        "credit": 700,
    }
    assert statement["closing_balance"] == -2200
    [movement] = statement["movements"]
    assert {key: movement["entry"][key] for key in ("id", "number")} == {
        "id": entry.public_id,
        "number": 2,
    }
    assert movement["booked_on"] == "2026-03-02"
    assert movement["memo"] == "Varnish"
    assert movement["amount"] == -700
    assert movement["running_balance"] == -2200
    assert movement["contra_accounts"] == ["6000"]


async def test_both_days_belong_to_the_period(api, make, club, owner):
    bank = await make.standard(club, "1000")
    for amount, day in ((1, 9), (20, 10), (300, 15), (4000, 20), (50_000, 21)):
        await make.entry(club, actor=owner, amount=amount, booked_on=date(2026, 3, day))
    statement = await read(api(owner), bank, first_day="2026-03-10", last_day="2026-03-20")
    assert shown(statement, "amount", "running_balance") == [
        (-20, -21),
        (-300, -321),
        (-4000, -4321),
    ]
    assert summed(statement) == (-1, 0, 4320, -4321)


async def test_period_of_one_day(api, make, club, owner):
    bank = await make.standard(club, "1000")
    for amount, day in ((1, 9), (20, 10), (300, 11)):
        await make.entry(club, actor=owner, amount=amount, booked_on=date(2026, 3, day))
    statement = await read(api(owner), bank, first_day="2026-03-10", last_day="2026-03-10")
    assert shown(statement, "amount") == [-20]
    assert summed(statement) == (-1, 0, 20, -21)


async def test_statement_without_days_has_all_that_is_booked(api, make, club, owner, frozen_clock):
    bank = await make.standard(club, "1000")
    for amount, day in ((1, date(2019, 1, 1)), (20, date(2026, 3, 2)), (300, date(2031, 7, 1))):
        await make.entry(club, actor=owner, amount=amount, booked_on=day)
    statement = await read(api(owner), bank)
    assert shown(statement, "amount") == [-1, -20, -300]
    assert summed(statement) == (0, 0, 321, -321)


async def test_statement_without_a_last_day_has_all_from_the_first(
    api, make, club, owner, frozen_clock
):
    bank = await make.standard(club, "1000")
    for amount, day in ((1, date(2026, 3, 1)), (20, date(2026, 3, 2)), (300, date(2031, 7, 1))):
        await make.entry(club, actor=owner, amount=amount, booked_on=day)
    statement = await read(api(owner), bank, first_day="2026-03-02")
    assert shown(statement, "amount") == [-20, -300]
    assert summed(statement) == (-1, 0, 320, -321)


async def test_statement_without_a_first_day_carries_nothing_forward(api, make, club, owner):
    bank = await make.standard(club, "1000")
    for amount, day in ((1, date(2019, 1, 1)), (20, date(2026, 3, 2)), (300, date(2026, 3, 3))):
        await make.entry(club, actor=owner, amount=amount, booked_on=day)
    statement = await read(api(owner), bank, last_day="2026-03-02")
    assert shown(statement, "amount") == [-1, -20]
    assert summed(statement) == (0, 0, 21, -21)


async def test_balances_run_in_the_order_of_days_and_numbers(api, make, club, owner):
    bank = await make.standard(club, "1000")
    for amount, day in ((1000, 5), (200, 3), (30, 5), (4, 3)):
        await make.entry(club, actor=owner, amount=amount, booked_on=date(2026, 3, day))
    statement = await read(api(owner), bank, **YEAR)
    assert [movement["entry"]["number"] for movement in statement["movements"]] == [2, 4, 1, 3]
    assert shown(statement, "booked_on", "running_balance") == [
        ("2026-03-03", -200),
        ("2026-03-03", -204),
        ("2026-03-05", -1204),
        ("2026-03-05", -1234),
    ]


@pytest.mark.parametrize("code", ["1200", "2200", "3000", "4000", "6000"])
async def test_signs_are_those_of_the_books_for_any_kind(api, make, club, owner, code):
    account = await make.standard(club, code)
    for amount, day in ((-500, 1), (2000, 2), (-30, 3)):
        await post(make, club, owner, date(2026, 3, day), [(code, amount), ("1000", -amount)])
    client = api(owner)
    statement = await read(client, account, first_day="2026-03-02")
    assert shown(statement, "amount", "running_balance") == [(2000, 1500), (-30, 1470)]
    assert summed(statement) == (-500, 2000, 30, 1470)
    detail = (await client.get(f"/accounts/{account.public_id}")).json()
    assert statement["closing_balance"] == detail["balance"]


async def test_entry_with_several_lines_on_the_account_is_one_movement(api, make, club, owner):
    bank = await make.standard(club, "1000")
    entry = await post(
        make,
        club,
        owner,
        date(2026, 3, 2),
        [("1000", 900), ("4000", -700), ("1000", -300), ("6000", 99), ("1000", 1)],
    )
    statement = await read(api(owner), bank, **YEAR)
    [movement] = statement["movements"]
    assert movement["entry"]["id"] == entry.public_id
    assert (movement["amount"], movement["running_balance"]) == (601, 601)
    assert movement["contra_accounts"] == ["4000", "6000"]
    assert summed(statement) == (0, 901, 300, 601)


async def test_entry_that_moves_nothing_in_total_is_a_movement(api, make, club, owner):
    bank = await make.standard(club, "1000")
    await make.entry(club, actor=owner, amount=50, booked_on=date(2026, 3, 1))
    await post(make, club, owner, date(2026, 3, 2), [("1000", 80), ("1000", -80)], memo="Transfer")
    statement = await read(api(owner), bank, **YEAR)
    assert shown(statement, "memo", "amount", "running_balance", "contra_accounts") == [
        ("Oars", -50, -50, ["6000"]),
        ("Transfer", 0, -50, []),
    ]
    assert summed(statement) == (0, 80, 130, -50)


async def test_contra_accounts_are_named_once_in_the_order_of_the_lines(api, make, club, owner):
    bank = await make.standard(club, "1000")
    await post(
        make,
        club,
        owner,
        date(2026, 3, 2),
        [("6000", 100), ("1010", -30), ("1000", -100), ("6000", 50), ("4000", -20)],
    )
    statement = await read(api(owner), bank, **YEAR)
    assert shown(statement, "contra_accounts") == [["6000", "1010", "4000"]]


async def test_contra_accounts_are_those_of_each_entry(api, make, club, owner):
    bank = await make.standard(club, "1000")
    expense = await make.standard(club, "6000")
    await make.entry(club, actor=owner, amount=10, debit="6000", booked_on=date(2026, 3, 1))
    await make.entry(club, actor=owner, amount=20, debit="1010", booked_on=date(2026, 3, 2))
    await make.entry(
        club, actor=owner, amount=30, debit="6000", credit="1010", booked_on=date(2026, 3, 3)
    )
    client = api(owner)
    assert shown(await read(client, bank, **YEAR), "amount", "contra_accounts") == [
        (-10, ["6000"]),
        (-20, ["1010"]),
    ]
    assert shown(await read(client, expense, **YEAR), "amount", "contra_accounts") == [
        (10, ["1000"]),
        (30, ["1010"]),
    ]


async def test_reversed_entries_and_reversals_are_movements(api, make, club, owner):
    bank = await make.standard(club, "1000")
    entry = await make.entry(club, actor=owner, amount=500, booked_on=date(2026, 3, 2))
    await reverse_entry(make.session, entry=entry, actor=owner, booked_on=date(2026, 4, 1))
    await make.session.commit()
    client = api(owner)
    statement = await read(client, bank, **YEAR)
    assert shown(statement, "amount", "running_balance") == [(-500, -500), (500, 0)]
    assert summed(statement) == (0, 500, 500, 0)
    march = await read(client, bank, first_day="2026-03-01", last_day="2026-03-31")
    assert summed(march) == (0, 0, 500, -500)
    april = await read(client, bank, first_day="2026-04-01", last_day="2026-04-30")
    assert shown(april, "memo", "amount") == [("Reversal of 1", 500)]
    assert summed(april) == (-500, 500, 0, 0)


async def test_period_without_movements(api, make, club, owner):
    bank = await make.standard(club, "1000")
    await make.entry(club, actor=owner, amount=500, booked_on=date(2026, 3, 2))
    client = api(owner)
    statement = await read(client, bank, first_day="2026-04-01", last_day="2026-04-30")
    assert statement["movements"] == []
    assert summed(statement) == (-500, 0, 0, -500)
    untouched = await read(client, await make.standard(club, "1010"), **YEAR)
    assert untouched["movements"] == []
    assert summed(untouched) == (0, 0, 0, 0)


async def test_archived_accounts_have_a_statement(api, make, club, owner):
    boats = await make.account(club, code="6100", actor=owner)
    entry = await make.entry(
        club, actor=owner, amount=500, debit="6100", booked_on=date(2026, 3, 2)
    )
    await reverse_entry(make.session, entry=entry, actor=owner, booked_on=date(2026, 3, 3))
    await archive_account(make.session, account=boats, actor=owner)
    await make.session.commit()
    client = api(owner)
    statement = await read(client, boats, **YEAR)
    assert shown(statement, "amount", "contra_accounts") == [(500, ["1000"]), (-500, ["1000"])]
    of_the_bank = await read(client, await make.standard(club, "1000"), **YEAR)
    assert shown(of_the_bank, "contra_accounts") == [["6100"], ["6100"]]


@pytest.mark.parametrize("role", ["viewer", "bookkeeper", "owner"])
async def test_members_read_the_statement(api, make, club, owner, role):
    await make.entry(club, actor=owner, amount=500)
    bank = await make.standard(club, "1000")
    statement = await read(api(await make.member(club, role)), bank)
    assert statement["closing_balance"] == -500


async def test_stranger_does_not_see_a_statement(api, make, club, owner):
    bank = await make.standard(club, "1000")
    stranger = await make.user()
    await make.organisation(owner=stranger)
    assert (await read(api(owner), bank))["movements"] == []
    assert (await get(api(stranger), bank)).status_code == 404
    backwards = {"first_day": "2026-03-02", "last_day": "2026-03-01"}
    assert (await get(api(stranger), bank, **backwards)).status_code == 404
    response = await get(api(), bank)
    assert response.status_code == 401


async def test_period_that_ends_before_it_begins_is_refused_as_for_exports(api, make, club, owner):
    bank = await make.standard(club, "1000")
    days = {"first_day": "2026-03-02", "last_day": "2026-03-01"}
    client = api(owner)
    export = await client.post(f"/organisations/{club.public_id}/exports", json=days)
    response = await get(client, bank, **days)
    assert response.status_code == export.status_code == 422
    assert response.json()["problem"]["code"] == export.json()["problem"]["code"] == "bad_range"
    assert response.json()["problem"]["pointer"] == "/last_day"


@pytest.mark.parametrize("name", ["first_day", "last_day"])
async def test_what_is_no_day_is_422(api, make, club, owner, name):
    bank = await make.standard(club, "1000")
    response = await get(api(owner), bank, **{name: "2026-02-30"})
    assert response.status_code == 422
    assert response.json()["problem"]["pointer"] == f"/{name}"


async def test_statement_takes_no_queries_for_single_movements(api, make, club, owner, queries):
    bank = await make.standard(club, "1000")
    client = api(owner)
    for place in range(3):
        await make.entry(club, actor=owner, booked_on=date(2026, 3, 1 + place))
    with queries() as few:
        await read(client, bank, **YEAR)
    for place in range(27):
        code = f"61{place:02d}"
        await make.account(club, code=code, actor=owner)
        await post(
            make,
            club,
            owner,
            date(2026, 1 + place % 12, 2),
            [(code, 10), ("6000", 5), ("1000", -15)],
        )
    with queries() as many:
        statement = await read(client, bank, **YEAR)
    assert len(statement["movements"]) == 30
    assert len(many) <= len(few)


async def test_statement_comes_whole(api, make, club, owner):
    bank = await make.standard(club, "1000")
    lines = [LineDraft(await make.standard(club, "6000"), 7), LineDraft(bank, -7)]
    for place in range(120):
        await post_entry(
            make.session,
            organisation=club,
            actor=owner,
            booked_on=date(2026, 1 + place % 12, 3),
            lines=lines,
        )
    await make.session.commit()
    statement = await read(api(owner), bank, **YEAR)
    assert shown(statement, "running_balance") == [-7 * place for place in range(1, 121)]
    assert summed(statement) == (0, 0, 840, -840)
