// What the pages cannot do by themselves: everything that changes something, and everything that changes by itself.
// The pages come whole from the server; where one has to change, its marked regions are fetched anew and put in place.

const signedIn = document.body.dataset.signedIn === "yes";
const alarm = document.getElementById("alarm");
const news = document.getElementById("news");
const tabs = "BroadcastChannel" in window ? new BroadcastChannel("cart") : null;

// --- Telling ---

let fading;

function tell(text) {
  news.textContent = text;
  clearTimeout(fading);
  fading = setTimeout(() => (news.textContent = ""), 6000);
}

function warn(text) {
  alarm.textContent = text;
  alarm.hidden = text === "";
  if (text !== "") alarm.scrollIntoView({ block: "nearest" });
}

const advice = {
  "empty-cart": "There is nothing in your cart. Perhaps it was ordered in another tab: check your orders.",
  "idempotency-key-reused":
    "This was sent before, with another payment method, and may be an order by now. Check your orders before you buy.",
  "order-not-payable": "This order cannot be paid any more. Its page shows what has become of it.",
  "order-not-reserved": "The order is not reserved yet. Try again in a moment.",
  "too-many-unpaid-orders":
    "Too many of your orders hold stock and wait to be paid. Pay or cancel one of them under Orders, then buy again.",
  "request-in-flight": "This request is in progress already. Wait a moment, then check your orders.",
  "too-late": "It is too late to cancel this order.",
  "too-many-pieces": "A cart holds at most 99 pieces of a product.",
  "too-many-products": "A cart holds at most 100 different products.",
  "too-many-requests": "Too many requests. Wait a moment, then try again.",
  "unknown-products": "A product in your cart is no longer available. Remove it from your cart.",
};

function explain(answer) {
  if (answer.status === 0) return "The shop cannot be reached. Check your connection, then try again.";
  if (answer.status === 503) {
    return "That part of the shop does not answer at the moment. Nothing is lost: try again in a little while.";
  }
  return advice[answer.body.code] ?? answer.body.detail ?? "Something went wrong here. Try again in a moment.";
}

// --- Asking ---

/** Header of background requests: they do not keep an idle session alive. */
const BACKGROUND = { "X-Background-Request": "true" };

