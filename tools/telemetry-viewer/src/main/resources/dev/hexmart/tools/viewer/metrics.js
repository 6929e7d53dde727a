// Reads the services' metrics in Prometheus' text format, and draws what becomes of them.
"use strict";

const PACE = 2000; // ms
const KEPT = 90; // points
const WINDOW = 15; // points over which a rate or a percentile is taken
const services = document.getElementById("metrics").dataset.services.split(" ").filter(Boolean);
const history = []; // {time, metrics: {service: [{name, labels, value}]}}, the latest last

function parse(text) {
  const samples = [];
  for (const line of text.split("\n")) {
    const match = /^([a-zA-Z_:][\w:]*)(?:\{(.*)\})? (\S+)/.exec(line);
    if (!match) continue;
    const labels = {};
    for (const [, name, value] of (match[2] ?? "").matchAll(/(\w+)="((?:[^"\\]|\\.)*)"/g)) labels[name] = value;
    samples.push({ name: match[1], labels, value: Number(match[3].replace("Inf", "Infinity")) });
  }
  return samples;
}

async function look() {
  const metrics = {};
  await Promise.all(services.map(async service => {
    try {
      const answer = await fetch("/metrics/" + service);
      if (answer.ok) metrics[service] = parse(await answer.text());
    } catch {
      // It is not there just now: a gap.
    }
  }));
  history.push({ time: Date.now() / 1000, metrics });
  if (history.length > KEPT + WINDOW) history.shift();
}

function find(at, service, name, wanted = () => true) {
  return (history[at]?.metrics[service] ?? []).filter(sample => sample.name === name && wanted(sample.labels));
}

function sum(at, service, name, wanted) {
  return find(at, service, name, wanted).reduce((total, sample) => total + sample.value, 0);
}

const before = at => Math.max(0, at - WINDOW);

function rate(at, service, name, wanted) {
  const from = before(at);
  const seconds = history[at].time - history[from].time;
  return seconds > 0 ? Math.max(0, sum(at, service, name, wanted) - sum(from, service, name, wanted)) / seconds : NaN;
}

const REQUESTS = "http_server_request_duration_seconds";
const failed = labels => labels.http_response_status_code?.startsWith("5") || (labels.error_type && !/^[1-4]\d\d$/.test(labels.error_type));

// As Prometheus' histogram_quantile does it, of what happened within the window; in milliseconds.
function percentile(share, at, service) {
  const counts = new Map();
  for (const [point, sign] of [[at, 1], [before(at), -1]]) {
    for (const { labels, value } of find(point, service, REQUESTS + "_bucket")) {
      const bound = Number(labels.le.replace("+Inf", "Infinity"));
      counts.set(bound, (counts.get(bound) ?? 0) + sign * value);
    }
  }
  const buckets = [...counts].sort((a, b) => a[0] - b[0]);
  const total = buckets.at(-1)?.[1] ?? 0;
  if (total <= 0) return NaN;
  let lower = 0, below = 0;
  for (const [bound, count] of buckets) {
    if (count >= share * total) {
      if (bound === Infinity) return lower * 1000;
      return (lower + (bound - lower) * (share * total - below) / (count - below)) * 1000;
    }
    [lower, below] = [bound, count];
  }
  return NaN;
}

const each = (names, value) => names.map(name => [name, at => value(at, name)]);
const number = digits => value => Number.isFinite(value) ? value.toFixed(value >= 100 ? 0 : digits) : "–";
const inUnit = (digits, unit) => value => number(digits)(value) + (Number.isFinite(value) ? " " + unit : "");
const largest = values => Math.max(0, ...values.filter(Number.isFinite));
const has = names => services.filter(service => names.includes(service));

