// What is said of what was typed, above the form that it stands in.
const note = (form, text) => {
  let place = form.querySelector('.form-note');
  if (!place) {
    place = Object.assign(document.createElement('p'), { className: 'form-note' });
    place.setAttribute('role', 'status');
    form.prepend(place);
  }
  place.textContent = text;
};

// What was typed is kept in this tab until it has been done: a session that ended or a connection that broke loses
// nothing. Never secrets.
const draftOf = form => `draft ${form.getAttribute('action') ?? location.pathname}`;
const typed = form => [...form.elements].filter(i => i.name && i.matches('textarea, input:not([type=hidden])')
  && !['password', 'file', 'search'].includes(i.type) && i.autocomplete !== 'off-draft');

const keep = form => {
  const fields = typed(form).map(i => [i.name, i.value, i.matches('[type=radio], [type=checkbox]') ? i.checked : null]);
  if (fields.length === 0) return;
  try { sessionStorage.setItem(draftOf(form), JSON.stringify(fields)); } catch { /* nowhere to keep it */ }
};
const restore = form => {
  const kept = sessionStorage.getItem(draftOf(form));
  if (!kept) return;
  sessionStorage.removeItem(draftOf(form));
  let changed = false;
  for (const [name, value, checked] of JSON.parse(kept)) {
    const field = typed(form).find(i => i.name === name && (checked === null || i.value === value));
    if (!field || (checked === null ? field.value === value : field.checked === checked)) continue;
    if (checked === null) field.value = value; else field.checked = checked;
    changed = true;
  }
  if (changed && words.restored) note(form, words.restored);
};
const isDone = document.querySelector('[data-toast]');
try {
  for (const form of document.querySelectorAll('form[method=post]'))
    if (isDone) sessionStorage.removeItem(draftOf(form)); else restore(form);
} catch { /* no storage here: pages work without it */ }

// A press that is on its way needs no second one; the form's key would keep it from doing anything anyway.
document.addEventListener('submit', e => {
  const form = e.target;
  if (form.method !== 'post' || e.defaultPrevented) return;
  if (form.dataset.sent) { e.preventDefault(); return; }
  if (!navigator.onLine) { e.preventDefault(); note(form, words.offline); return; }
  form.dataset.sent = '1';
  keep(form);
});
addEventListener('pageshow', () => {
  for (const form of document.querySelectorAll('form[data-sent]')) delete form.dataset.sent;
});

// What follows from a choice, e.g. the fields of another country; without a script there is a button for it.
for (const choice of document.querySelectorAll('[data-refills]')) {
  const again = choice.form.querySelector('[name=again]');
  again.hidden = true;
  choice.addEventListener('change', () => choice.form.requestSubmit(again));
}

// How many rows are chosen.
const count = () => {
  for (const place of document.querySelectorAll('[data-picked]')) {
    const picked = document.querySelectorAll(`[form="${CSS.escape(place.dataset.picked)}"][name=pick]:checked`).length;
    place.textContent = place.dataset.text.replace('{n}', picked);
  }
};
document.addEventListener('change', e => {
  if (e.target.matches('[data-pick-all]'))
    for (const box of document.querySelectorAll(`[form="${CSS.escape(e.target.dataset.pickAll)}"][name=pick]`))
      box.checked = e.target.checked;
  if (e.target.matches('[name=pick], [data-pick-all]')) count();
});
count();

// After an act the answer has the focus; and reloading doesn't say again what was done.
(document.querySelector('#problem') ?? document.querySelector('[data-toast]'))?.focus();
const at = document.body.dataset.at;
if (at && at !== location.pathname + location.search) history.replaceState(null, '', at + location.hash);
for (const button of document.querySelectorAll('[data-print]')) {
  button.hidden = false;
  button.addEventListener('click', () => print());
}
