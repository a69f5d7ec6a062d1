"""Is a number prime? The test of Miller and Rabin; only sizes of this package's parameters come here."""

SMALL = (2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47, 53, 59, 61, 67, 71, 73, 79, 83, 89)


def is_probably_prime(number: int) -> bool:
    if number < SMALL[0] or any(number % prime == 0 for prime in SMALL):
        return number in SMALL
    twos = (number - 1 & 1 - number).bit_length() - 1
    return all(_passes(number, base, twos) for base in SMALL)


def _passes(number: int, base: int, twos: int) -> bool:
    power = pow(base, number - 1 >> twos, number)
    if power in (1, number - 1):
        return True
    for _ in range(twos - 1):
        power = power * power % number
        if power == number - 1:
            return True
    return False