const CHARTS = [
  { title: "Requests a second", format: number(1), headline: values => values[0], least: 1,
    lines: each(services, (at, service) => rate(at, service, REQUESTS + "_count")),
    main: "gateway" },
  { title: "Failed requests at the gateway", format: inUnit(1, "%"), headline: values => values[0], least: 5,
    lines: each(has(["gateway"]), (at, service) => {
      const all = rate(at, service, REQUESTS + "_count");
      return all > 0 ? 100 * rate(at, service, REQUESTS + "_count", failed) / all : 0;
    }) },
  { title: "p95 of requests", format: inUnit(0, "ms"), headline: values => values[0], least: 10,
    lines: each(services, (at, service) => percentile(0.95, at, service)), main: "gateway" },
  { title: "Oldest message in an outbox", format: inUnit(1, "s"), headline: largest, least: 2,
    lines: each(has(["orders", "payments", "products"]), (at, service) => sum(at, service, "hexmart_outbox_oldest_seconds")) },
  { title: "Orders since the start", format: number(0), headline: values => values[0], least: 5,
    lines: each(["placed", "paid", "cancelled", "refunded"], (at, outcome) =>
      sum(at, "orders", "hexmart_orders_total", labels => labels.outcome === outcome)) },
  { title: "Heap in use", format: inUnit(0, "MB"), headline: values => values[0], least: 50,
    lines: each(["gateway"].filter(name => services.includes(name)), (at, service) =>
      sum(at, service, "jvm_memory_used_bytes", labels => labels.area === "heap") / 1048576) },
];

function svg(tag, attributes) {
  const element = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  return element;
}

function html(tag, text, style) {
  const element = document.createElement(tag);
  element.textContent = text;
  if (style) element.className = style;
  return element;
}

function draw(chart) {
  const lines = chart.main ? [...chart.lines].sort((a, b) => (b[0] === chart.main) - (a[0] === chart.main)) : chart.lines;
  const last = history.length - 1;
  const first = Math.max(0, history.length - KEPT);
  const series = lines.map(([name, value]) => {
    const points = [];
    for (let at = first; at <= last; at++) points.push(value(at));
    return { name, points };
  });
  const now = series.map(line => line.points.at(-1));
  const top = Math.max(chart.least, ...series.flatMap(line => line.points).filter(Number.isFinite)) * 1.08;
  const picture = svg("svg", { class: "chart", viewBox: `0 0 ${KEPT - 1} 100`, preserveAspectRatio: "none", role: "img",
    "aria-label": chart.title + ": " + chart.format(chart.headline(now)) });
  picture.append(svg("line", { class: "floor", x1: 0, x2: KEPT - 1, y1: 99.5, y2: 99.5 }));
  series.forEach((line, i) => {
    const shown = line.points.map((value, x) => [KEPT - line.points.length + x, 99 - value / top * 98]).filter(([, y]) => Number.isFinite(y));
    picture.append(svg("polyline", { class: "c" + i, points: shown.map(point => point.map(n => n.toFixed(1)).join(",")).join(" ") }));
  });
  const caption = html("figcaption", "");
  caption.append(html("span", chart.title), html("strong", chart.format(chart.headline(now))));
  const legend = html("div", "", "legend");
  if (series.length > 1) series.forEach((line, i) => legend.append(html("span", `${line.name} ${number(1)(now[i])}`, "c" + i)));
  const figure = document.createElement("figure");
  figure.append(caption, picture, legend);
  return figure;
}

function row(service) {
  const at = history.length - 1;
  const milliseconds = inUnit(1, "ms");
  const cells = [service, number(1)(rate(at, service, REQUESTS + "_count")), number(1)(rate(at, service, REQUESTS + "_count", failed)),
    milliseconds(percentile(0.5, at, service)), milliseconds(percentile(0.95, at, service)), number(0)(sum(at, service, REQUESTS + "_count"))];
  const line = document.createElement("tr");
  line.append(...cells.map(text => html("td", text)));
  return line;
}

async function round() {
  if (!document.hidden) {
    await look();
    document.getElementById("charts").replaceChildren(...CHARTS.map(draw));
    document.getElementById("services").replaceChildren(...services.map(row));
  }
  setTimeout(round, PACE);
}

round();
