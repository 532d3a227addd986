// Live parts. The stream says what changed; the page is fetched again as it is now, through the door like any other,
// and those of its parts that show it are swapped. Nothing of what somebody is using is touched.
const isLive = document.body.dataset.live;
const parts = () => [...document.querySelectorAll('[data-part]')];

const isChanged = field => field.options
  ? field.selectedIndex !== Math.max(0, [...field.options].findIndex(one => one.defaultSelected))
  : field.type === 'radio' || field.type === 'checkbox'
  ? field.checked !== field.defaultChecked : field.value !== field.defaultValue;
const isBusy = (part, next) => {
  const focused = part.contains(document.activeElement) ? document.activeElement : null;
  if (focused && !focused.matches('[role=status]') && !(focused.matches('a[href]') && sameLink(next, focused)))
    return true;
  return part.querySelector('.sheet:target, :popover-open, details[data-menu][open]')
    || [...part.querySelectorAll('input:not([type=hidden]), textarea, select')].some(isChanged);
};
const sameLink = (part, link) => part.querySelector(`a[href="${CSS.escape(link.getAttribute('href'))}"]`);

const flash = (part, before) => {
  const marked = [...part.querySelectorAll('[data-row]')];
  const fresh = marked.length > 0 ? marked.filter(row => !before.has(row.dataset.row)) : [...part.children];
  for (const one of fresh) one.classList.add('just-in');
};
const show = (part, next) => {
  const before = new Set([...part.querySelectorAll('[data-row]')].map(row => row.dataset.row));
  const focused = part.contains(document.activeElement) ? sameLink(next, document.activeElement) : null;
  part.dataset.on = next.dataset.on;
  part.replaceChildren(...next.childNodes);
  focused?.focus();
  if (!('quiet' in part.dataset)) flash(part, before);
  setClock();
  tick();
  count();
};
const offer = (part, next) => {
  part.querySelector('.renew')?.remove();
  const button = Object.assign(document.createElement('button'), { type: 'button', className: 'btn renew' });
  button.textContent = words.changed;
  button.addEventListener('click', () => show(part, next));
  part.prepend(button);
};

if (isLive) {
  let mark = isLive, stream, lost, heardAt = now(), heard = Date.now();
  let timer, retry, listened, fails = 0, isOver = false;
  const waiting = new Set(), shownAt = new Map();
  const place = document.getElementById('lost');

  const say = text => {
    place.hidden = !text;
    if (place.textContent !== (text ?? '')) place.textContent = text ?? '';
  };
  const isFine = () => {
    heard = Date.now();
    if (fails > 0 || isOver) return;
    clearTimeout(lost);
    lost = undefined;
    heardAt = now();
    say(null);
  };
  const isLost = () => {
    lost ??= setTimeout(() => say(words.lost?.replace('{time}', write(heardAt, words.time))), 10_000);
  };

  // One fetch for all parts whose rest is over.
  const settle = async () => {
    timer = undefined;
    for (const name of waiting) if (!parts().some(p => p.dataset.part === name)) waiting.delete(name);
    const ripe = parts().filter(p => waiting.has(p.dataset.part)
      && Date.now() - (shownAt.get(p.dataset.part) ?? 0) >= Number(p.dataset.rest));
    if (ripe.length > 0) {
      for (const part of ripe) waiting.delete(part.dataset.part);
      try {
        await renew(ripe);
        fails = 0;
      } catch {
        for (const part of ripe) waiting.add(part.dataset.part);
        fails++;
        isLost();
      }
    }
    if (waiting.size > 0) timer ??= setTimeout(settle, fails > 0 ? Math.min(10_000, 500 * 2 ** fails) : 250);
    else if (ripe.length > 0) isFine();
  };
  const renew = async ripe => {
    const answer = await fetch(document.body.dataset.at, { headers: { Accept: 'text/html' } });
    if (answer.redirected) { isOver = true; close(); say(words.signedOut); return; }
    if (answer.status >= 500 || answer.status === 429) throw new Error(String(answer.status));
    if (!answer.ok) return;
    const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
    for (const part of ripe) {
      const next = page.querySelector(`[data-part="${CSS.escape(part.dataset.part)}"]`);
      if (!next || !part.isConnected) continue;
      shownAt.set(part.dataset.part, Date.now());
      if (!isBusy(part, next)) show(part, next);
      else if ('quiet' in part.dataset) setTimeout(() => want([part.dataset.part]), 3_000);
      else offer(part, next);
    }
    again();
    if (stream && tags() !== listened) { close(); open(); }
  };
  const want = names => {
    for (const name of names) waiting.add(name);
    timer ??= setTimeout(settle, Math.random() * 100);
  };

  // What will change by itself says when.
  let turn;
  const again = () => {
    clearTimeout(turn);
    const soon = document.querySelector('[data-again]');
    if (soon?.dataset.again)
      turn = setTimeout(() => want([soon.closest('[data-part]').dataset.part]), Number(soon.dataset.again) + 250);
  };

  const tags = () => [...new Set(parts().flatMap(p => p.dataset.on.split('.')))].filter(t => t).sort().join('.');
  const open = () => {
    heard = Date.now();
    listened = tags();
    if (!listened || isOver) return;
    stream = new EventSource(`/live?on=${listened}&after=${encodeURIComponent(mark)}`);
    const hear = e => { mark = e.lastEventId || mark; isFine(); };
    stream.addEventListener('beat', hear);
    stream.addEventListener('changed', e => {
      hear(e);
      const changed = new Set(e.data.split(' '));
      want(parts().filter(p => changed.has('*') || p.dataset.on.split('.').some(t => changed.has(t)))
        .map(p => p.dataset.part));
    });
    stream.addEventListener('error', () => {
      isLost();
      // What the server refused isn't tried again by the browser: the session may be over, or it asks for patience.
      if (stream?.readyState === EventSource.CLOSED) retry ??= setTimeout(async () => {
        retry = undefined;
        try { await renew([]); } catch { /* still away */ }
        if (stream && !document.hidden) { close(); open(); }
      }, 3_000 + Math.random() * 4_000);
    });
  };
  const close = () => {
    stream?.close();
    stream = undefined;
    for (const t of [lost, retry]) clearTimeout(t);
    lost = retry = undefined;
  };

  // A connection may die without a word; its beat is what is missed.
  setInterval(() => {
    if (!stream || document.hidden || Date.now() - heard < 30_000) return;
    isLost();
    heard = Date.now();
    stream.close();
    open();
  }, 5_000);
  addEventListener('offline', isLost);
  addEventListener('online', () => { if (!document.hidden) { close(); open(); } });

  // Only what is looked at is kept fresh: a browser has few connections.
  document.addEventListener('visibilitychange', () => { close(); if (!document.hidden) { open(); tick(); } });
  addEventListener('pagehide', close);
  addEventListener('pageshow', e => { if (e.persisted) { close(); open(); } });
  if (!document.hidden) open();
  again();
}