async function ask(method, path, body, headers = {}) {
  let response;
  try {
    response = await fetch(path, {
      method,
      headers: {
        Accept: "application/json",
        "X-Requested-By": "storefront",
        ...(body === undefined ? {} : { "Content-Type": "application/json" }),
        ...headers,
      },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
  } catch {
    return { ok: false, status: 0, body: {} };
  }
  if (response.status === 401 && headers === BACKGROUND) {
    sessionEnded();
    return { ok: false, status: 401, body: {} };
  }
  if (response.status === 401 && path !== "/logout") {
    location.assign("/login?returnTo=" + encodeURIComponent(location.pathname + location.search));
    return new Promise(() => {}); // the page is being left
  }
  const json = (response.headers.get("Content-Type") ?? "").includes("json");
  const tag = response.headers.get("ETag");
  return { ok: response.ok, status: response.status, tag, body: json ? await response.json() : {} };
}

// --- Regions ---

const shown = new Map([...document.querySelectorAll("[data-region]")].map((region) => [region.id, region.outerHTML]));
let turn = 0;

/**
 * Brings the page's regions up to date, and leaves the focus where it is.
 *
 * @param patiently whether a region stays as it is for as long as its reader types in it
 * @returns "fresh", "failed", "ended" where the session has, or "overtaken" by a later one
 */
async function refresh(patiently = false) {
  const mine = ++turn;
  const asked = Date.now();
  let fresh;
  try {
    const answer = await fetch(location.href, {
      headers: { Accept: "text/html", ...BACKGROUND },
      redirect: "manual",
      signal: "timeout" in AbortSignal ? AbortSignal.timeout(10_000) : undefined,
    });
    // A page that needs a session leads to signing in.
    if (answer.type === "opaqueredirect") return sessionEnded();
    if (!answer.ok) return "failed";
    fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
  } catch {
    return "failed";
  }
  if (signedIn && fresh.body.dataset.signedIn !== "yes") return sessionEnded();
  if (mine !== turn) return "overtaken";
  for (const [id, before] of shown) {
    const now = fresh.getElementById(id);
    if (now === null || withoutKeys(now.outerHTML) === withoutKeys(before)) continue;
    const region = document.getElementById(id);
    const focused = document.activeElement;
    if (patiently && region.contains(focused) && focused.matches("input:not([type=radio])")) continue;
    shown.set(id, now.outerHTML);
    region.replaceWith(now);
    if (focused?.id) document.getElementById(focused.id)?.focus({ preventScroll: true });
  }
  localTimes();
  ended = false;
  knownAt = Math.max(knownAt, asked);
  showState();
  return "fresh";
}

/** Each view of a page has a new key, which must not discard the visitor's input. */
function withoutKeys(html) {
  return html.replace(/ data-key="[^"]*"/g, "");
}

function localTimes() {
  // As English is written in the reader's country: the page is in English, so the digits and months are too.
  const region = new Intl.Locale(navigator.language).region;
  const format = new Intl.DateTimeFormat(region ? `en-${region}` : "en", { dateStyle: "medium", timeStyle: "medium" });
  for (const time of document.querySelectorAll("time[datetime]")) {
    time.textContent = format.format(new Date(time.dateTime));
  }
}

// --- The cart ---

async function count() {
  const badge = document.getElementById("cart-count");
  if (!signedIn) return;
  const answer = await ask("GET", "/cart", undefined, BACKGROUND);
  if (!answer.ok) return;
  badge.textContent = answer.body.itemCount;
  badge.hidden = answer.body.itemCount === 0;
}

async function cartChanged() {
  tabs?.postMessage("changed");
  await Promise.all([count(), document.querySelector("[data-cart]") ? refresh() : undefined]);
}

async function cartChangedElsewhere() {
  await Promise.all([count(), document.querySelector("[data-cart]") ? refresh() : undefined]);
}

tabs?.addEventListener("message", cartChangedElsewhere);

// --- Buying ---

/** What the next page is to say once. */
const NOTICE = "notice";

const actions = {
  async add(form) {
    const quantity = Number(form.elements.quantity?.value ?? 1);
    const answer = await ask("POST", "/cart/add", { productId: form.dataset.product, quantity });
    if (!answer.ok) return warn(explain(answer));
    tell(`${form.dataset.name} is in your cart.`);
    await cartChanged();
  },

  async amount(form) {
    const field = form.elements.quantity;
    if (!field.reportValidity()) return;
    const answer = await ask("PUT", "/cart/items/" + form.dataset.product, { quantity: Number(field.value) });
    if (!answer.ok) warn(explain(answer));
    await cartChanged();
    tell(`${field.value} × ${form.dataset.name}. Total ${document.getElementById("total")?.textContent ?? ""}`);
  },

  async remove(form) {
    const answer = await ask("DELETE", "/cart/items/" + form.dataset.product);
    if (!answer.ok) return warn(explain(answer));
    await cartChanged();
    tell(`${form.dataset.name} is no longer in your cart.`);
    document.getElementById("content").focus();
  },

  async buy(form) {
    const seen = document.getElementById("total").textContent;
    const method = form.elements.method.value;
    const answer = await ask(
      "POST",
      "/cart/checkout",
      {
        ...(method === "" ? {} : { payment: { method } }),
        expectedTotal: { amount: Number(form.dataset.amount), currency: form.dataset.currency },
      },
      // The cart that this page shows is ordered once, by whichever key; so another card is another request.
      { "Idempotency-Key": `${form.dataset.key}.${method}`, "If-Match": form.dataset.tag },
    );
    const ordered = answer.body.code === "cart-already-ordered";
    if (ordered) {
      sessionStorage.setItem(
        NOTICE,
        "This cart had been ordered already, perhaps in another tab or on another device. " +
          "This is that order; nothing more has been bought.",
      );
    }
    if (answer.ok || ordered) {
      tabs?.postMessage("changed");
      location.assign("/shop/orders/" + answer.body.orderId);
      return new Promise(() => {});
    }
    if (answer.body.code === "price-changed" || answer.body.code === "cart-changed") {
      await refresh();
      const chosen = document.querySelector(`[name=method][value="${method}"]`);
      if (chosen !== null) chosen.checked = true;
      const now = document.getElementById("total")?.textContent ?? "";
      return warn(
        answer.body.code === "cart-changed"
          ? "Your cart has changed since this page showed it, perhaps in another tab or on another device. " +
              "Nothing has been ordered. This is what is in it now: look again, and buy if you agree."
          : `A price has changed while you were looking: you saw ${seen}, it is ${now} now. ` +
              "Nothing has been ordered. Look again, and buy if you agree.",
      );
    }
    warn(explain(answer));
    // What cannot be bought as it is, the page says line by line.
    if (["empty-cart", "not-enough-stock", "unknown-products", "mixed-currencies"].includes(answer.body.code)) {
      await refresh();
    }
  },

  async pay(form) {
    const answer = await ask(
      "POST",
      "/pay",
      { orderId: form.dataset.order, method: form.elements.method.value },
      { "Idempotency-Key": form.dataset.key },
    );
    if (!answer.ok) warn(explain(answer));
    else if (answer.body.status === "DECLINED") warn("The payment was declined. Nothing was charged. Try another card.");
    await refresh();
  },

  async cancel(form) {
    const answer = await ask("POST", `/orders/${form.dataset.order}/cancel`);
    if (!answer.ok) warn(explain(answer));
    await refresh();
  },

  /** Says how many pieces there shall be and does not add, so that clicking again after a lost answer changes nothing. */
  async again(form) {
    const present = await ask("GET", "/cart");
    if (!present.ok) return warn(explain(present));
    const there = new Map(present.body.lines.map((line) => [line.productId, line.quantity]));
    const left = [];
    for (const line of form.querySelectorAll("[name=line]")) {
      const [productId, wanted] = line.value.split(" ");
      const quantity = Math.max(Number(wanted), there.get(productId) ?? 0);
      const answer = await ask("PUT", "/cart/items/" + productId, { quantity });
      if (answer.status === 0 || answer.status >= 500) return warn(explain(answer));
      if (!answer.ok) left.push(answer.status === 404 ? "A product is no longer available." : explain(answer));
    }
    if (left.length > 0) sessionStorage.setItem(NOTICE, "Not everything could be put back. " + [...new Set(left)].join(" "));
    tabs?.postMessage("changed");
    location.assign("/shop/cart");
    return new Promise(() => {});
  },
};

/** Does one thing at a time for a form: who clicks twice means it once. */
async function act(name, form) {
  if (form.dataset.busy) return;
  form.dataset.busy = "yes";
  const buttons = [...form.querySelectorAll("button")];
  buttons.forEach((button) => button.setAttribute("aria-disabled", "true"));
  warn("");
  try {
    await actions[name](form);
  } finally {
    delete form.dataset.busy;
    buttons.forEach((button) => button.removeAttribute("aria-disabled"));
  }
}

document.addEventListener("submit", (event) => {
  const name = event.target.dataset.action;
  if (name === undefined) return;
  event.preventDefault();
  act(name, event.target);
});

document.addEventListener("change", (event) => {
  if ("submits" in event.target.dataset) event.target.form.requestSubmit();
  const form = event.target.closest("form[data-action=amount]");
  if (form !== null) act("amount", form);
});

document.addEventListener("click", async (event) => {
  const button = event.target.closest("button");
  if (button?.dataset.action === "remove") act("remove", button.form);
  if (button?.dataset.action === "fewer") {
    button.form.elements.quantity.value = button.dataset.quantity;
    act("amount", button.form);
  }
  if (button?.id === "sign-out") {
    const answer = await ask("POST", "/logout");
    // A session that has ended already is signed out: /login could sign in again without a question.
    if (answer.ok || answer.status === 401) location.assign(answer.body.location ?? "/signed-out");
    else warn("You are not signed out yet. " + explain(answer));
  }
});

// --- What changes by itself ---

// A page with [data-every] asks again by itself. The page of an order that goes on is told what happens by a stream of
// events, one for all of a browser's pages: browsers open six connections to a shop, and ten streams would take them all.
// The page that holds the lock STREAM listens for all that hold a lock FOLLOWED, and passes on what it hears. Both locks end
// with their page, however it ends, and the next in line goes on. Only pages that are shown take part: what is hidden may be
// frozen at any time, and catches up when it is shown. A page that is not told asks for itself; one that gets no answer
// either says so.

const STREAM = "orders: stream";
const FOLLOWED = "orders: followed ";
const MOST_FOLLOWED = 50;
const SECOND = 1000;
const QUIET = 10 * SECOND; // a ping comes every three seconds
const GRACE = 3 * SECOND; // to catch up before a page says that it is behind

const orders = "BroadcastChannel" in window ? new BroadcastChannel("orders") : null;
const shares = orders !== null && "locks" in navigator;

/** When what the page shows was last known to be true. */
let knownAt = Date.now();
let shownSince = Date.now();
/** Until when the stream of events counts as open. */
let liveUntil = 0;
/** Whether something has happened that the page does not show yet. */
let behind = false;
let ended = false;
let notice = null;

/** The order whose stream the page follows, until it is settled. */
function followed() {
  const order = document.querySelector("[data-order][data-settled=no]:not([data-every])");
  return order === null ? null : { id: order.dataset.order, version: Number(order.dataset.version ?? 0) };
}

/** How often the page asks by itself, in milliseconds; never, where nothing on it changes or a stream tells it. */
function pace() {
  const regions = [...document.querySelectorAll("[data-every]")].map((region) => Number(region.dataset.every) * SECOND);
  const waits = followed() !== null && (behind || Date.now() > liveUntil);
  return Math.min(Infinity, ...regions, ...(waits ? [5 * SECOND] : []));
}

/** From half to one and a half times as long, so that those who were cut off together do not come back together. */
function jitter(time) {
  return time * (0.5 + Math.random());
}

function backoff(failures) {
  return jitter(Math.min(SECOND * 2 ** (failures - 1), 30 * SECOND));
}

function sessionEnded() {
  ended = true;
  leave();
  showState();
  return "ended";
}

/** Says what is the matter where the page may no longer show what is true. */
function showState() {
  const now = Date.now();
  const late = followed() !== null ? QUIET : pace() + 5 * SECOND;
  const stale = now - knownAt > late && now - shownSince > GRACE && (followed() !== null || pace() < Infinity);
  const state = document.hidden ? "" : ended ? "ended" : stale ? "stale" : "";
  if ((notice?.dataset.state ?? "") === state) return;
  notice?.remove();
  notice = null;
  if (state === "") return;
  notice = document.createElement("div");
  notice.id = "state";
  notice.className = "state";
  notice.dataset.state = state;
  notice.setAttribute("role", "status");
  const words = document.createElement("p");
  const since = new Intl.DateTimeFormat(navigator.languages, { timeStyle: "medium" }).format(new Date(knownAt));
  if (state === "stale") {
    words.textContent = `Reconnecting… The shop does not answer. This page shows how things were at ${since}.`;
    notice.append(words);
  } else {
    words.textContent = "You are no longer signed in. This page is not kept up to date any more.";
    const link = document.createElement("a");
    link.className = "button";
    link.href = "/login?returnTo=" + encodeURIComponent(location.pathname + location.search);
    link.textContent = "Sign in again";
    notice.append(words, link);
  }
  document.body.append(notice);
}

let asking = false;
let failed = 0;
let due = Date.now() + 5 * SECOND;

/** Asks for the page anew where that is due, and looks whether what it shows is still known to be true. */
async function keepUpToDate() {
  showState();
  if (document.hidden || ended || asking || Date.now() < due || pace() === Infinity) return;
  await look();
}

async function look() {
  asking = true;
  const outcome = await refresh(true);
  asking = false;
  failed = outcome === "failed" ? failed + 1 : 0;
  due = Date.now() + (failed > 0 ? backoff(failed) : Math.min(pace(), 60 * SECOND));
  if (outcome === "fresh") {
    behind = false;
    followed() === null ? leave() : join();
  }
  showState();
}

/** What the page that listens passes on, or hears itself. */
async function hear(message) {
  const mine = followed();
  if (message.ended) return sessionEnded();
  if (mine === null) return;
  if (message.alive?.includes(mine.id)) {
    liveUntil = Date.now() + QUIET;
    if (!behind) knownAt = Date.now();
    showState();
  }
  if (message.order === mine.id && !(message.version <= mine.version)) {
    behind = true;
    const before = document.querySelector("h1").textContent;
    await look();
    const after = document.querySelector("h1").textContent;
    if (after !== before) tell(after);
  }
}

function passOn(message) {
  orders.postMessage(message);
  hear(message);
}

let leaving = null;

/** Takes part for as long as the page is shown and its order goes on. */
function join() {
  const mine = followed();
  if (!shares || leaving !== null || document.hidden || ended || mine === null) return;
  leaving = new AbortController();
  const { signal } = leaving;
  const left = new Promise((resolve) => signal.addEventListener("abort", resolve));
  const hold = (name, mode, work) => navigator.locks.request(name, { mode, signal }, work).catch(() => {});
  hold(FOLLOWED + mine.id, "shared", () => {
    orders.postMessage({ joined: mine.id });
    hold(STREAM, "exclusive", () => lead(signal));
    return left;
  });
}

function leave() {
  leaving?.abort();
  leaving = null;
  liveUntil = 0;
}

/** Ends what is being waited for, if anything is. */
let wake = () => {};

function pause(time, signal) {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, time);
    wake = () => (clearTimeout(timer), resolve());
    signal.addEventListener("abort", wake, { once: true });
  });
}

