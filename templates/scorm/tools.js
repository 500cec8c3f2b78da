/* Small tools of a reader: dialogs, what brings the search and the reading aloud, figures to enlarge, code to copy, print, keys, the sections of a long page. */
"use strict";
(function (cp) {
  const KEYS = "coursepack:keys"; // "off": single keys do nothing
  const LARGER = 1.15; // times as large as shown: worth enlarging
  const LEAST_MINUTES = 2; // a page of less says nothing of what is left
  const APART = 1.5, MOST_PLACES = 12; // minutes between places of a long text, and how many there are
  const OPENING = 40; // letters that name a place
  const { $, all } = cp;

  // --- dialogs: a button with a value closes the one that it stands in

  function dialogs() {
    document.addEventListener("click", (event) => {
      const button = event.target.closest("dialog button[value]");
      if (button) button.closest("dialog").close(button.value);
    });
    for (const button of all("[data-open]")) {
      const open = { search: () => cp.search.open(), "notes-list": () => cp.notes.open() }[button.dataset.open];
      button.addEventListener("click", open || (() => document.getElementById(button.dataset.open).showModal()));
    }
  }

  // --- the search and the reading aloud: their scripts come when they are needed

  cp.GOES = "coursepack:goes"; // what another lesson of the course is to show first

  function search(reader) {
    const dialog = $("#search"), status = $("[role=status]", dialog);
    let coming = null;
    const come = () => {
      coming = coming || cp.script("search.js").then(() => { cp.search = new cp.Search(reader, dialog); });
      return coming;
    };
    cp.search = {
      open() {
        if (!dialog.open) dialog.showModal();
        $("input", dialog).focus();
        status.textContent = reader.say("searchLoading");
        come().then(() => { if (dialog.open) cp.search.open(); }, () => {
          coming = null;
          status.textContent = reader.say("searchFailed");
        });
      },
    };
    $("form", dialog).addEventListener("submit", (event) => event.preventDefault());
    if (cp.kept(cp.GOES)) come().catch(() => { coming = null; });
    // The browser's own search opens the page that it has found something on.
    document.addEventListener("beforematch", (event) => {
      const page = event.target.closest && event.target.closest(".page");
      if (page && page !== reader.page) {
        reader.entry("pushState", page.id);
        reader.show(page);
        reader.keep();
      }
    });
  }

  /* The voices of the device for a language. */
  cp.voices = function (language) {
    const plain = (name) => name.toLowerCase().split(/[-_]/)[0];
    return window.speechSynthesis.getVoices().filter(({ lang }) => plain(lang) === plain(language));
  };

  function aloud(reader) {
    if (!window.speechSynthesis || !window.SpeechSynthesisUtterance) return;
    let asked = false;
    const look = () => {
      if (asked || !cp.voices(document.documentElement.lang).length) return;
      asked = true;
      cp.script("aloud.js").then(() => { cp.aloud = new cp.Aloud(reader, $("#aloud")); }, () => { asked = false; });
    };
    window.speechSynthesis.addEventListener("voiceschanged", look); // voices come late
    look();
  }

  // --- figures

  function figures(reader) {
    const dialog = $("#figure"), shown = cp.element("img"), words = $("figcaption", dialog), size = $("[data-actual]", dialog);
    const fit = (whole) => {
      dialog.classList.toggle("actual", !whole);
      size.setAttribute("aria-pressed", String(!whole));
    };
    size.addEventListener("click", () => fit(dialog.classList.contains("actual")));
    for (const image of all(".text figure img, .stem figure img")) {
      const caption = $("figcaption", image.closest("figure"));
      const name = image.alt.trim() || (caption ? caption.textContent.trim() : "");
      const button = cp.element("button", "", { type: "button", class: "zoom", "aria-label": `${reader.say("enlarge")}: ${name}`, hidden: "" });
      const box = cp.element("span", "", { class: "figure" });
      image.replaceWith(box);
      box.append(image, button);
      const look = () => {
        const vector = /\.svg$/.test(image.src);
        button.hidden = !image.naturalWidth || !image.clientWidth || !(vector || image.naturalWidth > image.clientWidth * LARGER);
      };
      image.addEventListener("load", look);
      window.addEventListener("resize", look);
      document.addEventListener("coursepack:page", look);
      look();
      button.addEventListener("click", () => {
        shown.src = image.getAttribute("src");
        shown.alt = image.alt;
        words.textContent = caption ? caption.textContent : "";
        fit(true);
        $(".sheet", dialog).replaceChildren(shown); // none stands there before: it would have no picture
        dialog.showModal();
      });
    }
  }

  // --- code

  function copied(text) {
    const area = cp.element("textarea", "", { class: "away", "aria-hidden": "true" });
    area.value = text;
    document.body.append(area);
    area.select();
    const done = document.execCommand("copy"); // where the clipboard may not be asked for: in a frame, from a folder
    area.remove();
    return done;
  }

  async function copy(text) {
    try {
      await navigator.clipboard.writeText(text);
      return true;
    } catch (denied) {
      return copied(text);
    }
  }

  function code(reader) {
    for (const pre of all(".text pre, .stem pre")) {
      const box = cp.element("div", "", { class: "code" });
      const button = cp.element("button", reader.say("copy"), { type: "button", class: "plain copy" });
      pre.replaceWith(box);
      box.append(pre, button);
      button.addEventListener("click", async () => {
        const done = await copy(pre.textContent.replace(/\n$/, ""));
        button.focus();
        button.textContent = reader.say(done ? "copied" : "notCopied");
        reader.announce(button.textContent);
        setTimeout(() => { button.textContent = reader.say("copy"); }, 2000);
      });
    }
  }

  // --- print: the script that puts on paper what is chosen comes when it is needed

  function print(reader) {
    const dialog = $("#print");
    window.addEventListener("beforeprint", () => { // a picture that waits for its screen is on no paper
      for (const picture of all("img", reader.page)) picture.loading = "eager";
    });
    dialog.addEventListener("close", () => {
      if (dialog.returnValue !== "print") return;
      dialog.returnValue = "";
      cp.printing = cp.printing || cp.script("print.js");
      cp.printing.then(() => cp.print(reader, $("form", dialog)), () => {
        cp.printing = null;
        window.print(); // the page as it stands
      });
    });
  }

  // --- keys

  function keys() {
    const help = $("#keys"), box = $("input", help);
    let on = cp.kept(KEYS) !== "off";
    box.checked = on;
    box.addEventListener("change", () => {
      on = box.checked;
      cp.keep(KEYS, on ? "on" : "off");
    });
    document.addEventListener("keydown", (event) => {
      const typing = event.target.closest && event.target.closest("input, textarea, select, [contenteditable]");
      if (!on || typing || event.altKey || event.ctrlKey || event.metaKey || $("dialog[open]")) return;
      // The key has «.» in Cyrillic layouts.
      if (event.key === "/" || (event.code === "Slash" && event.key === ".")) cp.search.open();
      else if (event.key === "?" || (event.code === "Slash" && event.key === ",")) help.showModal();
      else return;
      event.preventDefault();
    });
  }

  // --- how far one is on the page: its sections in the menu, and the minutes that are left

  const words = (block) => block.textContent.split(/\s+/).length;

  /* Where the text may be gone on with: its sections; a long text without them has places, each at a paragraph and named
     by the first words of it. */
  function stops(page, minutes, pace) {
    const headings = all(".text > h3[id]", page);
    if (headings.length > 1) return headings.map((block) => [block, block.textContent.trim()]);
    const parts = Math.min(MOST_PLACES, Math.floor(minutes / APART));
    const found = [];
    let read = 0;
    for (const block of parts > 1 ? all(".text > *", page) : []) {
      const text = block.textContent.trim().replace(/\s+/g, " "), count = words(block);
      if (text && (!found.length || read + count / 2 >= (found.length * minutes * pace) / parts)) { // the nearest one
        const cut = text.length > OPENING ? `${text.slice(0, OPENING).replace(/\s+\S*$/, "")}…` : text;
        found.push([block, /^H\d$/.test(block.tagName) ? text : `${found.length + 1}. «${cut}»`]);
      }
      read += count;
    }
    return found;
  }

  function sections(reader) {
    let links = [], targets = [], blocks = [];
    const { pace } = reader.config, left = $("#left");
    const draw = () => {
      const old = $("#menu .sections"), page = reader.page;
      if (old) old.remove();
      const here = $(`#menu a[href="#${page.id}"]`);
      blocks = page.matches(".front") ? [] : reader.blocks(page).map((block) => [block, words(block)]);
      const minutes = blocks.reduce((sum, [, count]) => sum + count, 0) / pace;
      const found = blocks.length && here ? stops(page, minutes, pace) : [];
      if (minutes < LEAST_MINUTES) blocks = [];
      links = [];
      targets = found.map(([block]) => block);
      if (found.length > 1) {
        const named = targets[0].matches("h3");
        const list = cp.element("ol", "", { class: "sections", "aria-label": reader.say(named ? "sections" : "places") });
        for (const [at, [block, title]] of found.entries()) {
          block.id = block.id || `${page.id}-place-${at + 1}`;
          const item = cp.element("li"), link = cp.element("a", title, { href: `#${block.id}` });
          links.push(link);
          item.append(link);
          if (named && reader.store.writes) {
            const pen = cp.element("button", "✎", { type: "button", class: "pen", "aria-label": reader.say("noteOn", { title }) });
            pen.addEventListener("click", () => cp.notes.onNote(page, block));
            item.append(pen);
          }
          list.append(item);
        }
        here.after(list);
      }
      follow();
    };
    const follow = () => {
      const bar = $(".bar").getBoundingClientRect().bottom, top = bar + window.innerHeight / 4;
      const ended = window.scrollY + window.innerHeight >= document.documentElement.scrollHeight - 2;
      const at = ended ? links.length - 1 : targets.findLastIndex((block) => block.getBoundingClientRect().top <= top);
      links.forEach((link, i) => {
        if (i === at) link.setAttribute("aria-current", "location");
        else link.removeAttribute("aria-current");
        link.classList.toggle("passed", i < at);
      });
      if (!left) return;
      const ahead = blocks.reduce((sum, [block, count]) => {
        const { bottom, height } = block.getBoundingClientRect();
        return sum + count * Math.min(1, Math.max(0, (bottom - bar) / (height || 1)));
      }, 0);
      const minutes = ended ? 0 : Math.ceil(ahead / pace);
      left.textContent = [links.length > 1 && `${Math.max(1, at + 1)}/${links.length}`,
        blocks.length && reader.say(minutes ? "left" : "ended", { minutes })].filter(Boolean).join(" · ");
    };
    document.addEventListener("coursepack:page", draw);
    window.addEventListener("scroll", () => requestAnimationFrame(follow), { passive: true });
    draw();
  }

  cp.tools.push((reader) => {
    if (!$("#keys")) return; // a department's own page
    dialogs();
    search(reader);
    aloud(reader);
    figures(reader);
    code(reader);
    print(reader);
    keys();
    sections(reader);
  });
})(window.coursepack);
