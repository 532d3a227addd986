// One key for what has it; never while somebody types, and not at all where they were switched off.
const types = e =>
  e.target.closest?.('input:not([type=radio]):not([type=checkbox]), textarea, select, [contenteditable]');
const single = e => document.body.dataset.keys !== 'off' && !e.ctrlKey && !e.metaKey && !e.altKey && !types(e)
  && !document.querySelector('dialog[open], :popover-open');

const rows = () => [...document.querySelectorAll('main [data-row] :is(th, .lead) a, main [data-row] > a')];
const step = by => {
  const all = rows();
  if (all.length === 0) return;
  const at = all.findIndex(a => a === document.activeElement);
  const next = all[at < 0 ? (by > 0 ? 0 : all.length - 1) : Math.min(all.length - 1, Math.max(0, at + by))];
  next.focus();
  next.closest('[data-row]').scrollIntoView({ block: 'nearest' });
};

// G, and then the letter of a page.
let going;
const go = on => {
  clearTimeout(going);
  going = on ? setTimeout(() => go(false), 2_000) : undefined;
  document.body.toggleAttribute('data-going', on);
};

// A dialog is fetched when it is first wanted, out of the page that says the same.
const dialogs = async name => {
  const opener = document.querySelector('[data-palette]');
  if (!opener) return;
  const { open } = await import(opener.dataset.palette);
  await open(name);
};

const press = target => {
  if (target.matches('input[type=radio], input[type=checkbox], a, button, label')) target.click();
  target.focus();
};

document.addEventListener('keydown', e => {
  if (e.defaultPrevented || e.isComposing) return;
  const key = e.key.toLowerCase();
  if ((e.ctrlKey || e.metaKey) && key === 'k' && document.querySelector('[data-palette]')) {
    e.preventDefault();
    dialogs('palette');
    return;
  }
  if ((e.ctrlKey || e.metaKey) && key === 'enter') {
    const form = e.target.closest?.('form') ?? document.querySelector('.sheet:is(:target, [data-open]) form');
    const act = form?.querySelector('[aria-keyshortcuts="Control+Enter"]');
    if (act) { e.preventDefault(); form.requestSubmit(act); }
    return;
  }
  if (!single(e)) return;
  if (going) {
    const place = document.querySelector(`[data-go="${CSS.escape(key)}"]`);
    go(false);
    if (place) { e.preventDefault(); place.click(); }
    return;
  }
  if (key === 'g') { go(true); return; }
  if (key === 'j' || key === 'k') { step(key === 'j' ? 1 : -1); return; }
  if (e.key === '?') { e.preventDefault(); dialogs('shortcuts'); return; }
  const target = [...document.querySelectorAll(`[data-key="${CSS.escape(key)}"]`)].find(t => t.checkVisibility());
  if (target) { e.preventDefault(); press(target); }
});
document.addEventListener('keydown', e => {
  if (e.key !== 'Escape' || e.defaultPrevented || !document.querySelector('.sheet:target')) return;
  const opener = document.querySelector(`[href="${CSS.escape(location.hash)}"]`);
  location.hash = 'main';
  opener?.focus();
});
document.addEventListener('click', e => {
  const opener = e.target.closest('[data-palette]');
  if (!opener || e.ctrlKey || e.metaKey || e.shiftKey || e.button !== 0) return;
  e.preventDefault();
  dialogs('palette').catch(() => location.assign(opener.href));
});
