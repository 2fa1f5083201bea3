from datetime import date

import pytest

from app.services.accounts import archive_account
from app.services.cost_sharing import Share, share_cost
from app.services.organisations import lock_books

SHARED = [
    (200, [1, 1, 4], [34, 33, 133]),
    (196, [6, 2, 1, 1], [118, 39, 20, 19]),
    (116, [2, 2, 2, 1, 5], [20, 19, 19, 10, 48]),
    (3188, [9, 4, 7], [1435, 637, 1116]),
    (704, [8, 9, 2, 9, 5], [171, 192, 43, 192, 106]),
    (
        992_418_331_913,
        [5292, 6472, 8801, 5617, 7073, 8164, 7442, 6169, 5597, 9545, 5361],
        [
            69_530_904_538,
            85_034_772_141,
            115_635_202_351,
            73_801_037_564,
            92_931_233_522,
            107_265_741_619,
            97_779_476_866,
            81_053_694_274,
            73_538_260_148,
            125_410_522_263,
            70_437_486_627,
        ],
    ),
]
EVEN = [
    (10_000, [1, 1, 1], [3334, 3333, 3333]),
    (10, [5, 3, 3], [4, 3, 3]),
    (600, [1, 2, 3], [100, 200, 300]),
]
HUGE = [
    (2**53 + 3, [1, 1], [2**52 + 2, 2**52 + 1]),
    (
        10**17 + 1,
        [1, 1, 1],
        [33_333_333_333_333_334, 33_333_333_333_333_334, 33_333_333_333_333_333],
    ),
    (
        9 * 10**18 + 1,
        [9999, 10_000, 1],
        [4_499_550_000_000_000_000, 4_500_000_000_000_000_001, 450_000_000_000_000],
    ),
]


async def accounts_for(make, club, owner, weights):
    return [
        await make.account(club, code=f"61{place:02d}", actor=owner)
        for place in range(len(weights))
    ]


async def post(client, make, club, amount, accounts, weights):
    bank = await make.standard(club, "1000")
    return await client.post(
        f"/organisations/{club.public_id}/entries/shared-cost",
        json={
            "booked_on": "2026-03-02",
            "memo": "Boathouse",
            "paid_from": bank.public_id,
            "amount": amount,
            "shares": [
                {"account": account.public_id, "weight": weight}
                for account, weight in zip(accounts, weights, strict=True)
            ],
        },
    )


async def shared(api, make, club, owner, amount, weights):
    accounts = await accounts_for(make, club, owner, weights)
    response = await post(api(owner), make, club, amount, accounts, weights)
    assert response.status_code == 201
    return response.json()


def lines_of(entry):
    return [(line["account"]["code"], line["amount"]) for line in entry["lines"]]


def expected(amount, parts):
    shares = [(f"61{place:02d}", part) for place, part in enumerate(parts) if part != 0]
    return [("1000", -amount), *shares]


@pytest.mark.parametrize(("amount", "weights", "parts"), SHARED + EVEN)
async def test_spare_units_go_where_the_rule_sends_them(
    api, make, club, owner, amount, weights, parts
):
    entry = await shared(api, make, club, owner, amount, weights)
    assert lines_of(entry) == expected(amount, parts)


@pytest.mark.parametrize(("amount", "weights", "parts"), SHARED + EVEN)
async def test_refund_mirrors_the_cost(api, make, club, owner, amount, weights, parts):
    entry = await shared(api, make, club, owner, -amount, weights)
    assert lines_of(entry) == expected(-amount, [-part for part in parts])
    assert entry["source"] == "shared"
    assert entry["memo"] == "Boathouse"
    assert entry["booked_on"] == "2026-03-02"
    assert entry["reverses"] is None


@pytest.mark.parametrize("sign", [1, -1])
@pytest.mark.parametrize(("amount", "weights", "parts"), HUGE)
async def test_no_amount_is_too_large_for_the_service(
    session, make, club, owner, amount, weights, parts, sign
):
    accounts = await accounts_for(make, club, owner, weights)
    entry = await share_cost(
        session,
        organisation=club,
        actor=owner,
        booked_on=date(2026, 3, 2),
        paid_from=await make.standard(club, "1000"),
        amount=sign * amount,
        shares=[Share(account, weight) for account, weight in zip(accounts, weights, strict=True)],
    )
    found = [(line.account.code, line.amount) for line in entry.lines]
    assert found == expected(sign * amount, [sign * part for part in parts])


