import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { accountName, maskEmail } from '../../../renderer/components/accountName.ts';
import {
  accountsOf,
  credentialsOf,
  halfLogins,
  noCredentials,
} from '../../../renderer/pages/endpoints/credentials.ts';
import {
  parseKeyLines,
  parseLogin,
  parseLoginLines,
} from '../../../renderer/pages/endpoints/parseKeyLines.ts';

describe('pasted logins', () => {
  test.each([
    ['me@example.com secret', 'secret'],
    ['me@example.com\tsecret', 'secret'],
    ['me@example.com:pass:word', 'pass:word'],
    ['me@example.com：密码', '密码'],
    ['me@example.com----secret', 'secret'],
    ['me@example.com ---- secret----backup@example.org----1990', 'secret'],
    ['  me@example.com | two words ', 'two words'],
    ['me@example.com,-dash', '-dash'],
    ['me@example.com;x----y', 'x----y'],
  ])('%j', (line, secret) => {
    expect(parseLogin(line)).toEqual({ email: 'me@example.com', secret });
  });

  test.each([
    ['a.b+c@mail-1.example.co.uk----x.y.zz', 'a.b+c@mail-1.example.co.uk', 'x.y.zz'],
    ['用户@例子.公司:密码', '用户@例子.公司', '密码'],
  ])('%j ends its address where the domain ends', (line, email, secret) => {
    expect(parseLogin(line)).toEqual({ email, secret });
  });

  test.each(['sk-abc', 'me@example.com', 'me@example.com:', 'me@example.com----', 'me@localhost:x', ''])(
    '%j is none',
    (line) => expect(parseLogin(line)).toBeNull(),
  );

  test('of a text are those of its lines; a text without any is left to the field', () => {
    expect(parseLoginLines('a@x.io 1\r\n\nno login\nb@x.io:2')).toEqual([
      { email: 'a@x.io', secret: '1' },
      { email: 'b@x.io', secret: '2' },
    ]);
    expect(parseLoginLines('a@x.io')).toBeNull();
  });

  test('are keys where the kind has no logins', () => {
    expect(parseKeyLines('me@example.com:x')).toEqual([{ secret: 'me@example.com:x' }]);
  });

  const word = fc.stringMatching(/^[a-zA-Z0-9!#$%^*_+=.]{1,20}$/);
  test('survive every separator whatever the password', () => {
    fc.assert(
      fc.property(
        word,
        fc.constantFrom(' ', ':', '----', ' : ', ' ---- ', '|', '\t'),
        (secret, separator) => {
          expect(parseLogin(`me@example.com${separator}${secret}`)).toEqual({
            email: 'me@example.com',
            secret,
          });
        },
      ),
    );
  });
});

describe('accounts of a form', () => {
  const filled = {
    keys: 'key-one\nwork = key-two\nAda@example.com----pw\nhalf@example.com',
    logins: [
      { email: ' bob@example.com ', password: ' p w ' },
      { email: 'ada@example.com', password: 'other' },
      { email: 'no@example.com', password: '' },
      { email: '', password: '' },
    ],
  };

  test('are keys and logins together, each once, a password as it was typed', () => {
    expect(accountsOf('ondemand', filled)).toEqual([
      { secret: 'key-one' },
      { name: 'work', secret: 'key-two' },
      { email: 'Ada@example.com', secret: 'pw' },
      { email: 'bob@example.com', secret: ' p w ' },
    ]);
    expect(halfLogins('ondemand', filled)).toBe(2);
  });

  test('of a kind without logins are keys alone', () => {
    expect(accountsOf('openai', filled).every(({ email }) => email === undefined)).toBe(true);
    expect(halfLogins('openai', filled)).toBe(0);
    expect(accountsOf('openai', noCredentials)).toEqual([]);
  });

  test('that were not saved go back into the form as they were', () => {
    const accounts = accountsOf('ondemand', filled);
    expect(accountsOf('ondemand', credentialsOf(accounts))).toEqual(accounts);
  });
});

describe('what an account is called', () => {
  test.each([
    ['jonathan@example.com', 'jo•••@example.com'],
    ['joe@example.com', 'j•••@example.com'],
    ['张三丰真人@例子.公司', '张三•••@例子.公司'],
    ['not an address', 'not an address'],
  ])('%s', (email, shown) => expect(maskEmail(email)).toBe(shown));

  test('is its name first, and never its whole address', () => {
    const secret = { source: 'vault', mask: '••', state: 'ready', reason: null } as const;
    const account = { id: 'a1', name: '', email: 'jonathan@example.com', secret };
    expect(accountName(account)).toBe('jo•••@example.com');
    expect(accountName({ ...account, name: 'home' })).toBe('home');
    expect(accountName({ ...account, email: undefined, secret: { ...secret, mask: '••4f2a' } })).toBe(
      '••4f2a',
    );
    expect(accountName({ id: 'a1', name: '', secret: { ...secret, mask: null } })).toBe('a1');
  });
});
