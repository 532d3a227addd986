// The list of commands and the sheet of keys: fetched when they are first wanted, out of the pages that say the same.
const make = (tag, attributes, ...children) => {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes))
    if (value !== undefined && value !== null) element.setAttribute(name, value);
  element.append(...children);
  return element;
};
const plain = text => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
const words = document.getElementById('words').dataset;

const fetched = {};
const page = async path => {
  const answer = await fetch(path);
  if (!answer.ok || answer.redirected) throw new Error(String(answer.status));
  return new DOMParser().parseFromString(await answer.text(), 'text/html');
};

export const open = async name => {
  const dialog = fetched[name] ??= await (name === 'shortcuts' ? keys() : palette());
  if (!dialog.open) { dialog.refresh?.(); dialog.showModal(); }
};

const shell = (id, label, ...children) => {
  const dialog = make('dialog', { class: 'over', id, 'aria-label': label }, ...children);
  dialog.addEventListener('click', e => { if (e.target === dialog) dialog.close(); });
  document.body.append(dialog);
  return dialog;
};

const keys = async () => {
  const there = await page('/shortcuts');
  const close = make('button', { class: 'btn plain', type: 'button', autofocus: '' }, words.close);
  const title = make('h2', {}, there.querySelector('h1').textContent);
  const sheet = there.getElementById('shortcuts');
  const dialog = shell('key-sheet', title.textContent, make('header', {}, title, close), sheet);
  close.addEventListener('click', () => dialog.close());
  return dialog;
};

// What the page lets one do, and where one can go from anywhere.
const palette = async () => {
  const there = await page('/go');
  const list = there.getElementById('go');
  const say = list.dataset;
  const action = there.querySelector('form[role=search]').getAttribute('action');
  const pages = [...list.querySelectorAll('a')].map(a => ({
    text: a.querySelector('span').textContent, icon: a.querySelector('svg'), kbd: a.querySelector('kbd'),
    run: () => location.assign(a.getAttribute('href')),
  }));
  const input = make('input', {
    class: 'field', type: 'text', role: 'combobox', 'aria-expanded': 'true', 'aria-controls': 'palette-list',
    'aria-autocomplete': 'list', 'aria-label': say.title, placeholder: say.hint, autocomplete: 'off',
    spellcheck: 'false', maxlength: '200', autofocus: '',
  });
  const options = make('div', { id: 'palette-list', role: 'listbox', 'aria-label': say.title });
  const none = make('p', { class: 'vh', role: 'status' });
  const dialog = shell('palette', say.title, input, options, none);
  let shown = [], at = 0;

  const choose = nth => {
    if (shown.length === 0) { input.removeAttribute('aria-activedescendant'); return; }
    at = (nth + shown.length) % shown.length;
    for (const [n, o] of shown.entries()) o.element.setAttribute('aria-selected', n === at);
    input.setAttribute('aria-activedescendant', shown[at].element.id);
    shown[at].element.scrollIntoView({ block: 'nearest' });
  };
  const acts = () => [...document.querySelectorAll('[data-command]')].filter(a => a.checkVisibility()).map(a => ({
    text: a.dataset.command || a.textContent.trim(), icon: a.querySelector('svg'),
    run: () => { dialog.close(); a.click(); },
  }));
  const group = (label, commands) => {
    const id = `palette-${label.replace(/\W+/g, '-')}`;
    return make('div', { role: 'group', 'aria-labelledby': id }, make('p', { id, role: 'presentation' }, label),
      ...commands.map(c => {
        c.element = make('div', { role: 'option', id: `option-${shown.length}`, 'aria-selected': 'false' });
        if (c.icon) c.element.append(c.icon.cloneNode(true));
        c.element.append(make('span', {}, c.text));
        if (c.kbd) c.element.append(c.kbd.cloneNode(true));
        c.element.addEventListener('click', c.run);
        const nth = shown.push(c) - 1;
        c.element.addEventListener('pointermove', () => { if (at !== nth) choose(nth); });
        return c.element;
      }));
  };
  const fill = () => {
    const text = input.value.trim();
    const wanted = plain(text).split(/\s+/).filter(w => w);
    const fits = c => wanted.every(w => plain(c.text).includes(w));
    shown = [];
    const groups = [[say.here, acts().filter(fits)], [say.pages, pages.filter(fits)]];
    if (text) groups.push([say.title, [{
      text: say.search.replace('{text}', text), icon: there.querySelector('form[role=search] svg'),
      run: () => location.assign(`${action}?find=${encodeURIComponent(text)}`),
    }]]);
    options.replaceChildren(...groups.filter(([, commands]) => commands.length > 0).map(g => group(...g)));
    none.textContent = shown.length > (text ? 1 : 0) ? '' : say.none;
    choose(0);
  };
  input.addEventListener('input', fill);
  input.addEventListener('keydown', e => {
    const by = { ArrowDown: 1, ArrowUp: -1 }[e.key];
    if (by) { e.preventDefault(); choose(at + by); }
    else if (e.key === 'Home' && e.ctrlKey) { e.preventDefault(); choose(0); }
    else if (e.key === 'Enter' && !e.isComposing && shown[at]) { e.preventDefault(); shown[at].run(); }
  });
  dialog.refresh = () => { input.value = ''; fill(); };
  return dialog;
};
