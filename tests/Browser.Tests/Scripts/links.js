// Where a page leads: its links, and its searches with a word in them. Links of a letter are for whom it was sent to.
() => {
  const addresses = [...document.querySelectorAll('a[href]')]
    .filter(a => !a.getAttribute('href').startsWith('#') && /^https?:/.test(a.protocol) && !a.closest('pre'))
    .map(a => a.href);
  for (const form of document.querySelectorAll('form[method=get]')) {
    const fields = new FormData(form);
    for (const field of form.querySelectorAll('input[type=search], input[type=text]'))
      if (field.name && !field.value) fields.set(field.name, 'mug');
    addresses.push(`${form.action}?${new URLSearchParams(fields)}`);
  }
  return addresses.map(a => a.split('#')[0]);
}