@pytest.mark.parametrize("sign", [1, -1])
@pytest.mark.parametrize(
    ("amount", "weights", "parts"),
    [(1, [1, 1], [1, 0]), (1, [1, 2], [0, 1]), (7, [0, 2, 0, 1], [0, 5, 0, 2])],
)
async def test_share_that_comes_to_nothing_has_no_line(
    api, make, club, owner, amount, weights, parts, sign
):
    entry = await shared(api, make, club, owner, sign * amount, weights)
    assert lines_of(entry) == expected(sign * amount, [sign * part for part in parts])


@pytest.mark.parametrize("sign", [1, -1])
async def test_account_with_two_shares_has_two_lines(api, make, club, owner, sign):
    first, second = await accounts_for(make, club, owner, [1, 1])
    response = await post(api(owner), make, club, sign * 200, [second, first, second], [1, 1, 4])
    assert lines_of(response.json()) == [
        ("1000", sign * -200),
        ("6101", sign * 34),
        ("6100", sign * 33),
        ("6101", sign * 133),
    ]


async def test_refund_of_all_leaves_nothing_on_the_accounts(api, make, club, owner):
    weights = [1, 1, 4]
    accounts = await accounts_for(make, club, owner, weights)
    client = api(await make.bookkeeper(club))
    for amount in (200, -200, 100, -100, 1, -1):
        response = await post(client, make, club, amount, accounts, weights)
        assert response.status_code == 201
    for account in (*accounts, await make.standard(club, "1000")):
        detail = (await client.get(f"/accounts/{account.public_id}")).json()
        assert detail["balance"] == 0


@pytest.mark.parametrize("amount", [0, 15.5, "200", None, 10**12 + 1, -(10**12) - 1])
async def test_other_amounts_are_refused(api, make, club, owner, amount):
    accounts = await accounts_for(make, club, owner, [1, 1])
    response = await post(api(owner), make, club, amount, accounts, [1, 1])
    assert response.status_code == 422
    assert response.json()["problem"]["pointer"] == "/amount"


async def test_largest_refund(api, make, club, owner):
    entry = await shared(api, make, club, owner, -(10**12), [1, 1])
    assert lines_of(entry) == expected(-(10**12), [-5 * 10**11, -5 * 10**11])


@pytest.mark.parametrize("amount", [200, -200])
async def test_weights_that_are_all_zero_are_refused(api, make, club, owner, amount):
    accounts = await accounts_for(make, club, owner, [0, 0])
    response = await post(api(owner), make, club, amount, accounts, [0, 0])
    assert response.status_code == 422
    problem = response.json()["problem"]
    assert (problem["code"], problem["pointer"]) == ("no_weight", "/shares")


@pytest.mark.parametrize("amount", [200, -200])
async def test_weight_below_zero_is_refused(api, make, club, owner, amount):
    accounts = await accounts_for(make, club, owner, [1, 1])
    response = await post(api(owner), make, club, amount, accounts, [2, -1])
    assert response.status_code == 422
    assert response.json()["problem"]["pointer"] == "/shares/1/weight"


async def test_refund_is_not_booked_on_a_closed_day(api, make, club, owner):
    accounts = await accounts_for(make, club, owner, [1, 1])
    await lock_books(make.session, organisation=club, actor=owner, until=date(2026, 3, 2))
    await make.session.commit()
    response = await post(api(owner), make, club, -200, accounts, [1, 1])
    assert response.status_code == 409
    assert response.json()["problem"]["code"] == "period_locked"


async def test_refund_to_an_archived_account_is_refused(api, make, club, owner):
    accounts = await accounts_for(make, club, owner, [1, 1])
    await archive_account(make.session, account=accounts[1], actor=owner)
    await make.session.commit()
    response = await post(api(owner), make, club, -200, accounts, [1, 1])
    assert response.status_code == 409
    assert response.json()["problem"]["code"] == "account_archived"


async def test_viewer_and_stranger_share_no_refund(api, make, club, owner):
    accounts = await accounts_for(make, club, owner, [1, 1])
    viewer = api(await make.viewer(club))
    assert (await post(viewer, make, club, -200, accounts, [1, 1])).status_code == 403
    stranger = api(await make.user())
    assert (await post(stranger, make, club, -200, accounts, [1, 1])).status_code == 404
