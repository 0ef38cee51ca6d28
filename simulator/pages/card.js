// The buttons of a card: one press answers, or options are ticked and handed in.
import { element } from "./markup.js";
import { ask } from "./server.js";

async function press(message, keys, row) {
  for (const button of row.querySelectorAll("button")) button.disabled = true;
  try {
    await ask("/api/press", { message: message.id, keys });
  } catch (problem) {
    row.append(element("p", "fault", problem.message));
  }
}

function buttonOf(one, act) {
  const button = element("button", "", one.label);
  button.type = "button";
  button.dataset.key = one.key;
  button.addEventListener("click", () => act(button));
  return button;
}

export function cardButtons(message) {
  const row = element("div", "card-buttons");
  const ticking = message.buttons.some((one) => one.of);
  const tick = (button) => button.setAttribute("aria-pressed", String(button.getAttribute("aria-pressed") !== "true"));
  row.append(...message.buttons.map((one) => buttonOf(one, (button) => (ticking ? tick(button) : press(message, [one.key], row)))));
  if (ticking) {
    row.append(buttonOf({ key: "submit", label: "提交" }, () => {
      const keys = [...row.querySelectorAll('[aria-pressed="true"]')].map((one) => one.dataset.key);
      if (keys.length) press(message, keys, row);
    }));
  }
  return row;
}
