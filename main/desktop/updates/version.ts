// Which version is newer. Only plain ones, `1.2.3`, are ever offered: nobody is led from them to a preview.

/** Throws where the text is no version. A preview such as `1.2.3-beta.1` comes before `1.2.3`. */
function partsOf(version: string): number[] {
  const match = /^(\d{1,9})\.(\d{1,9})\.(\d{1,9})(-[\w.-]+)?(?:\+[\w.-]+)?$/.exec(version);
  if (!match) throw new TypeError('no version');
  return [...match.slice(1, 4).map(Number), match[4] === undefined ? 1 : 0];
}

/** `1.2.3`, and nothing behind it. */
export function isPlainVersion(version: string): boolean {
  return /^\d{1,9}\.\d{1,9}\.\d{1,9}$/.test(version);
}

export function isNewer(version: string, than: string): boolean {
  const [one, other] = [partsOf(version), partsOf(than)];
  const at = one.findIndex((part, index) => part !== other[index]);
  return at >= 0 && (one[at] ?? 0) > (other[at] ?? 0);
}
