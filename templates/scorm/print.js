/* Printing: this page or all of them, with what the learner has of them. A script that is loaded when it is used
   (`tools.js`). */
"use strict";
(function (cp) {
  const { $, all } = cp;

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
    for (const page of pages) {
      page.removeAttribute("hidden");
      page.ariaHidden = null; // a browser makes the structure of a PDF of what a screen reader gets
    }
    return pages;
  }

  /* A picture that waits for its screen is on no paper. */
  function eager(pages) {
    const pictures = pages.flatMap((page) => all("img", page));
    for (const picture of pictures) picture.loading = "eager";
    return pictures;
  }

  let shown = null; // the reader whose pages are on paper

  window.addEventListener("afterprint", () => {
    if (!shown) return;
    delete document.documentElement.dataset.print;
    $("#print-notes").hidden = $("#print-answers").hidden = true;
    shown.hideOthers();
  });

  cp.print = async function (reader, form) {
    shown = reader;
    const pages = prepare(reader, form);
    await Promise.all(eager(pages).map((picture) => picture.decode().catch(() => {})));
    window.print();
  };
})(window.coursepack);
