// Follows the JSON text of one object as it comes, character by character, and tells where it ends or breaks.

export interface ObjectScanner {
  /**
   * The character as it belongs into the JSON text: control characters within strings, which models forget to escape, are
   * escaped. Null where it can't stand here: the text is no JSON.
   */
  take(character: string): string | null;
  /** A member has been named, or the object is whole: this is no prose that happens to begin with a brace. */
  readonly begun: boolean;
  readonly whole: boolean;
}

type Expected = 'start' | 'key' | 'keyOrEnd' | 'colon' | 'value' | 'valueOrEnd' | 'commaOrEnd';

const scalar = /^(?:true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?)$/;
const closes: Readonly<Record<string, string>> = { '}': '{', ']': '[' };

function escaped(character: string): string {
  return character >= ' ' ? character : JSON.stringify(character).slice(1, -1);
}

export function createObjectScanner(): ObjectScanner {
  const open: string[] = [];
  let expected: Expected = 'start';
  /** Inside a string: 0 = plain, -1 = behind a backslash, else the hex digits that are still to come; null = outside. */
  let string: number | null = null;
  /** A number or a word that is not over. */
  let word = '';
  let begun = false;
  let whole = false;

  const takesValue = (): boolean => expected === 'value' || expected === 'valueOrEnd';

  function takeInString(character: string): string | null {
    if (string === -1) {
      if (!/["\\/bfnrtu]/.test(character)) return null;
      string = character === 'u' ? 4 : 0;
    } else if (string !== null && string > 0) {
      if (!/[\da-f]/i.test(character)) return null;
      string -= 1;
    } else if (character === '\\') string = -1;
    else if (character === '"') {
      string = null;
      expected = takesValue() ? 'commaOrEnd' : 'colon';
    }
    return escaped(character);
  }

  function begin(bracket: string): boolean {
    if (expected === 'start' ? bracket !== '{' : !takesValue()) return false;
    open.push(bracket);
    expected = bracket === '{' ? 'keyOrEnd' : 'valueOrEnd';
    return true;
  }

  function close(bracket: string): boolean {
    const empty = bracket === '}' ? 'keyOrEnd' : 'valueOrEnd';
    if ((expected !== 'commaOrEnd' && expected !== empty) || open.pop() !== closes[bracket]) return false;
    expected = 'commaOrEnd';
    whole = open.length === 0;
    begun ||= whole;
    return true;
  }

  function takeMark(character: string): boolean {
    switch (character) {
      case '{':
      case '[':
        return begin(character);
      case '}':
      case ']':
        return close(character);
      case '"':
        string = 0;
        return takesValue() || expected === 'key' || expected === 'keyOrEnd';
      case ':':
        begun = true;
        if (expected !== 'colon') return false;
        expected = 'value';
        return true;
      case ',':
        if (expected !== 'commaOrEnd') return false;
        expected = open.at(-1) === '{' ? 'key' : 'value';
        return true;
      default:
        return /[ \t\r\n]/.test(character);
    }
  }

  return {
    take(character) {
      if (whole) return null;
      if (string !== null) return takeInString(character);
      if (/[\w+.-]/.test(character)) {
        if (word === '' && !takesValue()) return null;
        word += character;
        return character;
      }
      if (word !== '') {
        if (!scalar.test(word)) return null;
        word = '';
        expected = 'commaOrEnd';
      }
      return takeMark(character) ? character : null;
    },
    get begun() {
      return begun;
    },
    get whole() {
      return whole;
    },
  };
}
