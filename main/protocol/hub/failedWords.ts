/** What a tool that failed said, for protocols without a sign for it: the words must say so. */
export function failedWords(text: string): string {
  return /error|fail/i.test(text) ? text : `Error: ${text}`;
}
