/**
 * What the dashboard may load, whichever shell serves it: its own files. No inline script, no eval, no foreign address,
 * no frame around it, no text that becomes markup or code by being assigned to the document.
 */
export const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self'",
  "font-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
  "trusted-types 'none'",
].join('; ');
