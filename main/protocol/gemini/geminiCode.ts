import type { Fields } from '../hub/reader.ts';
import { membersOf, textOf } from './geminiFields.ts';

/** What Gemini ran by itself and what came of it, as text: the hub has no other place for it. Null where the part holds neither. */
export function readCode(part: Fields): string | null {
  if (part.executableCode) {
    const { language, code } = membersOf(part.executableCode);
    return `\n\`\`\`${textOf(language).toLowerCase().replace('language_unspecified', '')}\n${textOf(code).trim()}\n\`\`\`\n`;
  }
  if (part.codeExecutionResult) {
    const { output } = membersOf(part.codeExecutionResult);
    return `\n\`\`\`\n${textOf(output).trim()}\n\`\`\`\n`;
  }
  return null;
}