/** Listens for all pages of this browser, until this one leaves. */
async function lead(signal) {
  const seen = new Map();
  const unknown = new Set();
  const joins = { count: 0, noticed: () => {} };
  const count = ({ data }) => {
    if (data.joined === undefined) return;
    joins.count++;
    joins.noticed(data.joined);
  };
  orders.addEventListener("message", count);
  signal.addEventListener("abort", () => orders.removeEventListener("message", count));
  let failures = 0;
  while (!signal.aborted) {
    const before = joins.count;
    const { held } = await navigator.locks.query();
    const ids = [...new Set(held.filter((lock) => lock.name.startsWith(FOLLOWED)).map((lock) => lock.name.slice(FOLLOWED.length)))]
      .filter((id) => !unknown.has(id))
      .slice(0, MOST_FOLLOWED);
    if (joins.count !== before) continue;
    const outcome = ids.length === 0 ? { again: SECOND } : await listen(ids, { seen, unknown, joins }, signal);
    if (outcome.ended) return passOn({ ended: true });
    failures = outcome.failed ? failures + 1 : 0;
    const time = Math.max(failures > 0 ? backoff(failures) : 0, outcome.again ?? 0);
    if (!signal.aborted) await pause(time, signal);
  }
}

async function listen(ids, { seen, unknown, joins }, signal) {
  const stop = new AbortController();
  let joined = false;
  let quiet = setTimeout(() => stop.abort(), QUIET);
  joins.noticed = (id) => {
    if (ids.includes(id) || unknown.has(id)) return;
    joined = true;
    stop.abort();
  };
  const end = () => stop.abort();
  signal.addEventListener("abort", end);
  try {
    const known = ids.filter((id) => seen.has(id));
    const last = ids.length === 1 ? seen.get(ids[0]) : known.map((id) => id + ":" + seen.get(id)).join(",");
    const answer = await fetch(`/orders/${ids.join(",")}/events`, {
      headers: { Accept: "text/event-stream", ...(last ? { "Last-Event-ID": String(last) } : {}), ...BACKGROUND },
      cache: "no-store",
      signal: stop.signal,
    });
    if (answer.status === 401) return { ended: true };
    if (answer.status === 404) {
      const problem = await answer.json();
      (problem.orders ?? ids).forEach((id) => unknown.add(id));
      return { again: SECOND };
    }
    if (!answer.ok) return { failed: true, again: Number(answer.headers.get("Retry-After") ?? 0) * SECOND };
    const reader = answer.body.getReader();
    const decoder = new TextDecoder();
    let text = "";
    for (let piece = await reader.read(); !piece.done; piece = await reader.read()) {
      clearTimeout(quiet);
      quiet = setTimeout(() => stop.abort(), QUIET);
      text += decoder.decode(piece.value, { stream: true });
      const events = text.split("\n\n");
      text = events.pop();
      for (const event of events.map(fields).filter((each) => each.event === "status")) {
        const { orderId = ids[0], version = Number(event.id) } = JSON.parse(event.data);
        seen.set(orderId, version);
        passOn({ order: orderId, version });
      }
      passOn({ alive: ids });
    }
    return { again: jitter(SECOND) };
  } catch {
    return joined ? { again: 100 } : { failed: true };
  } finally {
    clearTimeout(quiet);
    signal.removeEventListener("abort", end);
    joins.noticed = () => {};
    stop.abort();
  }
}

function fields(event) {
  return Object.fromEntries(event.split("\n").map((line) => line.split(/: ?(.*)/s, 2)));
}

orders?.addEventListener("message", ({ data }) => hear(data));
setInterval(keepUpToDate, SECOND);

window.addEventListener("online", () => {
  due = 0;
  wake();
});

window.addEventListener("pagehide", leave);

// A page that comes back by the back button, as it was left, shows what was true then.
window.addEventListener("pageshow", (event) => {
  if (event.persisted) location.reload();
});

document.addEventListener("visibilitychange", () => {
  if (document.hidden) return leave();
  shownSince = Date.now();
  count();
  if (ended || document.querySelector("[data-cart]") || pace() < Infinity || followed() !== null) look();
});

export { actions, ask, explain, refresh, tell, warn };

if (sessionStorage.getItem(NOTICE) !== null) {
  warn(sessionStorage.getItem(NOTICE));
  sessionStorage.removeItem(NOTICE);
}
localTimes();
count();
join();
