// Decides at which field of a form an issue of the gateway is shown, and in which words.
import type { TFunction } from 'i18next';
import type { FieldIssue } from '../api/errorWords.ts';

/** `endpoints[3].limits.rpm`, `patch.limits.rpm` and `account.limits.rpm` all mean the form's `limits.rpm`. */
export function fieldPath(path: string): string {
  return path.replace(/^(?:(?:endpoints|clientKeys)\[\d+\]|patch|account)(?:\.|$)/, '');
}

/** What the schemas say, by its beginning, and our words for it. Whatever is not here is shown as it came. */
const known = [
  [/^must be a whole URL/, 'issue.wholeUrl'],
  [/^must start with https:\/\/ or http/, 'issue.http'],
  [/^must not hold a user name/, 'issue.noUser'],
  [/^must not hold a query/, 'issue.noQuery'],
  [/^points to a link-local/, 'issue.linkLocal'],
  [/^must start with http:\/\/, https:\/\/ or socks5/, 'issue.proxy'],
  [/^is not a header name/, 'issue.headerName'],
  [/^must not hold line breaks/, 'issue.headerValue'],
  [/^is a mask/, 'issue.mask'],
  [/^another .* already has/, 'issue.taken'],
  [/^Too small|^Invalid input: expected .*received undefined/i, 'issue.empty'],
  [/^Too big/i, 'issue.tooBig'],
  [/time zone/, 'issue.timeZone'],
  [/^must be a number of minutes/, 'issue.minutes'],
  [/^leaves out nothing/, 'issue.ruleEmpty'],
  [/^must have the name right behind/, 'issue.ruleMark'],
  [/^leaves out every model/, 'issue.ruleAll'],
  [/^must be a date such as 2024-10-21/, 'issue.apiVersion'],
] as const;

export function issueWords(message: string, t: TFunction): string {
  const found = known.find(([pattern]) => pattern.test(message));
  return found ? t(found[1]) : message;
}

export interface SortedIssues<Field extends string> {
  /** The first issue of each field. */
  fields: Partial<Record<Field, string>>;
  /** Issues of no field of this form, with their paths. */
  rest: string[];
}

/** What goes before the words at a field above the issue's own. The number of an entry alone would tell people nothing. */
function inside(path: string): string {
  const rest = path.replace(/^\[\d+\]$/, '').replace(/^\./, '');
  return rest === '' ? '' : `${rest}: `;
}

/** Puts each issue at the longest field name its path starts with. */
export function sortIssues<Field extends string>(
  issues: readonly FieldIssue[],
  fields: readonly Field[],
  t: TFunction,
): SortedIssues<Field> {
  const sorted: SortedIssues<Field> = { fields: {}, rest: [] };
  for (const issue of issues) {
    const path = fieldPath(issue.path);
    const candidates = fields.filter(
      (field) => path === field || path.startsWith(`${field}.`) || path.startsWith(`${field}[`),
    );
    const field = candidates.sort((a, b) => b.length - a.length)[0];
    const words = issueWords(issue.message, t);
    if (field) sorted.fields[field] ??= `${inside(path.slice(field.length))}${words}`;
    else sorted.rest.push(path ? `${path}: ${words}` : words);
  }
  return sorted;
}
