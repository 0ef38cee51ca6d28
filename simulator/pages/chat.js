// The chat page: be any person on either platform, see the groups, move the clock.
import { excerpt, groupCard, messageLine } from "./message.js";
import { element, moment } from "./markup.js";
import { personLine, roleOf } from "./person.js";
import { ask } from "./server.js";

const byId = (id) => document.getElementById(id);
const here = { platform: "", user: "", quote: null, state: null, messages: [], seen: new Map(), busy: false };

function tell(text, wrong = false) {
  byId("status").textContent = text;
  byId("status").classList.toggle("wrong", wrong);
}

const platformHere = () => here.state.platforms.find((one) => one.platform === here.platform);
const personHere = () => platformHere()?.people.find((one) => one.user_id === here.user);
const keyOf = (person) => `${here.platform}/${person.user_id}`;

// ---- time
function showClock(now) {
  const at = moment(now);
  byId("clock").textContent = `${at.day} ${at.week} ${at.time}`;
  byId("clock").dateTime = now;
}

function showLandmarks() {
  const old = byId("landmarks");
  const wanted = here.state.landmarks.map((one) => one.name + one.at).join();
  if (old.dataset.shown === wanted) return;
  old.dataset.shown = wanted;
  old.replaceChildren(...here.state.landmarks.map((one) => {
    const button = element("button", "", one.label);
    button.type = "button";
    button.id = `forward-${one.name.replaceAll("_", "-")}`;
    button.title = moment(one.at).short;
    button.dataset.to = one.name;
    return button;
  }));
}

function lockClock() {
  for (const button of document.querySelectorAll(".steps button")) {
    button.disabled = here.busy || !here.state?.movable;
  }
}

async function moveClock(button) {
  const { days, hours, to } = button.dataset;
  here.busy = true;
  lockClock();
  tell("时间推进中……");
  try {
    const answer = await ask("/api/clock", to ? { to } : { days: Number(days || 0), hours: Number(hours || 0) });
    showClock(answer.now);
    tell("时间已推进");
  } catch (problem) {
    tell(problem.message, true);
  }
  here.busy = false;
  await refresh();
}

// ---- people
function showPlatforms() {
  byId("platforms").replaceChildren(...here.state.platforms.map((one) => {
    const button = element("button", "", one.name);
    button.type = "button";
    button.id = `platform-${one.platform}`;
    button.setAttribute("aria-pressed", String(one.platform === here.platform));
    button.addEventListener("click", () => choosePlatform(one.platform));
    return button;
  }));
}

function matching() {
  const words = byId("person").value.trim().toLowerCase().split(/\s+/);
  return (platformHere()?.people || []).filter((person) => {
    const text = [person.name, person.unit, person.title, person.user_id, roleOf(person)].join(" ").toLowerCase();
    return words.every((word) => text.includes(word));
  });
}

function lineOf(person) {
  const fresh = person.received - (here.seen.get(keyOf(person)) || 0);
  const line = personLine(person, { platform: here.platform, current: person.user_id === here.user, fresh });
  line.firstChild.addEventListener("click", () => choosePerson(person.user_id));
  return line;
}

function showPeople() {
  const found = matching();
  const focused = document.activeElement?.dataset?.user;
  byId("found").textContent = found.length ? `共 ${found.length} 人` : "没有符合的人员";
  byId("people").replaceChildren(...found.map(lineOf));
  if (focused) byId("people").querySelector(`[data-user="${CSS.escape(focused)}"]`)?.focus();
}

function settleOn(platform) {
  here.platform = platform;
  const first = matching()[0] || platformHere().people[0];
  here.user = first ? first.user_id : "";
  showPlatforms();
  showPerson();
}

async function choosePlatform(platform) {
  settleOn(platform);
  await choosePerson(here.user, false);
}

async function choosePerson(user, show = true) {
  here.user = user;
  here.messages = [];
  dropQuote();
  showPerson();
  if (show) showView("talk");
  tell("");
  await refresh();
  if (show && matchMedia("(min-width: 981px)").matches) byId("say").focus();
}

function showPerson() {
  const person = personHere();
  byId("person-name").textContent = person ? person.name : "请选择人员";
  byId("person-mark").textContent = person ? person.name.slice(-2) : "";
  byId("person-mark").className = `face ${here.platform}`;
  byId("person-note").textContent = person
    ? [platformHere().name, roleOf(person), person.unit, person.title, person.user_id].filter(Boolean).join(" · ")
    : "";
  byId("send").disabled = !person;
  const groups = platformHere()?.groups_reach_bot ? platformHere().groups : [];
  byId("place").replaceChildren(
    new Option("单聊（联络通）", ""),
    ...groups.map((name) => new Option(`${name}（@联络通）`, name)),
  );
}

// ---- chat
function quoteButton(message) {
  const button = element("button", "", "引用");
  button.type = "button";
  button.setAttribute("aria-label", `引用这条消息：${excerpt(message.text).slice(0, 20)}`);
  button.addEventListener("click", () => {
    here.quote = message.id;
    byId("quoted").textContent = excerpt(message.text);
    byId("quoting").hidden = false;
    byId("say").focus();
  });
  return button;
}

