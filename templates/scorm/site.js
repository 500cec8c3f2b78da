/* The web site: what of the whole course is read (each page keeps its own), where to go on, and the pages kept for a
   time without a network. */
"use strict";
(function (cp) {
  const { $, all, kept } = cp;
  const given = $("script#site-data") || $("script#sco-data");
  const config = JSON.parse(given.textContent);
  const LAST = `coursepack:${config.course}:last`;

  /* As store.js keeps it where there is no LMS: `s` has the keys of pages that were read, three letters each. */
  function read(id, key) {
    try {
      const { s } = JSON.parse(kept(`coursepack:${config.course}:${id}:`));
      return (s.match(/.{3}/g) || []).includes(key);
    } catch (nothing) {
      return false;
    }
  }

  function draw() {
    const links = all("a[data-page]");
    let done = 0;
    for (const link of links) {
      const is = read(link.dataset.page, link.dataset.key);
      done += is;
      link.classList.toggle("read", is);
      link.querySelector(".state").textContent = is ? config.words.read : "";
    }
    const fields = { done, all: links.length };
    document.getElementById("progress-bar").value = done;
    document.getElementById("progress-text").textContent = config.words.pagesRead.replace(/\{(\w+)\}/g, (whole, name) => fields[name]);
    const end = document.getElementById("all-read");
    if (end) end.hidden = done < links.length;
  }

  function goOn() {
    const link = document.getElementById("go-on");
    const last = kept(LAST);
    const to = last && all("a[data-page]").find((each) => each.dataset.page === last);
    if (!to) return;
    link.href = to.href;
    link.textContent = link.dataset.words.replace("{title}", to.firstChild.textContent.trim());
  }

  /* A page opens at its top; a link leads to where it was left. */
  function stopped(reader) {
    const [id, at] = (reader.stopped || "").split("/"), blocks = reader.blocks(reader.page), block = blocks[at];
    if (id !== reader.page.id || !(at > 0) || !block || blocks.length - 1 === Number(at)) return;
    block.id = block.id || `${id}-stopped`;
    const line = cp.element("p", "", { class: "links" });
    line.append(cp.element("a", config.words.goOnHere, { href: `#${block.id}` }));
    reader.page.querySelector("header").after(line);
  }

  /* Addresses of other pages, for whatever leads there. */
  cp.address = (page, target) => `${config.site.root}${page}/index.html${target ? `#${encodeURIComponent(target)}` : ""}`;

  (cp.tools = cp.tools || []).push((reader) => {
    cp.keep(LAST, reader.page.id);
    const own = reader.draw;
    reader.draw = function (...counted) {
      own.apply(reader, counted);
      draw();
    };
    draw();
    stopped(reader);
    const here = document.querySelector("#menu a[aria-current]");
    const menu = document.getElementById("menu");
    if (here && menu.scrollHeight > menu.clientHeight) menu.scrollTop = here.offsetTop - menu.clientHeight / 3;
  });
  if (document.body.classList.contains("start")) {
    draw();
    goOn();
    window.addEventListener("pageshow", draw);
  }

  if (config.site.offline && "serviceWorker" in navigator && location.protocol.startsWith("http")) {
    navigator.serviceWorker.register(`${config.site.root}sw.js`).catch(() => {}); // read from the network then
  }
})(window.coursepack);
