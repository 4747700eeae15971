import { moveTo } from './shifted-clock.mjs';
import { wordsOf } from './sample-traffic.mjs';

const SECOND_MS = 1_000;

/** The last ten minutes, one call of every kind that a list can show; then the limits that keys have. */
export async function runLastMinutes({ origin, simulator, keys }, { now, ids, administer }) {
  // Behaviours that were left over must not answer what is staged here.
  simulator.reset();
  listNoModels(simulator);
  const ask = (secondsAgo, requestId, more) => {
    moveTo(now - secondsAgo * SECOND_MS);
    return chat(origin, requestId, more);
  };
  const gpt = { model: 'gpt-4o', key: keys.search, stream: true };
  await ask(540, 'req_0a51c2ok', { ...gpt, words: 300 });
  await ask(480, 'req_1b7e30tiny', { model: 'tiny-classifier', key: keys.lab, words: 8 });
  await ask(420, 'req_29d4f8free', { model: 'demo', words: 6, stream: true });
  simulator.script('llama3:8b', { reset: 'before-headers', times: 4 });
  await ask(360, 'req_3cc918down', { model: 'llama3:8b', key: keys.lab, words: 40 });
  await ask(300, 'req_4e02b6unpriced', { model: 'mistral-large-3', key: keys.search, words: 120, stream: true });
  simulator.script('claude-sonnet-4-5', { resetAfterEvents: 12, eventEveryMs: 4 });
  await ask(240, 'req_5f1aa7cut', { model: 'claude-sonnet-4-5', key: keys.invoices, words: 200, stream: true });
  simulator.script('gpt-4o', { eventEveryMs: 30 });
  await ask(180, 'req_60b3d9left', { ...gpt, words: 600, leaveAfterMs: 400 });
  await ask(120, 'req_7a44e1model', { model: 'gpt-4o', key: keys.off, words: 5 });
  await ask(100, 'req_8d90c4refused', { model: 'llama3:8b', key: keys.invoices, words: 5 });
  await administer(origin, 'PATCH', `/api/keys/${ids.invoices.id}`, { rpm: 60, tpm: 200_000, maxParallel: 8 });
  await setBudgets(origin, ids, administer);
  simulator.script(
    'gpt-4o',
    { status: 429, retryAfter: { ms: 300 }, headersAfterMs: 120 },
    {
      firstEventAfterMs: 420,
      tokensPerSecond: 160,
      answer: ANSWER,
      usage: {
        values: {
          prompt_tokens: 812,
          completion_tokens: 214,
          total_tokens: 1_026,
          prompt_tokens_details: { cached_tokens: 512 },
        },
      },
    },
  );
  await ask(32, 'req_9e5b71retried', { model: 'fast', key: keys.invoices, words: 800, stream: true, text: QUESTION });
  await ask(20, 'req_a3d86bspent', gpt);
  simulator.script('claude-sonnet-4-5', { firstEventAfterMs: 310, tokensPerSecond: 200 });
  await ask(10, 'req_ac27f0last', { model: 'claude-sonnet-4-5', key: keys.ann, words: 420, stream: true });
}

/** Routes name the models of the sample; the simulated upstream's own list would only repeat itself for each upstream. */
export function listNoModels(simulator) {
  simulator.script('/v1/models', { json: { object: 'list', data: [] }, times: 'forever' });
}

const QUESTION =
  'Turn this invoice into JSON with the fields total, currency and due date. Invoice 2026-114, due 30 November, total EUR 12.50.';
const ANSWER =
  'Here is the invoice as JSON:\n\n```json\n{ "total": 12.5, "currency": "EUR", "dueDate": "2026-11-30" }\n```\n\nThe due date was given without a year; I took the year of the invoice number.';

/** Budgets come last, or calls of the history would be refused; `spent` is one that is used up to the cent. */
async function setBudgets(origin, ids, administer) {
  for (const { id, budgetUsd } of Object.values(ids)) {
    if (budgetUsd === undefined) continue;
    const amount = budgetUsd === 'spent' ? (await administer(origin, 'GET', `/api/keys/${id}`)).spentUsd : budgetUsd;
    await administer(origin, 'PATCH', `/api/keys/${id}`, { budgetUsd: amount });
  }
}

async function chat(
  origin,
  requestId,
  { model, key, words = 60, stream = false, leaveAfterMs, text = wordsOf(words) },
) {
  const leaving = new AbortController();
  if (leaveAfterMs !== undefined) setTimeout(() => leaving.abort(), leaveAfterMs);
  try {
    const answer = await fetch(`${origin}/v1/chat/completions`, {
      method: 'POST',
      signal: leaving.signal,
      headers: {
        'content-type': 'application/json',
        'x-request-id': requestId,
        ...(key ? { authorization: `Bearer ${key}` } : {}),
      },
      body: JSON.stringify({ model, stream, messages: [{ role: 'user', content: text }] }),
    });
    await answer.arrayBuffer();
  } catch (error) {
    if (leaveAfterMs !== undefined) return;
    // A stream that is cut on purpose ends here as well.
    if (!(error instanceof TypeError)) throw error;
  }
}
