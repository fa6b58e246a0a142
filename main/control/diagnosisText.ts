// One text for a bug report. Pure; what could name a person or a secret is left out here, and the caller's redactor goes over the rest.
import type { About } from '../contract/schemas/about.ts';
import type { Settings } from '../contract/schemas/settings.ts';
import type { EndpointView, GatewayStatus } from '../contract/schemas/views.ts';
import { shownProxy } from './concealed.ts';
import { bareSettings } from './transfer/bareSettings.ts';

export interface DiagnosisFacts {
  about: About;
  status: GatewayStatus;
  settings: Settings;
  endpoints: readonly EndpointView[];
  /** The end of the log. */
  log: readonly string[];
  /** Unix ms. */
  now: number;
}

function shownSettings(settings: Settings): unknown {
  const bare = bareSettings(settings);
  return {
    ...bare,
    clientKeys: settings.clientKeys.map(({ id, enabled, models }) => ({ id, enabled, models })),
    endpoints: bare.endpoints.map((endpoint) => ({
      ...endpoint,
      proxy: shownProxy(endpoint.proxy),
      accounts: endpoint.accounts.map(({ email: _email, name: _name, ...account }) => account),
    })),
  };
}

export function diagnosisText(facts: DiagnosisFacts): string {
  const { about, status } = facts;
  const runtimes = about.runtimes.map(({ name, version }) => `${name} ${version}`).join(', ');
  const vault = `${status.vault.kind}, ${status.vault.state}${status.vault.reason ? `: ${status.vault.reason}` : ''}`;
  const accounts = facts.endpoints.flatMap((endpoint) =>
    endpoint.accounts.map(
      ({ id, state, reason }) => `  ${endpoint.id}/${id}: ${state}${reason ? ` (${reason})` : ''}`,
    ),
  );
  const problems = status.problems.map(({ code, message }) => `  ${code}: ${message}`);
  const part = (title: string, lines: readonly string[]): string =>
    `${title}\n${lines.length > 0 ? lines.join('\n') : '  none'}\n`;
  return [
    `Sluice ${about.version}, ${about.shell}, ${new Date(facts.now).toISOString()}`,
    `System: ${about.system}; ${runtimes}`,
    `Gateway: ${status.state}, ${status.host}:${status.port}`,
    `Vault: ${vault}\n`,
    part('Problems', problems),
    part('Accounts', accounts),
    part('Settings, without secrets', [JSON.stringify(shownSettings(facts.settings), null, 2)]),
    part('Log', facts.log),
  ].join('\n');
}
