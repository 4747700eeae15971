import type { ChatSettings } from '../../lib/conversations/conversation.js';

const prompts: readonly string[] = [
  'Explain a server-sent event to a new colleague',
  'Write a SQL query that finds duplicate invoices',
  'Turn “2 apples at 1.20, 1 bread at 3.40” into JSON',
];

interface EmptyChatProps {
  readonly settings: ChatSettings;
  readonly onPick: (text: string) => void;
}

/** The first screen: what to do, and three ways to begin. */
export function EmptyChat({ settings, onPick }: EmptyChatProps) {
  const isDemo = settings.model === 'demo' || settings.model.startsWith('demo/');
  return (
    <div className="m-auto flex w-full max-w-160 flex-col items-center gap-6 p-4 text-center">
      <div>
        <p className="text-title font-semibold">Ask {isDemo ? 'the demo model' : settings.model} anything</p>
        {isDemo && <p className="mt-1 text-control text-ink-2">It runs inside the gateway and costs nothing.</p>}
      </div>
      <ul className="flex w-full flex-col gap-2">
        {prompts.map((prompt) => (
          <li key={prompt}>
            <button
              type="button"
              onClick={() => onPick(prompt)}
              className="w-full rounded-control border border-line bg-surface px-4 py-3 text-left text-control hover:bg-hover"
            >
              {prompt}
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}
