/** A model's name as one part of a URL's path. A client chose it: it must not lead to another path. */
export function pathSegment(name: string): string {
  return encodeURIComponent(name).replace(/^\.+$/, (dots) => '%2E'.repeat(dots.length));
}
