// Decides what to tell a person about a failed action. It never shows a stack or an internal name.
import { ORPCError } from '@orpc/client';
import type { TFunction } from 'i18next';
import { issueWords } from '../components/serverIssues.ts';

export interface FieldIssue {
  path: string;
  message: string;
}

/** The wrong fields an INVALID answer names; empty for every other failure. */
export function issuesOf(error: unknown): FieldIssue[] {
  if (!(error instanceof ORPCError) || error.code !== 'INVALID') return [];
  const data: unknown = error.data;
  const issues = data && typeof data === 'object' && 'issues' in data ? data.issues : null;
  return Array.isArray(issues) ? issues : [];
}

/** One sentence in the user's language, with the gateway's own words where it has some. */
export function errorWords(error: unknown, t: TFunction): string {
  if (!(error instanceof ORPCError)) return t('error.unreachable');
  const detail = issuesOf(error)
    .map((issue) => `${issue.path}: ${issueWords(issue.message, t)}`)
    .join('; ');
  switch (error.code) {
    case 'INVALID':
      return t('error.invalid', { detail: detail || error.message });
    case 'NOT_FOUND':
      return t('error.notFound');
    case 'CONFLICT':
      return t('error.conflict', { detail: error.message });
    case 'VAULT_LOCKED':
      return t('error.vaultLocked');
    case 'UNAVAILABLE':
      return t('error.unavailable', { detail: error.message });
    default:
      return t('error.internal');
  }
}
