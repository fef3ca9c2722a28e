"""Writes the figures of a run as a table and a chart into bench/README.md, between its two marks."""
import html
import json
import re
import sys
import pathlib

BEGIN, END = "<!-- figures -->", "<!-- /figures -->"
KINDS = ["or", "and", "phrase", "question", "boolean", "rare"]


def own(figures, kind):
    return figures["own"][kind]["cpu_us"]


def row(cells):
    return "| " + " | ".join(map(str, cells)) + " |"


def table(figures):
    """Everything of one run as Markdown."""
    about, index = figures["collection"], figures["index"]
    mb = about["bytes"] / 1e6
    lines = [f"{figures['date']}, Wenyuan {figures['version']}, {figures['machine']}: {about['passages']:,} passages, {mb:.1f} MB of text "
             f"({about['zh']:,} Chinese, {about['en']:,} English), of which {about['recombined']:,} are put together from sentences of {about['sources']:,} texts.",
             "", "Processor time of one query, as a multiple of Wenyuan's (over 1: Wenyuan uses less):", ""]
    kinds = [kind for kind in figures["own"] if all(kind in peer["kinds"] for peer in figures["peers"])]
    if figures["peers"]:
        lines += [row(["engine", "work", *kinds]), "|" + "---|" * (len(kinds) + 2)]
        lines.append(row(["Wenyuan, own language", "all it does, over HTTP (µs)", *(f"{own(figures, kind):.0f}" for kind in kinds)]))
        for peer in figures["peers"]:
            lines.append(row([f"{peer['engine']} {peer['version']}", peer["work"], *(f"{peer['kinds'][kind]['cpu_us'] / own(figures, kind):.2f}" for kind in kinds)]))
        lines += ["", "Indexing, as multiples of Wenyuan's:", "", row(["engine", "wall", "processor", "size"]), "|---|---|---|---|"]
        lines.append(row(["Wenyuan", f"{index['seconds']:.0f} s", f"{index['cpu_s']:.0f} s", f"{index['bytes'] / 1e6:.0f} MB"]))
        for peer in figures["peers"]:
            lines.append(row([f"{peer['engine']} {peer['version']}", f"{peer['index_s'] / index['seconds']:.2f}", f"{peer['index_cpu_s'] / index['cpu_s']:.2f}", f"{peer['bytes'] / index['bytes']:.2f}"]))
    lines += ["", "Wenyuan alone:", "", row(["what", "measured"]), "|---|---|",
              row(["indexing of articles with references", f"{mb / index['seconds']:.2f} MB of text a second, {index['cpu_s']:.0f} s of CPU, peak {index['peak_mb']} MB"]),
              row(["size of the index", f"{index['bytes'] / about['bytes']:.2f} times the text"]),
              row(["ready after the start", f"{figures['ready_ms']:.0f} ms"]),
              row(["memory at rest; after the load", f"{figures['rest_mb']} MB (of it {figures['rest_anon_mb']} not mapped from files); {figures['after_mb']} MB"]),
              row(["`/healthz`, server CPU", f"{figures['hello_cpu_us']:.0f} µs"])]
    lines += ["", "One connection, both languages searched as shipped, ten hits with snippet, highlights, section and references:", "",
              row(["kind", "p50 ms", "p99 ms", "server CPU µs", "as a multiple of `/healthz`", "bytes"]), "|---|---|---|---|---|---|"]
    for kind, found in figures["shipped"].items():
        lines.append(row([kind, found["p50_ms"], found["p99_ms"], f"{found['cpu_us']:.0f}", f"{found['cpu_us'] / figures['hello_cpu_us']:.0f}", found["bytes"]]))
    if figures["load"]:
        lines += ["", "Load with wrk; the share is that of `/healthz`, an axum handler that answers a constant, at as many connections:", "",
                  row(["connections", "what", "a second", "share", "p50 ms", "p99 ms", "server CPU µs"]), "|---|---|---|---|---|---|---|"]
        hello = {found["connections"]: found["per_second"] for found in figures["load"] if found["what"] == "healthz"}
        for found in figures["load"]:
            lines.append(row([found["connections"], found["what"], found["per_second"], f"{100 * found['per_second'] / hello[found['connections']]:.1f} %",
                              found["p50_ms"], found["p99_ms"], f"{found['cpu_us']:.0f}"]))
    kept = figures.get("kept")
    if kept:
        lines += ["", f"Apart from all that: 64 keyword queries asked again and again by 16 connections, answered from what was kept (`[server] recent_answers`): "
                  f"{kept['per_second']} a second, {100 * kept['per_second'] / hello[16]:.0f} % of `/healthz`, {kept['cpu_us']:.0f} µs of server CPU."]
    return "\n".join(lines)


def svg(figures):
    """Bars of the geometric mean, over all kinds, of a peer's processor time as a multiple of ours."""
    bars = [("Wenyuan, over HTTP", 1.0)]
    for peer in figures["peers"]:
        product, count = 1.0, 0
        for kind, found in peer["kinds"].items():
            if kind in figures["own"] and found["cpu_us"] > 0:
                product *= found["cpu_us"] / own(figures, kind)
                count += 1
        bars.append((f"{peer['engine']} {peer['version']}", product ** (1 / max(1, count))))
    most = max(value for _, value in bars)
    lines = [f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 720 {50 + 28 * len(bars)}" font-family="sans-serif" font-size="13">',
             '<rect width="100%" height="100%" fill="#fff"/>',
             f'<text x="10" y="22" font-size="14">Processor time of a query as a multiple of Wenyuan\'s, {figures["collection"]["passages"]:,} passages</text>']
    for at, (name, value) in enumerate(bars):
        y = 40 + 28 * at
        lines.append(f'<text x="250" y="{y + 15}" text-anchor="end">{html.escape(name)}</text>'
                     f'<rect x="258" y="{y}" width="{max(1, 390 * value / most):.1f}" height="20" fill="{"#a33" if at == 0 else "#678"}"/>'
                     f'<text x="{264 + 390 * value / most:.1f}" y="{y + 15}">{value:.2f}</text>')
    return "\n".join(lines + ["</svg>", ""])


def report(figures, folder):
    """Puts the table between the marks of README.md and writes chart.svg and results.json beside it."""
    readme = folder / "README.md"
    text = readme.read_text(encoding="utf-8")
    made = f"{BEGIN}\n{table(figures)}\n\n![Processor time of a query](chart.svg)\n{END}"
    readme.write_text(re.sub(re.escape(BEGIN) + ".*" + re.escape(END), lambda _: made, text, flags=re.S), encoding="utf-8")
    (folder / "chart.svg").write_text(svg(figures), encoding="utf-8")
    (folder / "results.json").write_text(json.dumps(figures, indent=1) + "\n")


if __name__ == "__main__":
    report(json.loads(pathlib.Path(sys.argv[1]).read_text()), pathlib.Path(__file__).resolve().parent)
