// Shows who is signed in, and lets them sign out.
const who = document.getElementById("who");

async function signOut() {
  const answer = await fetch("/logout", {
    method: "POST",
    headers: { "X-Requested-By": "storefront", Accept: "application/json" },
  });
  location.assign(answer.ok ? (await answer.json()).location : "/");
}

const answer = await fetch("/me", { headers: { Accept: "application/json" } });
if (answer.ok) {
  const me = await answer.json();
  const button = document.createElement("button");
  button.type = "button";
  button.id = "sign-out";
  button.className = "button";
  button.textContent = "Sign out";
  button.addEventListener("click", signOut);
  who.replaceChildren(`Signed in as ${me.name} `, button);
}
