from contextlib import contextmanager
from datetime import date, timedelta

import pytest
from sqlalchemy import event

from app.models import Entry, EntryLine
from app.services.accounts import archive_account
from app.services.entries import LineDraft, post_entry, reverse_entry
from app.services.organisations import lock_books

STANDARD = ["1000", "1010", "1200", "2200", "3000", "4000", "6000"]
STATEMENTS = 8


@contextmanager
def count_rows(database):
    fetched = []
    watched = []

    def note(_cursor, row):
        fetched.append(1)
        return row

    def watch(connection, *_):
        watched.append(connection.driver_connection)
        connection.driver_connection.row_factory = note

    engine = database.engine.sync_engine
    event.listen(engine, "checkout", watch)
    try:
        yield fetched
    finally:
        event.remove(engine, "checkout", watch)
        for connection in watched:
            connection.row_factory = None


async def get(client, club, **params):
    path = f"/organisations/{club.public_id}/reports/trial-balance"
    return await client.get(path, params=params)


async def read(client, club, year=2026):
    response = await get(client, club, year=year)
    assert response.status_code == 200
    return response.json()


async def rows(client, club, year=2026):
    report = await read(client, club, year)
    return {row["account"]["code"]: row for row in report["accounts"]}


async def post(make, club, owner, day, *lines):
    await post_entry(
        make.session,
        organisation=club,
        actor=owner,
        booked_on=day,
        lines=[LineDraft(await make.standard(club, code), amount) for code, amount in lines],
    )
    await make.session.commit()


def months(changed=None):
    return dict.fromkeys(range(1, 13), (0, 0, 0)) | (changed or {})


def months_of(row):
    return {
        month["month"]: (month["debit"], month["credit"], month["balance"])
        for month in row["months"]
    }


def ends_of(row):
    return row["opening_balance"], row["closing_balance"]


async def test_report_has_twelve_months_of_each_account(api, make, club, owner):
    await make.entry(club, actor=owner, amount=500, booked_on=date(2026, 3, 2))
    report = await read(api(owner), club)
    assert (report["year"], report["currency"]) == (2026, "EUR")
    assert [row["account"]["code"] for row in report["accounts"]] == STANDARD
    expense = report["accounts"][-1]
    assert {key: expense["account"][key] for key in ("name", "kind", "archived_at")} == {
        "name": "Expenses",
        "kind": "expense",
        "archived_at": None,
    }
    assert expense["account"]["id"] == (await make.standard(club, "6000")).public_id
    for row in report["accounts"]:
        assert [month["month"] for month in row["months"]] == list(range(1, 13))


async def test_currency_is_that_of_the_organisation(api, make, owner):
    yen = await make.organisation(owner=owner, currency="JPY")
    assert (await read(api(owner), yen))["currency"] == "JPY"


async def test_months_have_their_debits_credits_and_balance(api, make, club, owner):
    await post(make, club, owner, date(2026, 3, 2), ("1000", 900), ("4000", -900))
    await post(make, club, owner, date(2026, 3, 31), ("6000", 250), ("1000", -250))
    await post(make, club, owner, date(2026, 6, 30), ("6000", 40), ("1000", -40))
    found = await rows(api(owner), club)
    since_march, since_june = (0, 0, 650), (0, 0, 610)
    assert list(months_of(found["1000"]).values()) == [
        (0, 0, 0),
        (0, 0, 0),
        (900, 250, 650),
        since_march,
        since_march,
        (0, 40, 610),
        *[since_june] * 6,
    ]
    assert ends_of(found["1000"]) == (0, 610)
    assert list(months_of(found["4000"]).values()) == [
        *[(0, 0, 0)] * 2,
        (0, 900, -900),
        *[(0, 0, -900)] * 9,
    ]
    assert ends_of(found["4000"]) == (0, -900)
    assert ends_of(found["6000"]) == (0, 290)


@pytest.mark.parametrize(
    ("day", "month"),
    [
        (date(2026, 1, 1), 1),
        (date(2026, 1, 31), 1),
        (date(2026, 2, 28), 2),
        (date(2026, 9, 30), 9),
        (date(2026, 10, 1), 10),
        (date(2026, 12, 31), 12),
    ],
)
async def test_entry_counts_in_the_month_of_its_day(api, make, club, owner, day, month):
    await make.entry(club, actor=owner, amount=500, booked_on=day)
    found = await rows(api(owner), club)
    assert ends_of(found["6000"]) == (0, 500)
    expected = {number: (0, 0, 500 if number > month else 0) for number in range(1, 13)}
    assert months_of(found["6000"]) == expected | {month: (500, 0, 500)}


async def test_last_day_of_february_in_a_leap_year(api, make, club, owner):
    await make.entry(club, actor=owner, amount=500, booked_on=date(2028, 2, 29))
    found = await rows(api(owner), club, 2028)
    assert months_of(found["6000"])[2] == (500, 0, 500)


