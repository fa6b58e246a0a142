import { describe, expect, it } from 'vitest';
import {
  type OndemandRequest,
  type OndemandTurn,
  wireBody,
} from '../../../../main/protocol/ondemand/ondemandRequest.ts';

const user = (text: string): OndemandTurn => ({ role: 'user', text });
const assistant = (text: string): OndemandTurn => ({ role: 'assistant', text });

const request = (given: Partial<OndemandRequest> = {}): OndemandRequest => ({
  endpointId: 'predefined-kimi-k3',
  system: '',
  turns: [user('Hi')],
  options: {},
  ...given,
});

const fresh = (asked: OndemandRequest) => ({ fresh: true, turns: asked.turns });
const talk = [user('My name is Ada.'), assistant('Hello, Ada.'), user('What is my name?')];

describe('the query', () => {
  it('is the words alone where there is nothing else', () => {
    const asked = request();
    expect(wireBody(asked, fresh(asked), 'query')).toEqual({
      query: 'Hi',
      endpointId: 'predefined-kimi-k3',
      pluginIds: [],
      responseMode: 'stream',
    });
  });

  it('tells a new session everything, each with its speaker', () => {
    const asked = request({ system: 'Be brief.', turns: talk });
    expect(wireBody(asked, fresh(asked), 'query').query).toBe(
      'System: Be brief.\n\nUser: My name is Ada.\n\nAssistant: Hello, Ada.\n\nUser: What is my name?',
    );
    const single = request({ system: 'Be brief.' });
    expect(wireBody(single, fresh(single), 'query').query).toBe('System: Be brief.\n\nUser: Hi');
  });

  it('tells a session that knows the conversation only what is new', () => {
    const asked = request({ system: 'Be brief.', turns: talk });
    const body = wireBody(asked, { fresh: false, turns: talk.slice(2) }, 'query');
    expect(body).toMatchObject({ query: 'What is my name?' });
    expect(JSON.stringify(body)).not.toMatch(/brief|Ada/);
  });

  it('carries the options', () => {
    const asked = request({ options: { modelConfigs: { temperature: 0.5 }, reasoningEffort: 'max' } });
    expect(wireBody(asked, fresh(asked), 'query')).toMatchObject({
      modelConfigs: { temperature: 0.5 },
      reasoningEffort: 'max',
    });
  });
});

describe('the system text as fulfillment prompt', () => {
  it('goes with every query, beside the other options', () => {
    const asked = request({ system: 'Be brief.', turns: talk, options: { modelConfigs: { topP: 0.5 } } });
    const modelConfigs = { topP: 0.5, fulfillmentPrompt: 'Be brief.' };
    const first = wireBody(asked, fresh(asked), 'fulfillment');
    expect(first).toMatchObject({ modelConfigs });
    expect(first.query).not.toMatch(/brief/);
    const later = wireBody(asked, { fresh: false, turns: talk.slice(2) }, 'fulfillment');
    expect(later).toMatchObject({ query: 'What is my name?', modelConfigs });
  });

  it('leaves the model its own where there is no system text', () => {
    const asked = request();
    expect(wireBody(asked, fresh(asked), 'fulfillment')).not.toHaveProperty('modelConfigs');
  });

  it.each(['Fill in {context}.', 'Answer {question} only.'])(
    'is none where the service would replace a part: %s',
    (system) => {
      const asked = request({ system });
      const body = wireBody(asked, fresh(asked), 'fulfillment');
      expect(body).not.toHaveProperty('modelConfigs');
      expect(body.query).toBe(`System: ${system}\n\nUser: Hi`);
    },
  );

  it('changes nothing of what the user says of {context} and {question}', () => {
    const turns = [user('What do {context} and {question} mean?')];
    const asked = request({ system: 'Be brief.', turns });
    expect(wireBody(asked, fresh(asked), 'fulfillment')).toMatchObject({
      query: 'What do {context} and {question} mean?',
      modelConfigs: { fulfillmentPrompt: 'Be brief.' },
    });
  });
});
