// Shows a chat message the way its platform does, with DOM nodes only: text never becomes HTML.

// DingTalk joins the lines of a markdown paragraph unless one ends in two spaces.
function joinAsDingTalk(text) {
  return text.replace(/^([^#\n][^\n]*\S|[^#\s])\n(?=[^\n\s>#*+\-\d])/gm, "$1 ");
}

function addSpans(node, line) {
  for (const part of line.split(/(\*\*[^*]+\*\*|<font color="[a-z]+">.*?<\/font>|<@[^>]+>)/)) {
    const strong = part.match(/^\*\*(.+)\*\*$/) || part.match(/^<font color="[a-z]+">(.*)<\/font>$/);
    const mention = part.match(/^<@(.+)>$/);
    if (strong) {
      const bold = document.createElement("strong");
      bold.textContent = strong[1];
      node.append(bold);
    } else {
      node.append(mention ? `@${mention[1]}` : part);
    }
  }
}

function markdownLine(line) {
  const heading = line.match(/^#{1,6}\s+(.*)$/);
  const quote = line.match(/^>\s?(.*)$/);
  const item = line.match(/^(\s*)[-*+]\s+(.*)$/);
  const node = document.createElement(quote ? "blockquote" : "p");
  if (heading) node.className = "heading";
  addSpans(node, heading ? heading[1] : quote ? quote[1] : item ? `${item[1]}• ${item[2]}` : line);
  return node;
}

export function body(message) {
  if (!message.kind.startsWith("markdown")) {
    const node = document.createElement("p");
    node.textContent = message.text;
    return [node];
  }
  const text = message.platform === "dingtalk" ? joinAsDingTalk(message.text) : message.text;
  return text.split("\n").filter((line, at, all) => line || all[at - 1]).map(markdownLine);
}

export function moment(text) {
  const [date, time] = text.split("T");
  const [year, month, day] = date.split("-").map(Number);
  const week = "日一二三四五六"[new Date(Date.UTC(year, month - 1, day)).getUTCDay()];
  return { day: `${year}年${month}月${day}日`, week: `星期${week}`, time: time.slice(0, 5), short: `${month}月${day}日 ${time.slice(0, 5)}` };
}

export function element(name, className, text) {
  const node = document.createElement(name);
  if (className) node.className = className;
  if (text) node.textContent = text;
  return node;
}
