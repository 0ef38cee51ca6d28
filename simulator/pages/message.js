// A message as a person sees it, and a group with all of its messages.
import { cardButtons } from "./card.js";
import { body, element, moment } from "./markup.js";

export function excerpt(text) {
  const line = text.replace(/\s+/g, " ");
  return line.length > 60 ? `${line.slice(0, 60)}……` : line;
}

export function messageLine(message, names, earlier) {
  const mine = message.direction === "to_bot";
  const line = element("li", `message${mine ? " mine" : ""}`);
  line.id = `message-${message.id}`;
  line.dataset.id = message.id;
  const author = mine ? names.get(message.user_id) || message.user_id : "联络通";
  line.append(element("span", "meta", `${author} · ${moment(message.at).short}`));
  const bubble = element("div", "bubble");
  const quoted = message.quoted && earlier.find((one) => one.id === message.quoted);
  if (quoted) bubble.append(element("p", "reply", `引用：${excerpt(quoted.text)}`));
  bubble.append(...body(message));
  if (message.buttons?.length) bubble.append(cardButtons(message));
  line.append(bubble);
  if (message.state === "dropped") line.append(element("p", "fault", "超过平台频率限制，未送达本人"));
  if (message.cut) line.append(element("p", "fault", "超过平台长度限制，已被截断"));
  return line;
}

export function groupCard(group, people) {
  const card = element("section", "group");
  card.dataset.group = group.name;
  card.dataset.platform = group.platform;
  card.setAttribute("aria-label", `${group.platform_name}群：${group.name}`);
  const head = element("header");
  head.append(element("h3", "", group.name), element("span", `platform ${group.platform}`, group.platform_name));
  const list = element("ol");
  const names = new Map(people.map((one) => [one.user_id, one.name]));
  list.append(...group.messages.map((message) => messageLine(message, names, group.messages)));
  if (!group.messages.length) list.append(element("li", "empty", "还没有消息"));
  card.append(head, list);
  return card;
}
