// Removes secrets from text by value (every secret the process has loaded) and by shape. It never decides what is logged.

/** Shapes of credentials that might appear in upstream texts even though we never held them. */
const shapes: readonly RegExp[] = [
  /\b(?:sk|pk|rk|gsk|xai|sluice)-[A-Za-z0-9_-]{12,}/g,
  /\bAIza[A-Za-z0-9_-]{20,}/g,
  /\b(Bearer\s+)[A-Za-z0-9._~+/=-]{12,}/gi,
  /([?&](?:key|api_key|api-key|token)=)[^&\s"']+/gi,
];

/** True where something in the text has the shape of a credential. */
export function looksSecret(text: string): boolean {
  return shapes.some((shape) => text.search(shape) >= 0);
}

/** Shorter values would blank out ordinary words. */
const minimumLength = 6;

export interface Redactor {
  /** From now on this value (also base64, URL-encoded and as JSON writes it) is replaced wherever it stands. */
  add(secret: string): void;
  redact(text: string): string;
}

/** A mask with the last four characters, or none of them where the secret is short: `••4f2a`. */
export function maskSecret(secret: string): string {
  return secret.length >= 12 ? `••${secret.slice(-4)}` : '••';
}

/**
 * A secret, and what of it someone may quote alone: what stands behind a scheme (`Bearer …`), and the values of cookies.
 */
export function secretTexts(secret: string): string[] {
  const cookies = secret.split(/;\s*/).map((part) => part.replace(/^[^=\s]+=/, ''));
  return [...new Set([secret, secret.replace(/^\S+\s+/, ''), ...cookies])];
}

export function createRedactor(): Redactor {
  /** spelling -> mask */
  const known = new Map<string, string>();
  return {
    add(secret) {
      if (secret.length < minimumLength || known.has(secret)) return;
      const mask = maskSecret(secret);
      known.set(secret, mask);
      known.set(Buffer.from(secret).toString('base64'), mask);
      known.set(Buffer.from(secret).toString('base64url'), mask);
      known.set(encodeURIComponent(secret), mask);
      known.set(JSON.stringify(secret).slice(1, -1), mask);
    },
    redact(text) {
      let result = text;
      for (const [secret, mask] of known) {
        if (result.includes(secret)) result = result.replaceAll(secret, mask);
      }
      for (const shape of shapes) {
        result = result.replace(shape, (match, prefix: unknown) =>
          typeof prefix === 'string' ? `${prefix}••` : maskSecret(match),
        );
      }
      return result;
    },
  };
}
