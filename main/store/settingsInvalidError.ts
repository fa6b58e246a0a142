export interface SettingsIssue {
  /** As people write it: `endpoints[0].baseUrl`. */
  path: string;
  message: string;
}

/** A settings document that was refused. Nothing changed. */
export class SettingsInvalidError extends Error {
  override readonly name = 'SettingsInvalidError';
  readonly issues: readonly SettingsIssue[];
  /** Where the document came from, when it is not settings.json. */
  constructor(issues: readonly SettingsIssue[], file?: string) {
    const text = issues.map((issue) => `${issue.path}: ${issue.message}`).join('; ');
    super(file ? `${file}: ${text}` : text);
    this.issues = issues;
  }
}
