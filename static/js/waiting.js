// The page of what waits on this phone: when each was written, and what can be done about one that
// was refused.
(() => {
  // Kept on the phone, the page also stands in for any other that did not come.
  const isHere = location.pathname === "/waiting";
  const [noLine, waits, none, list] = ["no-line", "waits", "none", "waiting"].map((id) => document.getElementById(id));
  noLine.hidden = isHere;
  waits.hidden = !isHere;
  const { mark, words } = list.dataset;
  const names = JSON.parse(words);
  const say = (message) => navigator.serviceWorker.controller?.postMessage(message);
  const name = (path) => names[Object.keys(names).find((part) => path.includes(part))] ?? "";
  const when = (at) => {
    const moment = new Date(at);
    const two = (number) => String(number).padStart(2, "0");
    return `${two(moment.getDate())}/${two(moment.getMonth() + 1)} ${two(moment.getHours())}:${two(moment.getMinutes())}`;
  };
  const button = (label, act) => {
    const made = Object.assign(document.createElement("button"), { type: "button", className: "button plain", textContent: label });
    made.addEventListener("click", act);
    return made;
  };
  const draw = (entries) => {
    const own = entries.filter(({ by }) => by === mark);
    none.hidden = own.length > 0;
    waits.hidden = !isHere && !own.length;
    list.textContent = "";
    list.append(...own.map(({ key, path, at, isRefused }) => {
      const item = document.createElement("li");
      const time = Object.assign(document.createElement("bdi"), { textContent: when(at), dir: "ltr" });
      item.append(name(path), " · ", time);
      if (isRefused) {
        const row = Object.assign(document.createElement("p"), { className: "row", textContent: names.refused });
        row.append(button(names.look, () => say({ look: key })), button(names.drop, () => say({ drop: key })));
        item.append(row);
      }
      return item;
    }));
  };
  // The server alone can read it: it answers with the form as it was filled in.
  const open = ({ path, sealed, at }) => {
    const form = document.getElementById("look");
    form.action = path;
    form.elements.sealed.value = sealed;
    form.elements.age.value = Math.max(0, Date.now() - at);
    form.submit();
  };
  navigator.serviceWorker?.addEventListener("message", ({ data }) => {
    if (data.waiting) draw(data.waiting);
    if (data.entry) open(data.entry);
  });
  document.getElementById("send").addEventListener("click", () => say({}));
})();
