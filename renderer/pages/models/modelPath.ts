// A model's name in the address of its panel. Names hold slashes, sometimes question and number signs.

export function modelPath(id: string): string {
  return `/models/${encodeURI(id).replace(/[?#]/g, encodeURIComponent)}`;
}

/** What stands behind `/models/` once the router has decoded it, which leaves `%3F` and `%23` as they are. */
export function modelOfPath(rest: string): string {
  return rest.replaceAll('%3F', '?').replaceAll('%23', '#');
}
