// One person in the list to choose from.
import { element } from "./markup.js";

const ROLES = { leader: "领导", staff: "督查室" };

export const roleOf = (person) => ROLES[person.role] ?? "联络员";

export function personLine(person, { platform, current, fresh }) {
  const line = element("li");
  const button = element("button");
  button.type = "button";
  button.dataset.user = person.user_id;
  button.setAttribute("aria-current", String(current));
  const face = element("span", `face ${platform}`, person.name.slice(-2));
  face.setAttribute("aria-hidden", "true");
  const text = element("span", "text");
  const name = element("span", "name", `${person.name} `);
  name.append(element("span", person.role === "leader" ? "leader" : "quiet", roleOf(person)));
  const note = [person.unit, person.title].filter(Boolean).join(" · ") || person.user_id;
  text.append(name, element("span", "note", note));
  button.append(face, text);
  if (fresh > 0) button.append(element("span", "news", `${fresh} 条新`));
  line.append(button);
  return line;
}