@pytest.mark.parametrize("code", STANDARD)
async def test_balances_of_earlier_years_are_carried_on(api, make, club, owner, code):
    contra = "3000" if code != "3000" else "1000"
    await post(make, club, owner, date(2019, 7, 1), (code, 1000), (contra, -1000))
    await post(make, club, owner, date(2025, 12, 31), (code, -300), (contra, 300))
    await post(make, club, owner, date(2026, 5, 1), (code, 5), (contra, -5))
    row = (await rows(api(owner), club))[code]
    assert ends_of(row) == (700, 705)
    assert list(months_of(row).values()) == [
        *[(0, 0, 700)] * 4,
        (5, 0, 705),
        *[(0, 0, 705)] * 7,
    ]


async def test_what_comes_after_the_year_does_not_count(api, make, club, owner):
    await make.entry(club, actor=owner, amount=500, booked_on=date(2027, 1, 1))
    client = api(owner)
    found = await rows(client, club)
    assert ends_of(found["6000"]) == (0, 0)
    assert months_of(found["6000"]) == months()
    following = await rows(client, club, 2027)
    assert months_of(following["6000"])[1] == (500, 0, 500)
    assert ends_of((await rows(client, club, 2028))["6000"]) == (500, 500)


async def test_day_of_posting_plays_no_part(api, make, club, owner, frozen_clock):
    frozen_clock.set(2026, 1, 9, 9)
    await make.entry(club, actor=owner, amount=500, booked_on=date(2025, 12, 30))
    frozen_clock.set(2026, 8, 9, 9)
    await make.entry(club, actor=owner, amount=70, booked_on=date(2026, 11, 2))
    found = await rows(api(owner), club)
    assert ends_of(found["6000"]) == (500, 570)
    assert months_of(found["6000"])[8] == (0, 0, 500)
    assert months_of(found["6000"])[11] == (70, 0, 570)


async def test_lines_count_one_by_one(api, make, club, owner):
    await post(
        make,
        club,
        owner,
        date(2026, 4, 1),
        ("1000", 800),
        ("1000", -200),
        ("1000", -200),
        ("1000", 1),
        ("1000", -1),
        ("6000", 100),
        ("4000", -500),
    )
    found = await rows(api(owner), club)
    assert months_of(found["1000"])[4] == (801, 401, 400)


async def test_opening_balance_is_counted_once(api, make, club, owner):
    for day in (1, 2, 3):
        await make.entry(club, actor=owner, amount=1000, booked_on=date(2025, 5, day))
    for day in (1, 2):
        await make.entry(club, actor=owner, amount=7, booked_on=date(2026, 5, day))
    found = await rows(api(owner), club)
    assert ends_of(found["6000"]) == (3000, 3014)
    assert months_of(found["6000"])[5] == (14, 0, 3014)


async def test_reversed_entries_and_reversals_count_where_they_are_booked(api, make, club, owner):
    entry = await make.entry(club, actor=owner, amount=500, booked_on=date(2026, 3, 2))
    await reverse_entry(make.session, entry=entry, actor=owner, booked_on=date(2026, 5, 4))
    await make.session.commit()
    found = await rows(api(owner), club)
    balances = {3: (500, 0, 500), 4: (0, 0, 500), 5: (0, 500, 0)}
    assert months_of(found["6000"]) == months(balances)
    assert months_of(found["1000"])[5] == (500, 0, 0)


async def test_months_balance(api, make, club, owner):
    for month in range(1, 13):
        await make.entry(club, actor=owner, amount=month * 11, booked_on=date(2026, month, 15))
        await make.entry(
            club,
            actor=owner,
            amount=month * 7,
            debit="1010",
            credit="4000",
            booked_on=date(2025, month, 15),
        )
    found = (await read(api(owner), club))["accounts"]
    assert sum(row["opening_balance"] for row in found) == 0
    for place in range(12):
        totals = [row["months"][place] for row in found]
        debit = sum(month["debit"] for month in totals)
        assert debit == sum(month["credit"] for month in totals) == (place + 1) * 11
        assert sum(month["balance"] for month in totals) == 0


async def test_archived_account_is_shown_where_the_year_touches_it(api, make, club, owner):
    boats = await make.account(club, code="6100", actor=owner)
    for debit, credit, day in (
        ("6100", "1000", date(2023, 5, 1)),
        ("1000", "6100", date(2025, 2, 1)),
    ):
        await make.entry(club, actor=owner, amount=500, debit=debit, credit=credit, booked_on=day)
    await archive_account(make.session, account=boats, actor=owner)
    await make.session.commit()
    client = api(owner)
    assert "6100" not in await rows(client, club, 2022)
    first = (await rows(client, club, 2023))["6100"]
    assert ends_of(first) == (0, 500)
    assert first["account"]["archived_at"] is not None
    assert ends_of((await rows(client, club, 2024))["6100"]) == (500, 500)
    assert ends_of((await rows(client, club, 2025))["6100"]) == (500, 0)
    assert "6100" not in await rows(client, club, 2026)


