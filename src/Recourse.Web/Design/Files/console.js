// Everything here is an extra: pages work without it.

// Deadlines tick by the server's clock.
const ahead = Date.parse(document.querySelector('meta[name=now]')?.content ?? '') - Date.now() || 0;
const now = () => Date.now() + ahead;

const tick = () => {
  const words = new Intl.RelativeTimeFormat(document.documentElement.lang, { style: 'short' });
  for (const due of document.querySelectorAll('[data-due]')) {
    const left = (Date.parse(due.dataset.due) - now()) / 60_000;
    if (Math.abs(left) < 60) due.textContent = words.format(Math.trunc(left), 'minute');
  }
};
setInterval(tick, 20_000);

// One key for what has it; never while somebody types.
const types = e => e.target.closest?.('input:not([type=radio]):not([type=checkbox]), textarea, select');
document.addEventListener('keydown', e => {
  if (e.defaultPrevented || e.isComposing || e.ctrlKey || e.metaKey || e.altKey || types(e)) return;
  const target = document.querySelector(`[data-key="${CSS.escape(e.key)}"]`);
  if (target) { e.preventDefault(); target.focus(); }
});
document.addEventListener('keydown', e => {
  if (e.key === 'Escape' && document.querySelector('.sheet:target')) location.hash = 'main';
});

// A press that is on its way needs no second one; the form's key would keep it from doing anything anyway.
document.addEventListener('submit', e => {
  if (e.target.method !== 'post') return;
  if (e.target.dataset.sent) { e.preventDefault(); return; }
  e.target.dataset.sent = '1';
});
addEventListener('pageshow', () => {
  for (const form of document.querySelectorAll('form[data-sent]')) delete form.dataset.sent;
});

// After an act the answer has the focus; and reloading doesn't say again what was done.
(document.querySelector('#problem') ?? document.querySelector('[data-toast]'))?.focus();
if (document.querySelector('[data-toast]') && location.search) {
  history.replaceState(null, '', location.pathname + location.hash);
}

// Live parts: the stream says which of them changed, and each is fetched as it is now.
const page = document.querySelector('[data-changes]');
if (page) {
  let position = page.dataset.position, stream, lost, due;
  const waiting = new Set();

  const isBusy = part => part.contains(document.activeElement) || part.querySelector('.sheet:target')
    || [...part.querySelectorAll('input, textarea')].some(i =>
      i.type === 'radio' || i.type === 'checkbox' ? i.checked !== i.defaultChecked : i.value !== i.defaultValue);

  const show = async (part, html) => {
    part.innerHTML = html;
    part.classList.remove('just-in');
    void part.offsetWidth;
    part.classList.add('just-in');
    tick();
  };

  const renew = async name => {
    const part = page.ownerDocument.querySelector(`[data-part="${name}"]`);
    const answer = part && await fetch(part.dataset.from);
    if (!answer?.ok || answer.redirected) return;
    const html = await answer.text();
    if (!isBusy(part)) { await show(part, html); return; }
    part.querySelector('.renew')?.remove();
    const button = Object.assign(document.createElement('button'), { type: 'button', className: 'btn renew' });
    button.textContent = page.dataset.renew;
    button.addEventListener('click', () => show(part, html));
    part.prepend(button);
  };

  const settle = async () => {
    due = undefined;
    const names = [...waiting];
    waiting.clear();
    await Promise.allSettled(names.map(renew));
  };

  const sayLost = isLost => {
    const place = page.querySelector('.lost');
    place.hidden = !isLost;
    place.textContent = isLost ? place.dataset.text : '';
  };

  const open = () => {
    stream = new EventSource(`${page.dataset.changes}?after=${position}`);
    const hear = e => { position = e.lastEventId || position; clearTimeout(lost); lost = undefined; sayLost(false); };
    stream.addEventListener('beat', hear);
    stream.addEventListener('changed', e => {
      hear(e);
      for (const name of e.data.split(' ')) waiting.add(name);
      due ??= setTimeout(settle, 200 + Math.random() * 100);
    });
    stream.addEventListener('error', () => { lost ??= setTimeout(() => sayLost(true), 10_000); });
  };
  const close = () => { stream?.close(); stream = undefined; clearTimeout(lost); lost = undefined; };

  // Only what is looked at is kept fresh: a browser has few connections.
  document.addEventListener('visibilitychange', () => { close(); if (!document.hidden) open(); });
  addEventListener('pagehide', close);
  addEventListener('pageshow', e => { if (e.persisted) { close(); open(); } });
  if (!document.hidden) open();
}
