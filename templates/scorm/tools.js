/* Small tools of a reader: dialogs, what brings the search and the reading aloud, figures to enlarge, code to copy, print, keys, the sections of a long page. */
"use strict";
(function (cp) {
  const KEYS = "coursepack:keys"; // "off": single keys do nothing
  const LARGER = 1.15; // times as large as shown: worth enlarging
  const $ = (selector, inside) => (inside || document).querySelector(selector);
  const all = (selector, inside) => [...(inside || document).querySelectorAll(selector)];

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
        status.textContent = reader.say("searchLoading");
        come().then(() => { if (dialog.open) cp.search.open(); }, () => {
          coming = null;
          status.textContent = reader.say("searchFailed");
        });
      },
    };
    $("form", dialog).addEventListener("submit", (event) => event.preventDefault());
    let left = null;
    try { left = window.localStorage.getItem(cp.GOES); } catch (denied) { /* nothing was left */ }
    if (left) come().catch(() => { coming = null; });
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

  // --- print: this page or all of them, with what the learner has of them

  function line(list, title, texts) {
    const item = cp.element("li");
    item.append(cp.element("strong", title));
    for (const text of texts) item.append(cp.element("p", text));
    list.append(item);
  }

  /* Right answers of what can change no more: they were shown, the attempts are used up, or it was answered rightly. */
  function answers(reader, pages) {
    const { store, config } = reader;
    const done = (question) => store.revealed.has(question.key) || store.settled(question.key)
      || (store.marked[question.key] !== undefined && cp.mark(question, [].concat(store.marked[question.key])) === 1);
    return config.reveal === "never" ? [] : config.questions.filter((question) => question.parts && done(question)
      && pages.some((page) => page.contains($(`[data-question="${question.key}"]`))));
  }

  function prepare(reader, form) {
    const whole = form.elements.scope.value === "part";
    const pages = whole ? all(".page") : [reader.page];
    const notes = $("#print-notes ol"), keys = $("#print-answers ol");
    notes.replaceChildren();
    keys.replaceChildren();
    if (form.elements.notes.checked && cp.notes) {
      for (const [title, ...texts] of cp.notes.lines(pages)) line(notes, title, texts);
    }
    if (form.elements.answers.checked) {
      for (const question of answers(reader, pages)) {
        const box = $(`[data-question="${question.key}"]`);
        line(keys, `${$("h2", box.closest(".page")).textContent.trim()}. ${$("h3", box).textContent.trim()}`, [question.parts.map((part) => part.shown).join("; ")]);
      }
    }
    $("#print-notes").hidden = !notes.children.length;
    $("#print-answers").hidden = !keys.children.length;
    document.documentElement.dataset.print = whole ? "part" : "page";
    for (const page of pages) page.removeAttribute("hidden");
    return pages;
  }

  /* A picture that waits for its screen is on no paper. */
  function eager(pages) {
    const pictures = pages.flatMap((page) => all("img", page));
    for (const picture of pictures) picture.loading = "eager";
    return pictures;
  }

  function print(reader) {
    const dialog = $("#print"), form = $("form", dialog);
    window.addEventListener("beforeprint", () => eager([reader.page]));
    window.addEventListener("afterprint", () => {
      delete document.documentElement.dataset.print;
      $("#print-notes").hidden = $("#print-answers").hidden = true;
      reader.hideOthers();
    });
    dialog.addEventListener("close", async () => {
      if (dialog.returnValue !== "print") return;
      dialog.returnValue = "";
      const pages = prepare(reader, form);
      await Promise.all(eager(pages).map((picture) => picture.decode().catch(() => {})));
      window.print();
    });
  }

  // --- keys

  function keys() {
    const help = $("#keys"), box = $("input", help);
    let on = true;
    try { on = window.localStorage.getItem(KEYS) !== "off"; } catch (denied) { /* as usual */ }
    box.checked = on;
    box.addEventListener("change", () => {
      on = box.checked;
      try { window.localStorage.setItem(KEYS, on ? "on" : "off"); } catch (denied) { /* for this visit alone */ }
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

  // --- sections of the page: in the menu, with the one that is read

  function sections(reader) {
    let links = [], headings = [];
    const draw = () => {
      const old = $("#menu .sections");
      if (old) old.remove();
      headings = reader.page.matches(".front") ? [] : all(".text > h3[id]", reader.page);
      links = [];
      const here = $(`#menu a[href="#${reader.page.id}"]`);
      if (headings.length < 2 || !here) {
        $("#menu-button").removeAttribute("data-at");
        return;
      }
      const list = cp.element("ol", "", { class: "sections", "aria-label": reader.say("sections") });
      for (const heading of headings) {
        const title = heading.textContent.trim();
        const item = cp.element("li"), link = cp.element("a", title, { href: `#${heading.id}` });
        links.push(link);
        item.append(link);
        if (reader.store.writes) {
          const pen = cp.element("button", "✎", { type: "button", class: "pen", "aria-label": reader.say("noteOn", { title }), title: reader.say("addNote") });
          pen.addEventListener("click", () => cp.notes.onNote(reader.page, heading));
          item.append(pen);
        }
        list.append(item);
      }
      here.after(list);
      follow();
    };
    const follow = () => {
      if (!links.length) return;
      const top = $(".bar").getBoundingClientRect().bottom + window.innerHeight / 4;
      const ended = window.scrollY + window.innerHeight >= document.documentElement.scrollHeight - 2;
      const at = ended ? headings.length - 1 : headings.findLastIndex((heading) => heading.getBoundingClientRect().top <= top);
      links.forEach((link, i) => {
        if (i === at) link.setAttribute("aria-current", "location");
        else link.removeAttribute("aria-current");
        link.classList.toggle("passed", i < at);
      });
      $("#menu-button").dataset.at = `${Math.max(1, at + 1)}/${links.length}`;
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
