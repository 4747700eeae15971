import type { Page } from 'playwright-core';
import { post } from './clients.js';
import { startGateway, type RunningGateway } from './start-gateway.js';
import { startSimulator, type Simulator } from './start-simulator.js';

/** A gateway with priced and unpriced models behind one simulator, for the pages that show numbers. */
export interface NumbersInstallation {
  readonly gateway: RunningGateway;
  readonly simulator: Simulator;
  close(): Promise<void>;
}

export const PRICES = {
  'gpt-4o': { input: 2.5, cachedInput: 1.25, output: 10 },
  'gpt-4o-mini': { input: 0.15, output: 0.6 },
};

export async function startNumbers(env: Readonly<Record<string, string>> = {}): Promise<NumbersInstallation> {
  const simulator = await startSimulator();
  const gateway = await startGateway({
    AI_GATEWAY_UPSTREAM: simulator.url,
    AI_GATEWAY_API_KEY: 'sk-upstream',
    AI_GATEWAY_UPSTREAMS: `openai=${simulator.url}`,
    AI_GATEWAY_MODEL_ROUTES: 'gpt-4o:openai,gpt-4o-mini:openai,fast=gpt-4o:openai,llama3:8b:openai',
    AI_GATEWAY_PRICES: JSON.stringify(PRICES),
    ...env,
  });
  return {
    gateway,
    simulator,
    close: async () => {
      await gateway.close();
      await simulator.close();
    },
  };
}

export interface CallOptions {
  readonly model?: string;
  readonly key?: string;
  readonly requestId?: string;
  readonly stream?: boolean;
  readonly text?: string;
}

/** One chat call, read to its end. @returns its status */
export async function call({ gateway }: NumbersInstallation, options: CallOptions = {}): Promise<number> {
  const { model = 'gpt-4o', key, requestId, stream = false, text = 'Tell me something about the sea.' } = options;
  const { status } = await post(
    `${gateway.url}/chat/completions`,
    { model, stream, messages: [{ role: 'user', content: text }] },
    {
      headers: {
        ...(key === undefined ? {} : { authorization: `Bearer ${key}` }),
        ...(requestId === undefined ? {} : { 'x-request-id': requestId }),
      },
    },
  );
  return status;
}

export interface MadeKey {
  readonly id: string;
  readonly key: string;
}

export async function makeKey(
  { gateway }: NumbersInstallation,
  settings: Readonly<Record<string, unknown>>,
): Promise<MadeKey> {
  const answer = await post(`${gateway.origin}/api/keys`, settings);
  if (answer.status !== 201) throw new Error(`no key: ${answer.status} ${answer.text}`);
  return answer.json<MadeKey>();
}

/** Whether anything makes the page wider than its window. */
export function scrollsSideways(page: Page): Promise<boolean> {
  return page.evaluate(() => {
    const main = document.querySelector('main');
    return document.documentElement.scrollWidth > innerWidth || (main !== null && main.scrollWidth > main.clientWidth);
  });
}
