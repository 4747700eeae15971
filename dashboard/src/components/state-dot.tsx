import type { RequestStatus } from '../../../libs/contracts/prompt-log.js';

const shapes: Readonly<Record<RequestStatus, { readonly shape: string; readonly colour: string }>> = {
  ok: { shape: '●', colour: 'text-ok' },
  partial: { shape: '◐', colour: 'text-warn' },
  aborted: { shape: '⊘', colour: 'text-ink-2' },
  failed: { shape: '▲', colour: 'text-danger' },
  rejected: { shape: '■', colour: 'text-warn' },
  unknown: { shape: '?', colour: 'text-ink-2' },
};

interface StateDotProps {
  readonly status: RequestStatus;
  /** Shows the word beside the shape. */
  readonly withWord?: boolean;
}

/** How a call ended: a shape besides the colour, and its name. */
export function StateDot({ status, withWord = false }: StateDotProps) {
  const { shape, colour } = shapes[status];
  return (
    <span className="inline-flex items-center gap-1.5" title={withWord ? undefined : status}>
      <span aria-hidden className={`inline-block w-4 text-center text-table ${colour}`}>
        {shape}
      </span>
      <span className={withWord ? '' : 'sr-only'}>{status}</span>
    </span>
  );
}
