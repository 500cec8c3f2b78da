/* After a check: the passage that answers, and another try. */
"use strict";
(function (cp) {
  const { $, all } = cp;

  function after(box, wrong) {
    const again = $("[data-again]", box), passage = $(".passage", box);
    if (again) again.hidden = !wrong;
    if (passage) passage.hidden = !wrong;
  }

  /* Wrong answers are taken away, right ones stay; where the course never shows an answer, all go. */
  cp.tryAgain = function (reader, question, box) {
    const hide = reader.config.reveal === "never" || question.parts.every((part) => part.type === "choice" && part.single);
    question.parts.forEach((part, i) => {
      const marks = cp.fieldMarks(box, i, part, cp.readPart(box, i, part));
      for (const [field, right] of marks) {
        if (right && !hide) continue;
        if (cp.ticks(field)) field.checked = false;
        else if (field.multiple) [...field.options].forEach((option) => { option.selected = false; });
        else field.value = "";
      }
    });
    cp.unchecked(box, true);
    const first = all("[data-part]", box).find((field) => !field.value || cp.ticks(field));
    (first || $("[data-part]", box)).focus();
  };

  /* An answer that was changed has not been checked; for another try what was said of it goes, too. */
  cp.unchecked = function (box, anew) {
    delete box.dataset.outcome;
    all(".mark", box).forEach((mark) => mark.remove());
    $(".verdict", box).textContent = "";
    if (!anew) return;
    box.classList.remove("revealed");
    all(".feedback, .key, [data-reveal]", box).forEach((piece) => { piece.hidden = true; });
    after(box, false);
  };

  /* Where an open question is answered is told when there is an own answer. */
  cp.passage = function (box) {
    const passage = $(".passage", box), area = $("textarea", box);
    if (passage && area) passage.hidden = area.value.trim() === "";
  };

  document.addEventListener("checked", (event) => after(event.target, event.detail < 1));
  document.addEventListener("input", (event) => {
    const box = event.target.matches("textarea") && event.target.closest(".question");
    if (box) cp.passage(box);
  });
})(window.coursepack);
