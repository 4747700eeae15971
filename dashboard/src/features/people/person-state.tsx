/** Whether a person may come in. */
export function PersonState({ isDisabled }: { readonly isDisabled: boolean }) {
  return (
    <span className="inline-flex items-center gap-1.5">
      <span aria-hidden className={`inline-block w-4 text-center ${isDisabled ? 'text-ink-2' : 'text-ok'}`}>
        {isDisabled ? '⊘' : '●'}
      </span>
      {isDisabled ? 'off' : 'on'}
    </span>
  );
}
