// What each client must be told, as data: a link that it takes, fields to fill in, or lines for its file or a terminal. Pure.
import { clientSites } from '../../../main/contract/linkTargets.ts';
import { quoted, type Shell, shellLines } from './shellLines.ts';

export interface Facts {
  /** `http://localhost:8282`, without a path. */
  origin: string;
  key: string;
  /** A name of `GET /v1/models`. */
  model: string;
  /** The model's context in tokens, where known. */
  contextTokens: number | null;
}

/** What a form of the client asks for. `origin`, `base` (with /v1) and `endpoint` (the whole path) are forms of the address. */
export type FieldKind = 'origin' | 'base' | 'endpoint' | 'openai' | 'anthropic' | 'gemini' | 'key' | 'model';

/** Where a file lies: on macOS and Linux, and on Windows. */
export type FilePlace = Record<Shell, string>;

interface Lines {
  /** The file they go into; null for what is typed into a terminal. */
  file: FilePlace | null;
  text(facts: Facts, shell: Shell): string;
}

export interface Client {
  id: string;
  /** Also the name of its client key. */
  name: string;
  group: 'app' | 'code' | 'sdk' | 'other';
  /** A model has to be named. */
  takesModel: boolean;
  /** `site` is where a web client lives, without a slash at its end; an app's own scheme needs none. */
  link?: { site: string | null; href(facts: Facts, site: string): string };
  fields?: readonly FieldKind[];
  lines?: readonly Lines[];
}

/** How this gateway is named in the clients. Ids stay the same, so that a second import changes the first one. */
const own = { id: 'sluice', name: 'Sluice' } as const;

/** Standard base64 of UTF-8, safe in a query: Cherry Studio reads the URL-safe alphabet wrongly. */
function packed(value: object): string {
  const bytes = new TextEncoder().encode(JSON.stringify(value));
  return encodeURIComponent(btoa(String.fromCharCode(...bytes)));
}

const inQuery = (value: object) => encodeURIComponent(JSON.stringify(value));
const base = ({ origin }: Facts) => `${origin}/v1`;

/** A file below the home folder. */
const inHome = (path: string): FilePlace => ({
  sh: `~/${path}`,
  powershell: `%USERPROFILE%\\${path.replaceAll('/', '\\')}`,
});

/** A TOML or YAML string: both read JSON's. */
const text = (value: string) => JSON.stringify(value);

const inTerminal = (
  variables: (facts: Facts) => readonly (readonly [string, string])[],
  command?: (facts: Facts, shell: Shell) => string,
): Lines => ({
  file: null,
  text: (facts, shell) => shellLines(shell, variables(facts), command?.(facts, shell)),
});

