// What is known of Claude models by their names, for a request that was not written for them. Facts: Anthropic's model and
// thinking pages, and the deprecations in its SDK (sampling parameters end with Opus 4.6, prefilled answers with 4.5).

export interface ModelTraits {
  /** Tokens an answer may have at most; null where the model is not known. */
  readonly maxOutput: number | null;
  /** `max_tokens` where the client names none: the field is required. */
  readonly defaultOutput: number;
  /** How it is told to think: with a budget, as much as it likes (and an effort), or not at all. */
  readonly thinking: 'none' | 'budget' | 'adaptive';
  /** How it is told not to. `never`: it always thinks. */
  readonly off: 'omission' | 'disabled' | 'betweenTools' | 'never';
  readonly xhighEffort: boolean;
  /** temperature, top_p and top_k: all of them, one of temperature and top_p, or none. */
  readonly sampling: 'all' | 'one' | 'none';
  /** Holds its answers and strict tools to a JSON Schema. */
  readonly schemas: boolean;
  /** Takes `tool_choice` any and tool. */
  readonly forcedTools: boolean;
  /** The conversation may end with the beginning of its answer. */
  readonly prefill: boolean;
}

const claude3: ModelTraits = {
  maxOutput: 4_096,
  defaultOutput: 4_096,
  thinking: 'none',
  off: 'omission',
  xhighEffort: false,
  sampling: 'all',
  schemas: false,
  forcedTools: true,
  prefill: true,
};

const claude4: ModelTraits = {
  ...claude3,
  maxOutput: 64_000,
  defaultOutput: 64_000,
  thinking: 'budget',
  off: 'disabled',
};

const claude46: ModelTraits = {
  ...claude4,
  maxOutput: 128_000,
  defaultOutput: 64_000,
  thinking: 'adaptive',
  sampling: 'one',
  schemas: true,
  prefill: false,
};

/** 4.7 and 4.8: silence means off, and the word `disabled` is refused by some of their hosts. */
const claude47: ModelTraits = { ...claude46, off: 'omission', xhighEffort: true, sampling: 'none' };

/** Another maker's model behind Anthropic's protocol. */
const stranger: ModelTraits = { ...claude4, maxOutput: null, defaultOutput: 8_192, prefill: true };

const named =
  /claude-(?:(opus|sonnet|haiku|fable|mythos)-(\d)(?:[-.](\d{1,2}))?(?!\d)|(\d)(?:[-.](\d))?(?!\d)(?:-(opus|sonnet|haiku))?)/;

function olderTraits(family: string, version: number): ModelTraits {
  if (version < 3.5) return claude3;
  if (version < 3.7) return { ...claude3, maxOutput: 8_192, defaultOutput: 8_192 };
  if (version < 4.1) {
    const small = family === 'opus' ? { maxOutput: 32_000, defaultOutput: 32_000 } : {};
    return { ...claude4, ...small };
  }
  const later: ModelTraits = { ...claude4, sampling: 'one', schemas: true };
  return version < 4.5 ? { ...later, maxOutput: 32_000, defaultOutput: 32_000 } : later;
}

function fifthTraits(family: string, version: number): ModelTraits {
  const half = version >= 5.5;
  switch (family) {
    case 'sonnet':
      return half
        ? { ...claude47, off: 'betweenTools', forcedTools: false }
        : { ...claude47, off: 'disabled' };
    case 'opus':
      return half ? { ...claude47, off: 'never', forcedTools: false } : { ...claude47, off: 'disabled' };
    case 'haiku':
      return { ...claude47, off: 'disabled' };
    default:
      return { ...claude47, off: 'never', forcedTools: version < 5.1 };
  }
}

/** By the upstream's name for the model, with whatever a cloud puts before or behind it. */
export function modelTraits(model: string): ModelTraits {
  const name = model.toLowerCase();
  if (!name.includes('claude')) return stranger;
  const match = named.exec(name);
  if (!match) return /claude-(?:v?[12]|instant)/.test(name) ? claude3 : { ...claude47, off: 'never' };
  const [, family, major, minor, oldMajor, oldMinor, oldFamily] = match;
  const version = Number(`${major ?? oldMajor}.${minor ?? oldMinor ?? 0}`);
  const kind = family ?? oldFamily ?? '';
  if (version < 4.6) return olderTraits(kind, version);
  if (version < 4.7) return claude46;
  if (version < 5) return claude47;
  if (version < 6) return fifthTraits(kind, version);
  return { ...claude47, off: 'never' };
}
