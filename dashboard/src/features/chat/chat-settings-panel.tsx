import { useState, type ReactNode } from 'react';
import type { ModelRow } from '../../../../libs/contracts/models.js';
import { Field, inputClass } from '../../components/field.js';
import { describeModel } from '../../components/model-list.js';
import { ModelPicker } from '../../components/model-picker.js';
import { Select } from '../../components/select.js';
import type { Answer, ChatSettings, Message } from '../../lib/conversations/conversation.js';
import { plural } from '../../lib/figures.js';
import { formatUsdSum } from '../../lib/money.js';
import { ChatKey } from './chat-key.js';
import { NumberField } from './number-field.js';
import { useProviders } from './use-providers.js';

interface ChatSettingsPanelProps {
  readonly settings: ChatSettings;
  readonly onChange: (change: Partial<ChatSettings>) => void;
  readonly messages: readonly Message[];
}

/** Provider, model, key, system prompt and parameters of this chat, and what it has cost. */
export function ChatSettingsPanel({ settings, onChange, messages }: ChatSettingsPanelProps) {
  const { names, current, model, saved, firstModelOf } = useProviders(settings.model);
  return (
    <div className="flex flex-col gap-4">
      <Field label="Provider">
        {(control) => (
          <Select
            {...control}
            value={current ?? ''}
            onChange={(name) => onChange({ model: firstModelOf(name) })}
            options={[
              ...(current ? [] : [{ value: '', label: 'By the model’s name', disabled: true }]),
              ...names.map((name) => ({ value: name, label: name })),
            ]}
          />
        )}
      </Field>
      <div className="flex flex-col gap-1">
        <span className="text-meta font-semibold text-ink-2">Model</span>
        <ModelPicker
          label="Model"
          value={settings.model}
          upstream={current}
          onChange={(id) => onChange({ model: id })}
        />
        {model && <ModelFacts model={model} />}
      </div>
      <ChatKey provider={current} saved={saved} />
      <Section title="System prompt" isUsed={settings.system.trim() !== ''}>
        <textarea
          aria-label="System prompt"
          rows={4}
          value={settings.system}
          placeholder="Said before every question of this chat"
          onChange={(event) => onChange({ system: event.target.value })}
          className={`${inputClass} field-sizing-content max-h-60 min-h-20 resize-none`}
        />
      </Section>
      <Section
        title="Temperature, length"
        isUsed={settings.temperature !== null || settings.topP !== null || settings.maxTokens !== null}
      >
        <NumberField
          label="Temperature"
          hint="0 to 2; empty: the model’s own"
          min={0}
          max={2}
          step={0.1}
          value={settings.temperature}
          onChange={(temperature) => onChange({ temperature })}
        />
        <NumberField
          label="Top p"
          hint="0 to 1; empty: the model’s own"
          min={0}
          max={1}
          step={0.05}
          value={settings.topP}
          onChange={(topP) => onChange({ topP })}
        />
        <NumberField
          label="Longest answer"
          hint="tokens; empty: the model’s own limit"
          min={1}
          max={1_000_000}
          step={1}
          value={settings.maxTokens}
          onChange={(maxTokens) => onChange({ maxTokens })}
        />
      </Section>
      <ThisChat messages={messages} />
    </div>
  );
}

function ModelFacts({ model }: { readonly model: ModelRow }) {
  return (
    <p className="text-meta text-ink-2">
      {describeModel(model)}
      {model.input.length > 0 && (
        <span className="block">{model.input.map((kind) => (kind === 'image' ? 'pictures' : kind)).join(', ')}</span>
      )}
    </p>
  );
}

interface SectionProps {
  readonly title: string;
  readonly isUsed: boolean;
  readonly children: ReactNode;
}

/** Folded until it is needed; a dot tells that something in it is set. */
function Section({ title, isUsed, children }: SectionProps) {
  const [startsOpen] = useState(isUsed);
  return (
    <details open={startsOpen}>
      <summary className="control-h flex items-center gap-2 rounded-control text-meta font-semibold text-ink-2 before:content-['▸'] [[open]>&]:before:content-['▾']">
        {title}
        {isUsed && <span title="Set" className="size-1.5 rounded-full bg-accent" />}
      </summary>
      <div className="flex flex-col gap-3 pt-1">{children}</div>
    </details>
  );
}

/** "6 answers · $0.0213 + 1 unpriced" */
function ThisChat({ messages }: { readonly messages: readonly Message[] }) {
  const answers = messages.filter(
    (message): message is Answer => message.role === 'assistant' && message.content.text !== '',
  );
  if (answers.length === 0) return null;
  const costs = answers.map(({ content }) => content.usage?.costUsd ?? null);
  const known = costs.reduce<number>((sum, cost) => sum + (cost ?? 0), 0);
  const unpriced = costs.filter((cost) => cost === null).length;
  return (
    <div>
      <h3 className="text-meta text-ink-2">This chat</h3>
      <p className="figures text-control">
        {plural(answers.length, 'answer')} · {formatUsdSum(known, unpriced)}
      </p>
    </div>
  );
}
