"""Many tests at once: p-values corrected."""

from collections.abc import Sequence


def holm(p_values: Sequence[float]) -> tuple[float, ...]:
    """Holm's step-down correction, for a planned family of tests."""
    order = sorted(range(len(p_values)), key=lambda i: p_values[i])
    corrected, running = [0.0] * len(p_values), 0.0
    for rank, index in enumerate(order):
        running = max(running, min(1.0, (len(p_values) - rank) * p_values[index]))
        corrected[index] = running
    return tuple(corrected)


def benjamini_hochberg(p_values: Sequence[float]) -> tuple[float, ...]:
    """Benjamini and Hochberg's false discovery rate, for exploration."""
    order = sorted(range(len(p_values)), key=lambda i: p_values[i], reverse=True)
    corrected, running = [0.0] * len(p_values), 1.0
    for rank, index in enumerate(order):
        running = min(running, p_values[index] * len(p_values) / (len(p_values) - rank))
        corrected[index] = running
    return tuple(corrected)
