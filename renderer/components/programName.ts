/** What people call the program behind a user agent: the first line that fits counts, so programs stand before the libraries they are made with. */
const known: readonly (readonly [name: string, sign: RegExp])[] = [
  ['Cherry Studio', /\bcherry-?studio\b/i],
  ['Chatbox', /chatbox/i],
  ['NextChat', /\bnextchat\b|chatgpt-next-web/i],
  ['LobeChat', /\blobe-?(?:chat|hub)\b/i],
  ['Open WebUI', /\bopen-?webui\b/i],
  ['Claude Code', /\bclaude-(?:cli|code)\b/i],
  ['Codex', /\bcodex[_-]\w+\/|\bcodex\//i],
  ['Gemini CLI', /\bgemini-?cli\b/i],
  ['Cline', /\bcline\b/i],
  ['Roo Code', /\broo-?code\b/i],
  ['Continue', /\bcontinue(?:dev)?\//i],
  ['Zed', /^zed\//i],
  ['Cursor', /\bcursor\//i],
  ['aider', /\baider\b/i],
  ['LangChain', /\blangchain/i],
  ['LiteLLM', /\blitellm\b/i],
  ['openai-python', /openai\/python\b/i],
  ['openai-node', /openai\/js\b/i],
  ['anthropic-python', /anthropic\/python\b/i],
  ['anthropic-node', /anthropic\/js\b/i],
  ['google-genai', /\bgoogle-genai-sdk\b/i],
  ['AI SDK', /\bai-sdk\//i],
  ['curl', /^curl\//i],
  ['Wget', /^wget\//i],
  ['Postman', /^postmanruntime\//i],
  ['PowerShell', /\bpowershell\//i],
  ['requests (Python)', /^python-requests\//i],
  ['httpx (Python)', /^python-httpx\//i],
  ['aiohttp (Python)', /\baiohttp\//i],
  ['Python', /^python/i],
  ['axios', /^axios\//i],
  ['Node.js', /^(?:node|undici|node-fetch)\b/i],
  ['Bun', /^bun\//i],
  ['Deno', /^deno\//i],
  ['Go', /^go-http-client\//i],
  ['Java', /^(?:java|okhttp|apache-httpclient)\b/i],
];

const browsers: readonly (readonly [name: string, sign: RegExp])[] = [
  ['Edge', /\bedg(?:e|a|ios)?\//i],
  ['Firefox', /\b(?:firefox|fxios)\//i],
  ['Chrome', /\b(?:chrome|crios|chromium)\//i],
  ['Safari', /\bsafari\//i],
];

/** What every desktop program that is a web page inside says of itself, besides its own name. */
const engines = /^(?:mozilla|applewebkit|chrome|electron|safari|version|mobile|gecko|tauri|wry)$/i;

function find(list: typeof known, userAgent: string): string | null {
  return list.find(([, sign]) => sign.test(userAgent))?.[0] ?? null;
}

function productsOf(userAgent: string): string[] {
  const plain = userAgent.replaceAll(/\([^)]*\)/g, ' ');
  return [...plain.matchAll(/([^\s/]+)\/\S+/g)].map(([, product]) => product as string);
}

/**
 * The program's name from its user agent; an unknown one is called what it calls itself first. Empty where it says nothing.
 * Its version is left out: the same program stays the same through its updates.
 */
export function programName(userAgent: string): string {
  const program = find(known, userAgent);
  if (program !== null) return program;
  const products = productsOf(userAgent);
  const own = products.find((product) => !engines.test(product));
  const isDesktop = products.some((product) => /^electron$/i.test(product));
  if (own !== undefined && (isDesktop || !/^mozilla\//i.test(userAgent))) return own;
  return find(browsers, userAgent) ?? own ?? userAgent.trim().split(/\s/, 1)[0] ?? '';
}
