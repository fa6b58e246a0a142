/** `My Endpoint (2)` -> `my-endpoint-2`; empty where the text holds no letter or digit of ASCII. */
export function slug(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/[\u0300-\u036f]/g, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 48)
    .replace(/-+$/, '');
}

/** The wish itself, or with the first free number behind it: `openai`, `openai-2`, `openai-3`. */
export function uniqueId(wish: string, taken: Iterable<string>): string {
  const used = new Set(taken);
  if (!used.has(wish)) return wish;
  let number = 2;
  while (used.has(`${wish}-${number}`)) number += 1;
  return `${wish}-${number}`;
}

/** `a1`, `a2` …, each above all that are in use, so that a new account does not slip into an older one's place. */
export function accountIdsAfter(taken: Iterable<string>): () => string {
  let highest = 0;
  for (const id of taken) {
    const number = /^a(\d{1,9})$/.exec(id)?.[1];
    if (number) highest = Math.max(highest, Number(number));
  }
  return () => `a${++highest}`;
}

export function nextAccountId(taken: Iterable<string>): string {
  return accountIdsAfter(taken)();
}

/** The id a new endpoint would like: from its name, else its host, else its kind. Always a valid id; it may be taken. */
export function wishedEndpointId(input: { name: string; baseUrl: string; kind: string }): string {
  const named = slug(input.name);
  if (named) return named;
  const host = URL.canParse(input.baseUrl) ? new URL(input.baseUrl).hostname : '';
  const numeric = /^[\d.:[\]a-f]*$/.test(host);
  const label = numeric ? '' : host.split('.').reduce((a, b) => (b.length > a.length ? b : a), '');
  return slug(label) || input.kind;
}
