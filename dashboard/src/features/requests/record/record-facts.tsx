import type { ReactNode } from 'react';
import type { LimitReading, RequestRecord } from '../../../../../libs/contracts/requests.js';
import { UnpricedChip } from '../../../components/unpriced-chip/unpriced-chip.js';
import { estimated, formatCount } from '../../../lib/figures.js';
import { formatBudget, formatRate, formatUsd, formatUsdColumn, plainUsd } from '../../../lib/money.js';
import { sourceWords } from '../../../lib/price-source.js';
import { priceFormula } from './price-formula.js';

/** A name and what is known under it. */
export function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <div className="grid grid-cols-[72px_minmax(0,1fr)] gap-x-3 text-control">
      <dt className="text-ink-2">{name}</dt>
      <dd className="min-w-0 break-words">{children}</dd>
    </div>
  );
}

export function TokensFact({ record }: { readonly record: RequestRecord }) {
  const { inputTokens, cachedInputTokens, outputTokens, reasoningTokens, usageSource } = record;
  if (usageSource === 'none') return <Fact name="Tokens">None were counted.</Fact>;
  const isEstimate = usageSource === 'estimated';
  const cached = cachedInputTokens > 0 ? ` (${formatCount(cachedInputTokens)} cached)` : '';
  const reasoning = reasoningTokens > 0 ? ` (${formatCount(reasoningTokens)} reasoning)` : '';
  return (
    <Fact name="Tokens">
      <span className="figures">
        {estimated(formatCount(inputTokens), isEstimate)} in{cached}, {estimated(formatCount(outputTokens), isEstimate)}{' '}
        out
        {reasoning}
      </span>
      {isEstimate && (
        <span className="block text-meta text-ink-3">Counted by the gateway: the provider told none.</span>
      )}
    </Fact>
  );
}

export function PriceFact({ record }: { readonly record: RequestRecord }) {
  const formula = priceFormula(record);
  if (record.costUsd === null) {
    return (
      <Fact name="Price">
        <UnpricedChip model={record.servedModel ?? record.model} />
      </Fact>
    );
  }
  return (
    <Fact name="Price">
      {formula && formula.terms.length > 0 ? (
        <>
          <span className="figures">
            {formula.terms.map(({ tokens, what, rate }, index) => (
              <span key={what} className="block">
                {index > 0 && '+ '}
                {formatCount(tokens)} × {formatRate(rate)} <span className="text-ink-2">{what} per 1M</span>
              </span>
            ))}
            {formula.restUsd !== 0 && (
              <span className="block">
                + {formatUsd(formula.restUsd)} <span className="text-ink-2">audio, pictures, fee of the call</span>
              </span>
            )}
            <span className="block font-semibold" title={`USD ${plainUsd(record.costUsd)}`}>
              = {exact(record.costUsd)}
            </span>
          </span>
          {record.price && (
            <span className="block text-meta text-ink-3">Price from {sourceWords(record.price.source)}</span>
          )}
        </>
      ) : (
        <span title={`USD ${plainUsd(record.costUsd)}`}>{exact(record.costUsd)}</span>
      )}
    </Fact>
  );
}

/** The result of a formula that can be checked: all six places, finer where it is smaller. */
function exact(usd: number): string {
  if (usd === 0) return '$0';
  return usd < 0.000001 ? formatUsd(usd) : `$${formatUsdColumn(usd)}`;
}

export function RouteFact({ record }: { readonly record: RequestRecord }) {
  const { route, reportedModel } = record;
  if (!route) return null;
  const { requestedModel, servedModel, upstream, rule } = route;
  return (
    <Fact name="Route">
      {requestedModel === servedModel ? requestedModel : `${requestedModel} = ${servedModel}`} at {upstream}
      <span className="text-ink-2"> ({ruleWords(rule)})</span>
      {reportedModel && reportedModel !== servedModel && (
        <span className="block text-meta text-ink-3">The upstream says it served {reportedModel}.</span>
      )}
    </Fact>
  );
}

/** `exact:fast` → "exact route fast". */
export function ruleWords(rule: string): string {
  const at = rule.indexOf(':');
  const [kind, pattern] = at === -1 ? [rule, ''] : [rule.slice(0, at), rule.slice(at + 1)];
  return `${kind} route${pattern ? ` ${pattern}` : ''}`;
}

export function LimitsFact({ record }: { readonly record: RequestRecord }) {
  const { requests, tokens, parallel, budget } = record.limits;
  const words = [
    requests && readingWords(requests, 'requests'),
    tokens && readingWords(tokens, 'tokens'),
    parallel && readingWords(parallel, 'parallel calls'),
    budget && budgetWords(budget.spentUsd, budget.limitUsd),
  ].filter(Boolean);
  return (
    <Fact name="Limits">{words.length > 0 ? <span className="figures">{words.join(' · ')}</span> : 'None held.'}</Fact>
  );
}

function readingWords({ limit, remaining }: LimitReading, what: string): string {
  return `${formatCount(remaining)} of ${formatCount(limit)} ${what} left`;
}

function budgetWords(spentUsd: number, limitUsd: number): string {
  const { spent, limit } = formatBudget(spentUsd, limitUsd);
  return `${spent} of ${limit}`;
}
