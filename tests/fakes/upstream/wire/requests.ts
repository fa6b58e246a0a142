// The bodies that the services take, as their own SDKs publish them; what the wire adds to those types is written here, with its reason.
import type {
  MessageCountTokensParams as BetaCountTokensParams,
  MessageCreateParamsBase as BetaMessageParams,
} from '@anthropic-ai/sdk/resources/beta/messages/messages';
import type {
  MessageCountTokensParams,
  MessageCreateParamsBase,
} from '@anthropic-ai/sdk/resources/messages/messages';
import type {
  FileData,
  FunctionCall,
  FunctionCallingConfig,
  FunctionDeclaration,
  FunctionResponse,
  GenerationConfig,
  Blob as InlineData,
  Part,
  SafetySetting,
  Schema,
  ThinkingConfig,
  Tool,
  ToolConfig,
} from '@google/genai';
import type {
  ChatCompletionAssistantMessageParam,
  ChatCompletionCreateParamsBase,
  ChatCompletionMessageParam,
} from 'openai/resources/chat/completions/completions';
import type { EmbeddingCreateParams } from 'openai/resources/embeddings';
import type { ResponseCreateParamsBase } from 'openai/resources/responses/responses';

export type ChatRequest = ChatCompletionCreateParamsBase;
/** Other servers of OpenAI's protocol show their models' thoughts and take them back. */
export type CompatibleChatRequest = Omit<ChatRequest, 'messages'> & {
  messages: (
    | Exclude<ChatCompletionMessageParam, ChatCompletionAssistantMessageParam>
    | (ChatCompletionAssistantMessageParam & { reasoning_content?: string | null })
  )[];
};
export type ResponsesRequest = ResponseCreateParamsBase;
export type EmbeddingsRequest = EmbeddingCreateParams;

export type MessagesRequest = MessageCreateParamsBase;
export type CountTokensRequest = MessageCountTokensParams;
/** The SDK sends `betas` as a header. */
export type BetaMessagesRequest = Omit<BetaMessageParams, 'betas'>;
export type BetaCountTokensRequest = Omit<BetaCountTokensParams, 'betas'>;

/** Version 2023-06-01 of the service still takes what the types of its newest version have dropped. */
interface Sampling2023 {
  temperature?: number;
  top_p?: number;
  top_k?: number;
}
export type MessagesRequest2023 = MessagesRequest & Sampling2023;
export type BetaMessagesRequest2023 = BetaMessagesRequest & Sampling2023;

/** 64-bit integers are strings in Google's types; JSON may have them as numbers. */
type Int64 = string | number;
type SizeName = 'maxItems' | 'minItems' | 'maxLength' | 'minLength' | 'maxProperties' | 'minProperties';
type TypeName = 'STRING' | 'NUMBER' | 'INTEGER' | 'BOOLEAN' | 'ARRAY' | 'OBJECT' | 'NULL';

/** Type names are taken in small letters too, as Google's own examples have them. */
interface WireSchema extends Omit<Schema, 'type' | 'anyOf' | 'items' | 'properties' | SizeName> {
  type?: TypeName | Lowercase<TypeName>;
  anyOf?: WireSchema[];
  items?: WireSchema;
  properties?: { [name: string]: WireSchema };
  maxItems?: Int64;
  minItems?: Int64;
  maxLength?: Int64;
  minLength?: Int64;
  maxProperties?: Int64;
  minProperties?: Int64;
}

interface WireFunction extends Omit<FunctionDeclaration, 'parameters' | 'response'> {
  name: string;
  parameters?: WireSchema;
  response?: WireSchema;
}

/** Left out: what the SDK says only Google's other platform takes. */
interface WireTool
  extends Omit<
    Tool,
    'functionDeclarations' | 'retrieval' | 'enterpriseWebSearch' | 'parallelAiSearch' | 'exaAiSearch'
  > {
  functionDeclarations?: WireFunction[];
}

interface WirePart extends Omit<Part, 'inlineData' | 'fileData' | 'functionCall' | 'functionResponse'> {
  inlineData?: Omit<InlineData, 'displayName'>;
  fileData?: Omit<FileData, 'displayName'>;
  functionCall?: Omit<FunctionCall, 'partialArgs' | 'willContinue'>;
  functionResponse?: FunctionResponse;
}

interface WireContent {
  role?: 'user' | 'model';
  parts: WirePart[];
}

interface WireGenerationConfig
  extends Omit<
    GenerationConfig,
    'responseSchema' | 'thinkingConfig' | 'audioTimestamp' | 'modelSelectionConfig' | 'routingConfig'
  > {
  responseSchema?: WireSchema;
  thinkingConfig?: Omit<ThinkingConfig, 'thinkingLevel'> & {
    thinkingLevel?: 'MINIMAL' | 'LOW' | 'MEDIUM' | 'HIGH' | 'minimal' | 'low' | 'medium' | 'high';
  };
}

export interface GeminiRequest {
  contents: WireContent[];
  systemInstruction?: Omit<WireContent, 'role'> & { role?: 'user' | 'system' | 'model' };
  tools?: WireTool[];
  toolConfig?: Omit<ToolConfig, 'functionCallingConfig'> & {
    functionCallingConfig?: Omit<FunctionCallingConfig, 'streamFunctionCallArguments'>;
  };
  generationConfig?: WireGenerationConfig;
  safetySettings?: Omit<SafetySetting, 'method'>[];
  cachedContent?: string;
  serviceTier?: string;
  model?: string;
}

export interface GeminiCountRequest {
  contents?: WireContent[];
  generateContentRequest?: GeminiRequest & { model: string };
}

export interface GeminiEmbedding {
  /** `models/…`; needed within a batch. */
  model?: string;
  content: WireContent;
  taskType?: string;
  title?: string;
  outputDimensionality?: number;
}

export interface GeminiEmbeddings {
  requests: (GeminiEmbedding & { model: string })[];
}
