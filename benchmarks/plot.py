"""Curves on logarithmic axes as SVG, legible on light and on dark ground."""

import math
from collections.abc import Mapping, Sequence
from html import escape
from typing import Final

_WIDTH, _HEIGHT = 860, 480
_LEFT, _RIGHT, _TOP, _BOTTOM = 70, 250, 24, 52
_COLOURS: Final = (("#0b57d0", "#8ab4f8"), ("#b3261e", "#f2928b"), ("#146c2e", "#81c995"), ("#8430ce", "#d7aefb"))
"""Each curve's on light and on dark ground; also told apart by marks and by the name at its end."""
_MARKS: Final = ("circle", "square", "diamond", "triangle")


def svg(curves: Mapping[str, Sequence[tuple[float, float]]], across: str, up: str) -> str:
    """The curves, named, of points with positive coordinates; ``across`` and ``up`` name the axes."""
    xs, ys = ([point[at] for points in curves.values() for point in points] for at in (0, 1))
    horizontal = _Axis(min(xs), max(xs), _LEFT, _WIDTH - _RIGHT)
    vertical = _Axis(min(ys), max(ys), _HEIGHT - _BOTTOM, _TOP)
    parts = [*_grid(horizontal, vertical), *_names(across, up)]
    ends = _ends({name: vertical.at(points[-1][1]) for name, points in curves.items()})
    for number, (name, points) in enumerate(curves.items()):
        placed = [(horizontal.at(x), vertical.at(y)) for x, y in points]
        parts.append(f'<g class="c{number % len(_COLOURS)}">')
        parts.append(f'<polyline points="{" ".join(f"{x:.1f},{y:.1f}" for x, y in placed)}"/>')
        parts += [_mark(_MARKS[number % len(_MARKS)], x, y) for x, y in placed]
        (x, y), side = placed[-1], _WIDTH - _RIGHT + 14
        parts.append(f'<path d="M{x + 8:.1f} {y:.1f}L{side - 10} {ends[name]:.1f}h6"/>')
        parts.append(f'<text x="{side}" y="{ends[name] + 4:.1f}">{escape(name)}</text></g>')
    label = escape(f"{up} against {across}: {', '.join(curves)}")
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_HEIGHT}" role="img"'
        f' aria-label="{label}">\n'
        f"<style>{_style()}</style>\n" + "\n".join(parts) + "\n</svg>\n"
    )


class _Axis:
    """Values from ``least`` to ``most``, logarithmic, between two places on the picture."""

    def __init__(self, least: float, most: float, begin: float, end: float) -> None:
        self._low, high = math.log10(least) - 0.06, math.log10(most) + 0.06
        self._scale = (end - begin) / (high - self._low)
        self._begin = begin
        powers = range(math.floor(self._low), math.ceil(high) + 1)
        ticks = [factor * 10.0**power for power in powers for factor in (1, 2, 5)]
        self.ticks = [tick for tick in ticks if self._low <= math.log10(tick) <= high]

    def at(self, value: float) -> float:
        """Where ``value`` lies."""
        return self._begin + (math.log10(value) - self._low) * self._scale


def _grid(horizontal: _Axis, vertical: _Axis) -> list[str]:
    right, bottom = _WIDTH - _RIGHT, _HEIGHT - _BOTTOM
    lines = []
    for tick in horizontal.ticks:
        x = horizontal.at(tick)
        lines.append(f'<line x1="{x:.1f}" y1="{_TOP}" x2="{x:.1f}" y2="{bottom}"/>')
        lines.append(f'<text class="tick" x="{x:.1f}" y="{bottom + 18}" text-anchor="middle">{tick:,.7g}</text>')
    for tick in vertical.ticks:
        y = vertical.at(tick)
        lines.append(f'<line x1="{_LEFT}" y1="{y:.1f}" x2="{right}" y2="{y:.1f}"/>')
        lines.append(f'<text class="tick" x="{_LEFT - 8}" y="{y + 4:.1f}" text-anchor="end">{tick:,.7g}</text>')
    return lines


def _names(across: str, up: str) -> list[str]:
    middle = (_LEFT + _WIDTH - _RIGHT) / 2, (_TOP + _HEIGHT - _BOTTOM) / 2
    return [
        f'<text x="{middle[0]:.0f}" y="{_HEIGHT - 10}" text-anchor="middle">{escape(across)}</text>',
        f'<text transform="translate(16 {middle[1]:.0f}) rotate(-90)" text-anchor="middle">{escape(up)}</text>',
    ]


def _ends(wanted: Mapping[str, float]) -> dict[str, float]:
    """Where the names stand at the ends of their curves, moved down so that none covers another."""
    found: dict[str, float] = {}
    below = -math.inf
    for name, place in sorted(wanted.items(), key=lambda one: one[1]):
        below = found[name] = max(place, below + 17)
    return found


def _mark(kind: str, x: float, y: float) -> str:
    corners = {
        "square": ((-4, -4), (4, -4), (4, 4), (-4, 4)),
        "diamond": ((0, -5.5), (5.5, 0), (0, 5.5), (-5.5, 0)),
        "triangle": ((0, -5), (5, 4), (-5, 4)),
    }.get(kind)
    if corners is None:
        return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="4"/>'
    return f'<polygon points="{" ".join(f"{x + across:.1f},{y + down:.1f}" for across, down in corners)}"/>'


def _style() -> str:
    def colours(at: int) -> str:
        return "".join(f".c{number}{{stroke:{pair[at]};fill:{pair[at]}}}" for number, pair in enumerate(_COLOURS))

    return (
        "svg{background:#fff}text{font:13px system-ui,sans-serif;fill:#1f1f1f;stroke:none}.tick{fill:#5f6368}"
        "line{stroke:#e3e5e8}polyline{fill:none;stroke-width:2}path{fill:none;stroke-dasharray:2 4}g text{fill:inherit}"
        f"{colours(0)}"
        "@media(prefers-color-scheme:dark){svg{background:#17181c}text{fill:#e8eaed}.tick{fill:#9aa0a6}"
        f"line{{stroke:#34363b}}g text{{fill:inherit}}{colours(1)}}}"
    )
