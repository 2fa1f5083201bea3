import shop

assert shop.total([1, 2]) == 3
