import { useEffect, useState } from 'react';
import type { AnswerContent, ToolCall } from '../../lib/completion/answer-content.js';
import { isWriting } from '../../lib/completion/answer-content.js';
import { formatDuration } from '../../lib/duration.js';
import { Folded } from './folded.js';

/** What the model thought before it answered: one folded line with a running clock. */
export function Thinking({ content }: { readonly content: AnswerContent }) {
  const { reasoning, firstTokenAtMs, firstTextAtMs, endedAtMs } = content;
  const isRunning = isWriting(content.state) && content.text === '' && content.toolCalls.length === 0;
  const now = useNow(isRunning);
  if (!reasoning) return null;
  const endMs = firstTextAtMs ?? endedAtMs ?? now;
  const lasted = formatDuration(Math.max(0, endMs - (firstTokenAtMs ?? endMs)));
  return (
    <Folded summary={<span className="figures">{isRunning ? `Thinking, ${lasted}` : `Thought for ${lasted}`}</span>}>
      {reasoning}
    </Folded>
  );
}

/** A call that the model would make; the dashboard shows it and runs nothing. */
export function ToolCallLine({ call }: { readonly call: ToolCall }) {
  return (
    <Folded
      summary={
        <>
          Calls <code className="font-mono text-table">{call.name || 'a tool'}</code>
        </>
      }
    >
      <code className="font-mono text-table">{pretty(call.arguments)}</code>
    </Folded>
  );
}

function pretty(json: string): string {
  try {
    return JSON.stringify(JSON.parse(json), null, 2);
  } catch {
    return json; // Half written: as it came.
  }
}

function useNow(isRunning: boolean): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    if (!isRunning) return;
    const timer = setInterval(() => setNow(Date.now()), 250);
    return () => clearInterval(timer);
  }, [isRunning]);
  return now;
}