export const clients = [
  {
    id: 'cherryStudio',
    name: 'Cherry Studio',
    group: 'app',
    takesModel: false,
    link: {
      site: null,
      // The bare origin: the app adds /v1 by itself. Quotes and parentheses would not survive its decoder.
      href: ({ origin, key }) =>
        `cherrystudio://providers/api-keys?v=1&data=${packed({ ...own, type: 'openai', baseUrl: origin, apiKey: key })}`,
    },
    fields: ['origin', 'key'],
  },
  {
    id: 'chatbox',
    name: 'Chatbox',
    group: 'app',
    takesModel: true,
    link: {
      site: null,
      href: ({ origin, key, model }) =>
        `chatbox://provider/import?config=${packed({ ...own, type: 'openai', settings: { apiHost: origin, apiKey: key, models: [{ modelId: model }] } })}`,
    },
    fields: ['origin', 'key', 'model'],
  },
  {
    id: 'nextChat',
    name: 'NextChat',
    group: 'app',
    takesModel: false,
    link: {
      site: clientSites.nextChat,
      href: ({ origin, key }, site) => `${site}/#/?settings=${inQuery({ key, url: origin })}`,
    },
    fields: ['origin', 'key'],
  },
  {
    id: 'lobeChat',
    name: 'LobeChat',
    group: 'app',
    takesModel: false,
    link: {
      site: clientSites.lobeChat,
      href: (facts, site) =>
        `${site}/?settings=${inQuery({ keyVaults: { openai: { apiKey: facts.key, baseURL: base(facts) } } })}`,
    },
    fields: ['base', 'key'],
  },
  { id: 'openWebUi', name: 'Open WebUI', group: 'app', takesModel: false, fields: ['base', 'key'] },
  {
    id: 'immersiveTranslate',
    name: 'Immersive Translate',
    group: 'app',
    takesModel: true,
    fields: ['endpoint', 'key', 'model'],
  },
  {
    id: 'claudeCode',
    name: 'Claude Code',
    group: 'code',
    takesModel: true,
    lines: [
      inTerminal(
        ({ origin, key, model }) => [
          ['ANTHROPIC_BASE_URL', origin],
          ['ANTHROPIC_AUTH_TOKEN', key],
          ['ANTHROPIC_MODEL', model],
          // Its requests in the background ask for a model of their own.
          ['ANTHROPIC_DEFAULT_HAIKU_MODEL', model],
        ],
        () => 'claude',
      ),
      {
        file: inHome('.claude/settings.json'),
        text: ({ origin, key, model }) =>
          JSON.stringify(
            {
              env: {
                ANTHROPIC_BASE_URL: origin,
                ANTHROPIC_AUTH_TOKEN: key,
                ANTHROPIC_MODEL: model,
                ANTHROPIC_DEFAULT_HAIKU_MODEL: model,
              },
            },
            null,
            2,
          ),
      },
    ],
  },
  {
    id: 'codex',
    name: 'Codex',
    group: 'code',
    takesModel: true,
    lines: [
      {
        file: inHome('.codex/config.toml'),
        text: (facts) =>
          [
            `model = ${text(facts.model)}`,
            `model_provider = "${own.id}"`,
            '',
            `[model_providers.${own.id}]`,
            `name = "${own.name}"`,
            `base_url = ${text(base(facts))}`,
            'env_key = "SLUICE_KEY"',
            'wire_api = "responses"',
            'supports_websockets = false',
          ].join('\n'),
      },
      inTerminal(
        ({ key }) => [['SLUICE_KEY', key]],
        () => 'codex',
      ),
    ],
  },
  {
    id: 'geminiCli',
    name: 'Gemini CLI',
    group: 'code',
    takesModel: true,
    lines: [
      inTerminal(
        ({ origin, key }) => [
          ['GOOGLE_GEMINI_BASE_URL', origin],
          ['GEMINI_API_KEY', key],
        ],
        ({ model }, shell) => `gemini -m ${quoted(model, shell)}`,
      ),
      {
        file: inHome('.gemini/.env'),
        text: ({ origin, key, model }) =>
          [`GOOGLE_GEMINI_BASE_URL=${origin}`, `GEMINI_API_KEY=${key}`, `GEMINI_MODEL=${model}`].join('\n'),
      },
    ],
  },
  { id: 'cline', name: 'Cline', group: 'code', takesModel: true, fields: ['base', 'key', 'model'] },
  {
    id: 'continue',
    name: 'Continue',
    group: 'code',
    takesModel: true,
    lines: [
      {
        file: inHome('.continue/config.yaml'),
        text: (facts) =>
          [
            `name: ${own.name}`,
            'version: 1.0.0',
            'schema: v1',
            'models:',
            `  - name: ${text(`${own.name} ${facts.model}`)}`,
            '    provider: openai',
            `    model: ${text(facts.model)}`,
            `    apiBase: ${text(base(facts))}`,
            `    apiKey: ${text(facts.key)}`,
          ].join('\n'),
      },
    ],
  },
  {
    // It keeps keys in the keychain, never in settings.json.
    id: 'zed',
    name: 'Zed',
    group: 'code',
    takesModel: true,
    lines: [
      {
        file: { sh: '~/.config/zed/settings.json', powershell: '%APPDATA%\\Zed\\settings.json' },
        text: (facts) => {
          const model = { name: facts.model, max_tokens: facts.contextTokens ?? 128_000 };
          const provider = { api_url: base(facts), available_models: [model] };
          const settings = { language_models: { openai_compatible: { [own.name]: provider } } };
          return JSON.stringify(settings, null, 2);
        },
      },
    ],
  },
  {
    id: 'openaiSdk',
    name: 'OpenAI SDK',
    group: 'sdk',
    takesModel: false,
    lines: [
      inTerminal((facts) => [
        ['OPENAI_BASE_URL', base(facts)],
        ['OPENAI_API_KEY', facts.key],
      ]),
    ],
  },
  {
    id: 'anthropicSdk',
    name: 'Anthropic SDK',
    group: 'sdk',
    takesModel: false,
    lines: [
      inTerminal(({ origin, key }) => [
        ['ANTHROPIC_BASE_URL', origin],
        ['ANTHROPIC_API_KEY', key],
      ]),
    ],
  },
  {
    id: 'googleSdk',
    name: 'Google GenAI SDK',
    group: 'sdk',
    takesModel: false,
    lines: [
      inTerminal(({ origin, key }) => [
        ['GOOGLE_GEMINI_BASE_URL', origin],
        ['GEMINI_API_KEY', key],
      ]),
    ],
  },
  {
    id: 'other',
    name: 'Other program',
    group: 'other',
    takesModel: true,
    fields: ['openai', 'anthropic', 'gemini', 'key', 'model'],
  },
] as const satisfies readonly Client[];

export type ClientId = (typeof clients)[number]['id'];
export type KnownClient = Client & { id: ClientId };

/** What goes into one field of a client's form. */
export function fieldValue(kind: FieldKind, facts: Facts): string {
  switch (kind) {
    case 'origin':
    case 'anthropic':
    case 'gemini':
      return facts.origin;
    case 'base':
    case 'openai':
      return base(facts);
    case 'endpoint':
      return `${base(facts)}/chat/completions`;
    case 'key':
      return facts.key;
    case 'model':
      return facts.model;
  }
}
