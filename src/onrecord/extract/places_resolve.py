"""Which place of that name: weighed by how many live there, what contains it, and what else the article names.

Every distinct name of an article is resolved once (one sense for each name). A candidate's weight is its prior (people,
kind), plus what the text says outright ("Sake, Democratic Republic of Congo"), plus the support of the other names'
candidates: the nearer and the more of one subdivision or country, the more.
"""

from collections.abc import Sequence

import msgspec
import numpy as np
from numpy.typing import NDArray

from onrecord.lexicon.gazetteer import CITY, COUNTRY, COUNTY, OTHER, REGION, Site, fold

_CANDIDATES = 40
_OURS = 10**9  # what the rows of our own table say of people: they come first
_ROUNDS = 6
_PRIOR = {COUNTRY: 2.5, REGION: 0.9, COUNTY: -1.5, CITY: 0.0, OTHER: 0.0}
_CONTAINED = 8.0
_SEAT = 2.0
_OTHER_NAME = 1.0
_SUPPORT = 4.0
_HOME = 1.5
_OUTLET = 1.5
_SHARP = 1.0
_NEAR_KM = 150.0
_WEIGHTS = {"near": 2.5, "first": 2.0, "country": 0.5}


class Question(msgspec.Struct, frozen=True):
    """A distinct name: its candidates, how often it is named, and the names that the text says contain it."""

    name: str
    sites: tuple[Site, ...]
    count: int
    containers: tuple[str, ...] = ()


def contains(outer: Site, inner: Site) -> bool:
    """Say whether the one place lies in the other, by the subdivisions that the gazetteer gives."""
    if outer.kind == COUNTRY:
        return outer.country == inner.country and inner.kind != COUNTRY
    if outer.kind == REGION:
        return bool(outer.first) and outer.first == inner.first and inner.kind in {CITY, COUNTY}
    if outer.kind == COUNTY:
        return bool(outer.second) and outer.second == inner.second and inner.kind == CITY
    return outer.feature == "region" and bool(outer.country) and outer.country == inner.country


def resolve(questions: Sequence[Question], home: str = "") -> dict[str, tuple[Site, float]]:
    """Return for each name its place and the lead over the runner-up; `home` is the country of the outlet, if known."""
    known = {question.name: question for question in questions if question.sites}
    if not known:
        return {}
    owners, sites, prior = [], [], []
    for place, question in enumerate(known.values()):
        outers = [site for name in question.containers if name in known for site in known[name].sites]
        for site in question.sites[:_CANDIDATES]:
            owners.append(place)
            sites.append(site)
            other_name = site.kind != COUNTRY and site.people < _OURS and fold(site.name) != question.name
            held = any(contains(outer, site) for outer in outers)
            prior.append(
                _prior(site, question.sites)
                + (_OUTLET if home and site.country == home else 0.0)
                + (_CONTAINED if held else 0.0)
                - (_OTHER_NAME if other_name else 0.0)
            )
    weights = _settle(np.array(owners), sites, np.array(prior), [question.count for question in known.values()])
    found = {}
    for place, question in enumerate(known.values()):
        mine = [number for number, owner in enumerate(owners) if owner == place]
        ranked = sorted(mine, key=lambda number: -weights[number])
        lead = float(weights[ranked[0]] - weights[ranked[1]]) if len(ranked) > 1 else 9.0
        found[question.name] = (sites[ranked[0]], lead)
    return found


def _prior(site: Site, rivals: Sequence[Site]) -> float:
    seat = site.kind == CITY and any(
        one.kind == REGION and one.first == site.first and one.country == site.country for one in rivals
    )
    return float(np.log10(site.people + 100.0)) + _PRIOR[site.kind] + (_SEAT if seat else 0.0)


def _settle(
    owners: NDArray[np.int64], sites: list[Site], prior: NDArray[np.float64], counts: list[int]
) -> NDArray[np.float64]:
    """Let the candidates of different names support each other, in proportion to how likely each is."""
    close, same_country = _support(sites)
    others = owners[:, None] != owners[None, :]
    close *= others
    same_country *= others
    names = np.minimum(2.0, 1 + np.log(np.array(counts, dtype=float)))
    weights = prior
    for turn in range(_ROUNDS):
        likely = np.exp(_SHARP * (weights - _best(weights, owners)[owners]))
        likely /= np.bincount(owners, likely)[owners]
        likely *= names[owners]
        found = prior + _soft(close @ likely, _SUPPORT) + _soft(same_country @ likely, _HOME)
        weights = found if turn == 0 else (weights + found) / 2  # half a step: two names must not chase each other
    return weights


def _soft(share: NDArray[np.float64], most: float) -> NDArray[np.float64]:
    """Return the support, which tells less the more there is of it, up to a most."""
    level: NDArray[np.float64] = np.tanh(share / most) * most
    return level


def _best(weights: NDArray[np.float64], owners: NDArray[np.int64]) -> NDArray[np.float64]:
    best = np.full(int(owners.max()) + 1, -np.inf)
    np.maximum.at(best, owners, weights)
    return best


def _support(sites: list[Site]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return how near each two candidates are (kilometres, subdivision), and whether they share a country."""
    lat = np.radians(np.array([site.lat or 0.0 for site in sites]))
    lon = np.radians(np.array([site.lon or 0.0 for site in sites]))
    across = np.sin((lat[:, None] - lat[None, :]) / 2) ** 2
    across += np.cos(lat)[:, None] * np.cos(lat)[None, :] * np.sin((lon[:, None] - lon[None, :]) / 2) ** 2
    km = 12742 * np.arcsin(np.sqrt(np.minimum(1.0, across)))
    country = np.array([site.country or f"?{place}" for place, site in enumerate(sites)])
    first = np.array([site.first or -place - 1 for place, site in enumerate(sites)])
    local = np.array([site.kind in {CITY, COUNTY} for site in sites])
    near = np.exp(-km / _NEAR_KM) * (local[:, None] & local[None, :])
    same_first = first[:, None] == first[None, :]
    same_country = country[:, None] == country[None, :]
    close: NDArray[np.float64] = _WEIGHTS["near"] * near + _WEIGHTS["first"] * same_first
    return close, _WEIGHTS["country"] * same_country
