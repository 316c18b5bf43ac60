// Reading without a line, on a phone that only she uses. Once a day, the pages that changed since are
// fetched, all at once, and locked away with a key that this browser does not give out. Where a page
// does not come, the one that stands in for it shows it as it was, and says when that was.
(() => {
  const DAY = 864e5;
  const { documentElement: root } = document;
  const owner = root.dataset.owner + root.lang;
  const { subtle } = crypto;

  const onPhone = (mode, act) => new Promise((done, fail) => {
    const asked = indexedDB.open("reading", 1);
    asked.onupgradeneeded = () => asked.result.createObjectStore("kept");
    asked.onerror = fail;
    asked.onsuccess = () => {
      const change = asked.result.transaction("kept", mode);
      const found = act(change.objectStore("kept"));
      change.onabort = fail;
      change.oncomplete = () => {
        asked.result.close();
        done(found.result);
      };
    };
  });
  const forget = () => indexedDB.deleteDatabase("reading");

  const read = async () => {
    const { how, key, sealed, at } = (await onPhone("readonly", (store) => store.get(owner))) ?? { at: 0 };
    const age = Math.abs(Date.now() - at);
    if (age > 14 * DAY) {
      forget();
      return { pages: {}, age };
    }
    return { age, ...JSON.parse(new TextDecoder().decode(await subtle.decrypt(how, key, sealed))) };
  };

  const write = async (said) => {
    const how = { name: "AES-GCM", length: 256, iv: crypto.getRandomValues(new Uint8Array(12)) };
    const key = await subtle.generateKey(how, false, ["encrypt", "decrypt"]);
    const sealed = await subtle.encrypt(how, key, new TextEncoder().encode(JSON.stringify(said)));
    await onPhone("readwrite", (store) => store.put({ how, key, sealed, at: Date.now() }, owner));
  };

  // What she says of her journey and her groups may change what she is to read, so it is fetched then.
  const renew = async () => {
    const { pages: before, age } = await read();
    if (age < ("poor" in root.dataset ? 7 : 1) * DAY && !/^\/(journey|groups|reading)/.test(location.pathname)) return;
    const there = {};
    for (const path in before) there[path] = before[path][0];
    const answer = await fetch("/reading/pages", { method: "POST", body: JSON.stringify(there) });
    if (answer.status > 400 && answer.status < 500) forget(); // it is no longer hers to keep
    if (!answer.ok) return;
    const said = await answer.json();
    for (const path in said.pages) if (!said.pages[path][1]) said.pages[path] = before[path];
    await write(said);
  };

  const show = async () => {
    const { pages, said } = await read();
    const [, found = ""] = pages[(location.pathname + location.search).replace("?start=1", "")] ?? [];
    if (found[0] === "/") location.replace(found);
    if (found[0] !== "<") return;
    const page = new DOMParser().parseFromString(found, "text/html");
    const main = page.querySelector("main");
    main.insertAdjacentHTML("afterbegin", said);
    // What waits is known by the id of its form: filled in again, it must not be the same again.
    for (const field of main.querySelectorAll("[name=id]")) field.value = URL.createObjectURL(new Blob()).slice(-36);
    document.title = page.title;
    document.querySelector("header").prepend(...page.querySelectorAll(".back"));
    for (const part of ["main", "nav"]) document.querySelector(part).replaceWith(page.querySelector(part));
    const there = [...document.scripts].map(({ src }) => src);
    for (const { attributes } of page.querySelectorAll("script")) {
      const script = document.createElement("script");
      for (const { name, value } of attributes) script.setAttribute(name, value);
      script.async = false;
      if (!there.includes(script.src)) document.head.append(script);
    }
    if (window.htmx) htmx.process(main);
  };

  // Where the line breaks meanwhile, the next page tries again.
  const soon = () => setTimeout(() => renew().catch(() => {}), 3000);
  if (!document.getElementById("no-line")) addEventListener("load", soon);
  else if (location.pathname !== "/waiting") show();
})();
