import { chatClient } from './chatClient.ts';
import type { Client } from './client.ts';
import { geminiClient } from './geminiClient.ts';
import { messagesClient } from './messagesClient.ts';
import { responsesClient } from './responsesClient.ts';

/** The official SDK of each dialect, as its user drives it. */
export const clients: readonly Client[] = [chatClient, responsesClient, messagesClient, geminiClient];
