"""Picture: how what engines take grows with the number of flows, both in powers of ten."""

from __future__ import annotations

from pathlib import Path

from tests.bench.results import LIMIT, Results


def draw(results: Results, path: Path) -> None:
    """Draws one panel for each number of data."""
    import matplotlib as mpl

    mpl.use("svg")
    mpl.rcParams.update({"svg.hashsalt": "bench", "font.size": 9, "svg.fonttype": "none"})
    import matplotlib.pyplot as plt

    widths = sorted({size.partition("/")[2] for size in results.sizes}, key=int)
    figure, panels = plt.subplots(1, len(widths), figsize=(9, 4.2), sharey=True, squeeze=False)
    for panel, width in zip(panels[0], widths, strict=True):
        for engine in results.engines:
            points = [
                (4 * float(size.partition("/")[0]), outcome.median)
                for size in results.sizes
                if size.endswith(f"/{width}")
                and (outcome := results.of(engine, size))
                and outcome.median
            ]
            if points:
                strong = engine == LIMIT or engine.startswith("lawful")
                panel.plot(
                    *zip(*points, strict=True),
                    marker="o",
                    markersize=4 if strong else 3,
                    linewidth=2 if strong else 1,
                    linestyle="-" if strong else "--",
                    label=engine,
                    color="black" if engine == LIMIT else None,
                )
        panel.set(xscale="log", yscale="log", title=f"{width} data", xlabel="flows")
        panel.grid(alpha=0.3)
    panels[0][0].set_ylabel("CPU seconds")
    handles = {
        name: handle
        for panel in panels[0]
        for handle, name in zip(*panel.get_legend_handles_labels(), strict=True)
    }
    figure.legend(handles.values(), handles.keys(), loc="outside right center", frameon=False)
    figure.set_layout_engine("constrained")
    figure.savefig(path, metadata={"Date": None, "Creator": None})