function namesHere() {
  return new Map((platformHere()?.people || []).map((one) => [one.user_id, one.name]));
}

function showMessages(messages) {
  const chat = byId("chat");
  const atEnd = chat.scrollHeight - chat.scrollTop - chat.clientHeight < 60;
  const known = chat.dataset.of === `${here.platform}/${here.user}` ? here.messages.length : -1;
  if (known >= messages.length && messages.length) return;
  here.messages = messages;
  const lines = messages.slice(Math.max(known, 0)).map((message) => {
    const line = messageLine(message, namesHere(), messages);
    if (message.direction === "from_bot") line.append(quoteButton(message));
    return line;
  });
  if (known > 0) chat.append(...lines);
  else chat.replaceChildren(...lines);
  if (!messages.length) chat.replaceChildren(element("li", "empty", "还没有消息。发一句进展试试，例如“我的任务”。"));
  chat.dataset.of = `${here.platform}/${here.user}`;
  if (atEnd || known <= 0) chat.scrollTop = chat.scrollHeight;
}

function dropQuote() {
  here.quote = null;
  byId("quoting").hidden = true;
}

async function send() {
  const text = byId("say").value.trim();
  if (!text || !here.user) return;
  const group = byId("place").value;
  const fields = { platform: here.platform, user: here.user, text, quote: here.quote, group: group || null };
  byId("say").value = "";
  dropQuote();
  tell("发送中……");
  try {
    const answer = await ask("/api/say", fields);
    if (answer.acknowledged) tell(answer.attempts > 1 ? `机器人已收到（第 ${answer.attempts} 次）` : "机器人已收到");
    else tell(answer.status ? `机器人拒收（${answer.status}）` : "机器人没有应答", true);
  } catch (problem) {
    tell(problem.message, true);
    byId("say").value = text;
  }
  await refresh();
}

// ---- groups
function showGroups(groups) {
  const area = byId("groups");
  const wanted = groups.map((one) => `${one.platform}/${one.name}/${one.messages.length}`).join();
  if (area.dataset.shown === wanted) return;
  area.dataset.shown = wanted;
  area.replaceChildren(...groups.map((group) => {
    const platform = here.state.platforms.find((one) => one.platform === group.platform);
    return groupCard(group, platform.people);
  }));
  area.scrollTop = area.scrollHeight;
}

// ---- keeping up
async function load() {
  here.state = await ask("/api/state");
  if (!here.platform && here.state.platforms.length) settleOn(here.state.platforms[0].platform);
  showClock(here.state.now);
  showLandmarks();
  lockClock();
  const { platform, user } = here;
  const query = new URLSearchParams({ platform, user });
  const [talk, groups] = await Promise.all([ask(`/api/messages?${query}`), ask("/api/groups")]);
  if (platform !== here.platform || user !== here.user) return;
  showMessages(talk.messages);
  showGroups(groups.groups);
  const person = personHere();
  if (person) here.seen.set(keyOf(person), person.received);
  showPeople();
}

// One load at a time: an answer on its way must not overwrite a newer one.
let loading = Promise.resolve();
function refresh() {
  loading = loading.catch(() => {}).then(load);
  return loading;
}

let queued = false;
let running = false;
async function refreshSoon() {
  queued = true;
  if (running) return;
  running = true;
  while (queued) {
    queued = false;
    try {
      await refresh();
    } catch {
      tell("与模拟器的连接中断，正在重连", true);
    }
    await new Promise((done) => setTimeout(done, 150));
  }
  running = false;
}

function showView(view) {
  document.body.dataset.view = view;
  for (const tab of document.querySelectorAll(".tabs button")) {
    tab.setAttribute("aria-pressed", String(tab.dataset.view === view));
  }
}

function listen() {
  const events = new EventSource("/api/events");
  let version = -1;
  events.addEventListener("message", (event) => {
    const news = JSON.parse(event.data);
    showClock(news.now);
    if (news.version !== version) refreshSoon();
    version = news.version;
  });
  events.addEventListener("error", () => tell("与模拟器的连接中断，正在重连", true));
  events.addEventListener("open", () => tell(""));
}

byId("writing").addEventListener("submit", (event) => {
  event.preventDefault();
  send();
});
// While an input method is composing, Enter chooses a word; Safari tells by the key code alone.
const isComposing = (event) => event.isComposing || event.keyCode === 229;
byId("say").addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.shiftKey || isComposing(event)) return;
  event.preventDefault();
  send();
});
byId("person").addEventListener("input", showPeople);
byId("person").addEventListener("keydown", (event) => {
  const first = matching()[0];
  if (event.key === "Enter" && !isComposing(event) && first) choosePerson(first.user_id);
});
byId("unquote").addEventListener("click", dropQuote);
document.querySelector(".steps").addEventListener("click", (event) => {
  const button = event.target.closest("button");
  if (button) moveClock(button);
});
document.querySelector(".tabs").addEventListener("click", (event) => {
  const button = event.target.closest("button");
  if (button) showView(button.dataset.view);
});
listen();