async def test_archived_account_that_ends_a_month_at_nothing_is_shown(api, make, club, owner):
    boats = await make.account(club, code="6100", actor=owner)
    for debit, credit in (("6100", "1000"), ("1000", "6100")):
        await make.entry(
            club, actor=owner, amount=500, debit=debit, credit=credit, booked_on=date(2026, 5, 1)
        )
    await archive_account(make.session, account=boats, actor=owner)
    await make.session.commit()
    found = await rows(api(owner), club)
    assert months_of(found["6100"]) == months({5: (500, 500, 0)})
    assert list(found) == [*STANDARD, "6100"]


async def test_archived_account_without_entries_is_left_out(api, make, club, owner):
    boats = await make.account(club, code="6100", actor=owner)
    await make.account(club, code="0800", actor=owner)
    await archive_account(make.session, account=boats, actor=owner)
    await make.session.commit()
    found = await rows(api(owner), club)
    assert list(found) == ["0800", *STANDARD]
    assert months_of(found["0800"]) == months()


async def test_closed_books_are_counted_like_others(api, make, club, owner):
    await make.entry(club, actor=owner, amount=500, booked_on=date(2025, 11, 3))
    await make.entry(club, actor=owner, amount=70, booked_on=date(2026, 1, 7))
    client = api(owner)
    before = await read(client, club)
    await lock_books(make.session, organisation=club, actor=owner, until=date(2026, 2, 28))
    await make.session.commit()
    assert await read(client, club) == before
    assert ends_of((await rows(client, club))["6000"]) == (500, 570)


async def test_entries_of_other_organisations_do_not_count(api, make, club, owner):
    other = await make.organisation(owner=owner)
    await make.entry(other, actor=owner, amount=500, booked_on=date(2026, 3, 2))
    await make.entry(other, actor=owner, amount=30, booked_on=date(2025, 3, 2))
    await make.entry(club, actor=owner, amount=7, booked_on=date(2026, 3, 2))
    report = await read(api(owner), club)
    assert [row["account"]["code"] for row in report["accounts"]] == STANDARD
    assert ends_of(report["accounts"][-1]) == (0, 7)


@pytest.mark.parametrize("role", ["viewer", "bookkeeper", "owner"])
async def test_members_read_the_report(api, make, club, role):
    report = await read(api(await make.member(club, role)), club)
    assert len(report["accounts"]) == len(STANDARD)


async def test_stranger_does_not_see_the_report(api, make, club, owner):
    assert (await get(api(owner), club, year=2026)).status_code == 200
    stranger = await make.user()
    await make.organisation(owner=stranger)
    assert (await get(api(stranger), club, year=2026)).status_code == 404
    assert (await get(api(), club, year=2026)).status_code == 401


@pytest.mark.parametrize(
    "year", [None, "", "0", "-1", "10000", "99999999", "2026.5", "2026-01", "x"]
)
async def test_what_is_no_year_is_422(api, club, owner, year):
    params = {} if year is None else {"year": year}
    response = await get(api(owner), club, **params)
    assert response.status_code == 422
    assert response.json()["problem"]["pointer"] == "/year"


@pytest.mark.parametrize("year", [1, 1582, 9999])
async def test_any_year_of_a_booking_has_a_report(api, make, club, owner, year):
    await make.entry(club, actor=owner, amount=500, booked_on=date(year, 1, 1))
    await make.entry(club, actor=owner, amount=70, booked_on=date(year, 12, 31))
    client = api(owner)
    report = await read(client, club, year)
    assert report["year"] == year
    row = report["accounts"][-1]
    assert ends_of(row) == (0, 570)
    assert months_of(row)[1] == (500, 0, 500)
    assert months_of(row)[12] == (70, 0, 570)


async def many_entries(make, club, owner):
    expense, bank = [await make.standard(club, code) for code in ("6000", "1000")]
    earlier = [date(2020 + place // 12, 1 + place % 12, 7) for place in range(70)]
    current = [date(2026, 1, 1) + timedelta(days=5 * place) for place in range(70)]
    later = [date(2027 + place // 12, 1 + place % 12, 7) for place in range(70)]
    make.session.add_all(
        Entry(
            organisation_id=club.id,
            number=number,
            booked_on=day,
            created_by_id=owner.id,
            lines=[
                EntryLine(account_id=expense.id, amount=7, position=1),
                EntryLine(account_id=bank.id, amount=-7, position=2),
            ],
        )
        for number, day in enumerate((*earlier, *current, *later), start=1)
    )
    await make.session.commit()


async def test_report_takes_few_statements_however_many_entries(api, make, club, owner, queries):
    await many_entries(make, club, owner)
    with queries() as statements:
        found = await rows(api(owner), club)
    assert ends_of(found["6000"]) == (490, 980)
    assert len(statements) <= STATEMENTS


async def test_database_hands_over_few_rows_however_many_entries(api, make, database, club, owner):
    await many_entries(make, club, owner)
    with count_rows(database) as fetched:
        found = await rows(api(owner), club)
    assert ends_of(found["6000"]) == (490, 980)
    assert 0 < len(fetched) <= 14 * len(STANDARD) + 20
