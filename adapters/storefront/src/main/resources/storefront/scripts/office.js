// What the back office can do besides. It is loaded by its own pages only.
import { actions, ask, explain, refresh, tell, warn } from "/scripts/shop.js";

const advice = {
  stale: "This product was changed by another user. Reload the page and repeat your change.",
  "not-found": "It does not exist any more. Reload the page.",
};

function why(answer) {
  const errors = answer.body.errors ?? [];
  const told = errors.map((error) => error.detail).filter((detail) => detail !== undefined);
  return advice[answer.body.code] ?? (told.length > 0 ? told.join(". ") + "." : explain(answer));
}

function details(form) {
  const { name, description, category, image, price, currency } = form.elements;
  return {
    name: name.value.trim(),
    description: description.value.replaceAll("\r\n", "\n"),
    category: category.value,
    image: image.value,
    price: {
      amount: Math.round(Number(price.value) * 10 ** Number(currency.selectedOptions[0].dataset.digits)),
      currency: currency.value,
    },
  };
}

Object.assign(actions, {
  async offer(form) {
    const answer = await ask("POST", "/products", { ...details(form), stock: Number(form.elements.stock.value) });
    if (!answer.ok) return warn(why(answer));
    location.assign("/office/products/" + answer.body.id);
    return new Promise(() => {});
  },

  async revise(form) {
    const answer = await ask("PUT", "/products/" + form.dataset.product, details(form), {
      "If-Match": form.dataset.tag,
    });
    if (!answer.ok) return warn(why(answer));
    form.dataset.tag = answer.tag;
    document.querySelector("h1").textContent = answer.body.name;
    tell("Saved. The shop shows it from now on.");
  },

  async withdraw(form) {
    const tag = document.querySelector("form[data-tag]").dataset.tag;
    const answer = await ask("DELETE", "/products/" + form.dataset.product, undefined, { "If-Match": tag });
    form.closest("dialog").close();
    if (!answer.ok) return warn(why(answer));
    location.assign("/office/products");
    return new Promise(() => {});
  },

  async rename(form) {
    const answer = await ask("PUT", "/categories/" + form.dataset.category, { name: form.elements.name.value.trim() });
    if (!answer.ok) return warn(why(answer));
    form.elements.name.value = answer.body.name;
    tell("Saved. The shop shows the new name within half a minute.");
  },

  async adjust(form) {
    const { sign, pieces, reason } = form.elements;
    const answer = await ask("POST", `/products/${form.dataset.product}/stock`, {
      delta: Number(sign.value) * Number(pieces.value),
      reason: reason.value.trim(),
    });
    if (!answer.ok) return warn(why(answer));
    form.reset();
    await refresh();
    tell(`Saved. ${answer.body.stock} available.`);
  },

  async refund(form) {
    const { refund, part } = form.elements;
    const amount = Math.round(Number(part.value) * 10 ** Number(form.dataset.digits));
    // A part puts nothing on sale, not even where its amount is all that is left.
    const body =
      refund.value === "part"
        ? { amount: { amount, currency: form.dataset.currency }, goods: "outstanding" }
        : { goods: refund.value };
    const answer = await ask("POST", `/payments/${form.dataset.order}/refund`, body, {
      "Idempotency-Key": form.dataset.key,
    });
    form.closest("dialog")?.close();
    if (!answer.ok) return warn(why(answer));
    await refresh();
    tell("The refund is in progress.");
  },

  async resend(form) {
    const { service, message } = form.dataset;
    const answer = await ask("POST", `/office/messages/${service}/${message}/resend`);
    await refresh();
    if (answer.ok) return tell(service === "dead-letters" ? "It was resent to its queue." : "It was handled this time.");
    warn(answer.body.code === "message-failed-again" ? "It failed again: " + answer.body.detail : why(answer));
  },
});

document.addEventListener("click", (event) => {
  const button = event.target.closest("button");
  if (button === null) return;
  if (button.dataset.opens !== undefined) document.getElementById(button.dataset.opens).showModal();
  if ("closes" in button.dataset) button.closest("dialog").close();
});

document.addEventListener("change", (event) => {
  if (event.target.name === "currency") {
    const { price } = event.target.form.elements;
    price.min = price.step = event.target.selectedOptions[0].dataset.step;
  }
  const picture = event.target.dataset.shows;
  if (event.target.name === "refund") {
    // The amount counts for a part alone.
    const { part } = event.target.form.elements;
    part.required = event.target.value === "part";
    part.disabled = !part.required;
  }
  if (picture !== undefined) document.getElementById(picture).src = event.target.value;
});
