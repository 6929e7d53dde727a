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
  "empty-cart": "There is nothing in your cart. Perhaps it was ordered in another tab: look among your orders.",
  "idempotency-key-reused":
    "This was sent before, with another way to pay, and may be an order by now. Look among your orders before you buy.",
  "order-not-payable": "This order cannot be paid any more. Its page shows what has become of it.",
  "order-not-reserved": "Your things are not set aside yet. Try again in a moment.",
  "request-in-flight": "This is being worked on already. Wait a moment, then look among your orders.",
  "too-late": "It is too late to cancel this order.",
  "too-many-pieces": "A cart holds at most 99 pieces of a product.",
  "too-many-products": "A cart holds at most 100 different products.",
  "too-many-requests": "That was a little fast. Wait a moment, then try again.",
  "unknown-products": "Something in your cart is no longer on offer. Look at your cart and take it out.",
};

function explain(answer) {
  if (answer.status === 0) return "The shop cannot be reached. Look whether you are online, then try again.";
  if (answer.status === 503) {
    return "That part of the shop does not answer at the moment. Nothing is lost: try again in a little while.";
  }
  return advice[answer.body.code] ?? answer.body.detail ?? "Something went wrong here. Try again in a moment.";
}

// --- Asking ---

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

/** Brings the page's regions up to date, and leaves the focus where it is. */
async function refresh() {
  const mine = ++turn;
  let fresh;
  try {
    // Who is no longer signed in would be sent elsewhere; that is for when they do something.
    const answer = await fetch(location.href, { headers: { Accept: "text/html" }, redirect: "manual" });
    if (!answer.ok) return;
    fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
  } catch {
    return;
  }
  if (mine !== turn) return; // a later one is under way
  for (const [id, before] of shown) {
    const now = fresh.getElementById(id);
    if (now === null || withoutKeys(now.outerHTML) === withoutKeys(before)) continue;
    const focused = document.activeElement?.id;
    shown.set(id, now.outerHTML);
    document.getElementById(id).replaceWith(now);
    if (focused) document.getElementById(focused)?.focus({ preventScroll: true });
  }
  localTimes();
}

/** Each look at a page makes a new key, which is no reason to throw away what somebody has chosen on it. */
function withoutKeys(html) {
  return html.replace(/ data-key="[^"]*"/g, "");
}

function localTimes() {
  const format = new Intl.DateTimeFormat(navigator.languages, { dateStyle: "medium", timeStyle: "medium" });
  for (const time of document.querySelectorAll("time[datetime]")) {
    time.textContent = format.format(new Date(time.dateTime));
  }
}

// --- The cart ---

async function count() {
  const badge = document.getElementById("cart-count");
  if (!signedIn) return;
  const answer = await ask("GET", "/cart");
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
      // The cart that this page shows is ordered once, by whichever key; so another card is another wish.
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
    if (answer.body.code === "empty-cart") await refresh();
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

  async again(form) {
    for (const line of form.querySelectorAll("[name=line]")) {
      const [productId, quantity] = line.value.split(" ");
      const answer = await ask("POST", "/cart/add", { productId, quantity: Number(quantity) });
      if (!answer.ok && answer.body.code !== "unknown-products") return warn(explain(answer));
    }
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
  if (button?.id === "sign-out") {
    const answer = await ask("POST", "/logout");
    // A session that has ended already is signed out: /login could sign in again without a question.
    if (answer.ok || answer.status === 401) location.assign(answer.body.location ?? "/signed-out");
    else warn("You are not signed out yet. " + explain(answer));
  }
});

// --- What changes by itself ---

/** An order's life, told as it happens. */
function follow() {
  const order = document.querySelector("[data-order][data-settled]");
  if (order === null || order.dataset.settled === "yes") return;
  const events = new EventSource(`/orders/${order.dataset.order}/events`);
  events.addEventListener("status", async () => {
    const before = document.querySelector("h1").textContent;
    await refresh();
    const now = document.querySelector("[data-order][data-settled]");
    const after = now.querySelector("h1").textContent;
    if (after !== before) tell(after);
    if (now.dataset.settled === "yes") events.close();
  });
  window.addEventListener("pagehide", () => events.close());
}

for (const region of document.querySelectorAll("[data-every]")) {
  setInterval(() => {
    const live = document.getElementById(region.id);
    const typing = live.contains(document.activeElement) && document.activeElement.matches("input");
    if (!document.hidden && !typing) refresh();
  }, Number(region.dataset.every) * 1000);
}

// A page that comes back by the back button, as it was left, shows what was true then.
window.addEventListener("pageshow", (event) => {
  if (event.persisted) location.reload();
});

document.addEventListener("visibilitychange", () => {
  if (!document.hidden) cartChangedElsewhere();
});

export { actions, ask, explain, refresh, tell, warn };

if (sessionStorage.getItem(NOTICE) !== null) {
  warn(sessionStorage.getItem(NOTICE));
  sessionStorage.removeItem(NOTICE);
}
localTimes();
count();
follow();
