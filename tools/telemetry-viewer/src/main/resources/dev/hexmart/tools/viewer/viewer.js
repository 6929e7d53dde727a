// Refreshes the page while it is visible, unless the reader is using it.
"use strict";
setInterval(async () => {
  const main = document.querySelector("main[data-renew]");
  if (document.hidden || main.contains(document.activeElement) || !getSelection().isCollapsed) return;
  try {
    const answer = await fetch(location.href);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    main.replaceChildren(...page.querySelector("main").childNodes);
  } catch {
    // The demo has stopped: what it last said stays.
  }
}, 3000);
