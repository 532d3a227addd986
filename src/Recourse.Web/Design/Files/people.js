// Entry and account pages: passkeys, and the browser's time zone. Passwords work without any of it.

const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
if (zone) {
  const secure = location.protocol === 'https:' ? '; Secure' : '';
  document.cookie = `recourse-zone=${encodeURIComponent(zone)}; Path=/; Max-Age=31536000; SameSite=Lax${secure}`;
}

const canUse = !!window.PublicKeyCredential?.parseRequestOptionsFromJSON;

const ask = async form => {
  const answer = await fetch(form.dataset.passkey, { headers: { Accept: 'application/json' } });
  if (!answer.ok || answer.redirected) throw new Error(`${answer.status}`);
  const { options, state } = await answer.json();
  const publicKey = JSON.parse(options);
  const credential = 'make' in form.dataset
    ? await navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(publicKey) })
    : await navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(publicKey) });
  form.elements.credential.value = JSON.stringify(credential);
  form.elements.state.value = state;
};

for (const form of document.querySelectorAll('[data-passkey]')) {
  if (!canUse) continue;
  form.hidden = false;
  for (const note of document.querySelectorAll('[data-no-passkey]')) note.hidden = true;
  const failed = form.querySelector('[data-failed]');
  form.addEventListener('submit', async e => {
    if (form.elements.credential.value) return;
    e.preventDefault();
    e.stopImmediatePropagation();
    failed.hidden = true;
    try { await ask(form); } catch { failed.hidden = false; return; }
    form.requestSubmit();
  });
}

// The menu beside a name closes when something else is opened or pressed.
document.addEventListener('click', e => {
  for (const menu of document.querySelectorAll('details.acts[open]')) if (!menu.contains(e.target)) menu.open = false;
});
