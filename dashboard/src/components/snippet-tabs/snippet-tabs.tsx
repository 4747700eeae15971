import { snippetFor, toolNames, type SnippetInput, type Tool } from '../../lib/snippets.js';
import { CopyButton } from '../copy-button.js';
import { Tabs } from '../tabs.js';

interface SnippetTabsProps extends Omit<SnippetInput, 'key'> {
  readonly snippetKey: SnippetInput['key'];
  readonly tool: Tool;
  readonly onTool: (tool: Tool) => void;
}

/** The same first call in every program's words, ready to copy. */
export function SnippetTabs({ tool, onTool, address, snippetKey, model }: SnippetTabsProps) {
  const input: SnippetInput = { address, key: snippetKey, model };
  return (
    <Tabs
      label="Program"
      value={tool}
      onChange={onTool}
      tabs={(Object.keys(toolNames) as Tool[]).map((value) => ({
        value,
        label: toolNames[value],
        panel: <SnippetCard tool={value} input={input} />,
      }))}
    />
  );
}

function SnippetCard({ tool, input }: { readonly tool: Tool; readonly input: SnippetInput }) {
  const { text, language, note } = snippetFor(tool, input);
  return (
    <div className="flex flex-col gap-2">
      <div className="rounded-control border border-line bg-sunken">
        <div className="flex items-center justify-between border-b border-line pr-1 pl-3 text-meta text-ink-2">
          {language}
          <CopyButton text={text} label="Copy the snippet">
            Copy
          </CopyButton>
        </div>
        <pre
          tabIndex={0}
          role="region"
          aria-label={`Snippet for ${toolNames[tool]}`}
          className="overflow-x-auto p-3 font-mono text-table"
        >
          {text}
        </pre>
      </div>
      {note && <p className="text-meta break-words text-ink-2">{note}</p>}
    </div>
  );
}
