def total(prices):
    return sum(prices)


def discount(amount):
    if amount < 0:
        raise ValueError("negative")
    return amount // 10 if amount >= 100 else 0
