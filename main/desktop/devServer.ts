type Environment = Readonly<Record<string, string | undefined>>;

/** The page's own server, for developing with hot reload: this machine only, and never in a packaged program. */
export function devServerOf(env: Environment, packaged: boolean): URL | null {
  const address = env.SLUICE_DEV_SERVER;
  if (packaged || !address || !URL.canParse(address)) return null;
  const url = new URL(address);
  return url.protocol === 'http:' && /^(?:localhost|127\.0\.0\.1|\[::1\])$/.test(url.hostname) ? url : null;
}
