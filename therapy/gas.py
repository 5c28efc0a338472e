"""The T-score of goal attainment scaling: a pure function, for therapists only. Clients see words and steps."""

import math
from collections.abc import Sequence

RHO = 0.3


def gas_t(scores: Sequence[int], weights: Sequence[float] | None = None, rho: float = RHO) -> float:
    """T of a client's goals, each scored -2 to 2 with 0 as hoped. Not rounded. 50 means that all came out as hoped.

    T = 50 + 10 sum(w x) / sqrt((1 - rho) sum(w^2) + rho (sum w)^2), Kiresuk & Sherman 1968, Community Ment Health J 4:443-453;
    `rho`, the correlation expected between goals, is 0.3 by their convention. The formulas printed on pages 364 and 367 of
    Turner-Stokes 2009 were corrected in an erratum and are not used. T depends on the number of goals: compare it within one
    client, not across clients. Without `weights` all goals count the same.

    Raises ValueError without goals, for a score that is no level, for weights that are not positive numbers or not one for each
    goal, and for a rho outside 0 to 1.
    """
    if not scores:
        raise ValueError("no goals")
    if any(isinstance(score, bool) or score not in (-2, -1, 0, 1, 2) for score in scores):
        raise ValueError("a score is one of -2, -1, 0, 1, 2")
    weights = [1.0] * len(scores) if weights is None else weights
    if len(weights) != len(scores):
        raise ValueError("as many weights as scores")
    if not all(math.isfinite(weight) and weight > 0 for weight in weights):
        raise ValueError("a weight is a positive number: leave out a goal that does not count")
    if not 0 <= rho <= 1:
        raise ValueError("rho lies between 0 and 1")
    reached = math.fsum(weight * score for weight, score in zip(weights, scores, strict=True))
    spread = (1 - rho) * math.fsum(weight * weight for weight in weights) + rho * math.fsum(weights) ** 2
    return 50 + 10 * reached / math.sqrt(spread)
