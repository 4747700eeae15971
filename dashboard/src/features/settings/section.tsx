import { useId, type ReactNode } from 'react';

interface SectionProps {
  readonly title: string;
  readonly hint?: ReactNode;
  readonly children: ReactNode;
}

/** A card of settings under one heading. */
export function Section({ title, hint, children }: SectionProps) {
  const id = useId();
  return (
    <section aria-labelledby={id} className="flex flex-col gap-4 rounded-control border border-line bg-surface p-4">
      <div>
        <h2 id={id} className="text-prose">
          {title}
        </h2>
        {hint && <p className="text-meta text-ink-2">{hint}</p>}
      </div>
      {children}
    </section>
  );
}

/** A setting: what it is, and its control. */
export function SettingRow({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
      <span className="text-control">{label}</span>
      {children}
    </div>
  );
}
