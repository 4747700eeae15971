/** A sample of a series: a field for columns, a stroke with its dashes for lines. */
export function Swatch({ colour, dash = null }: { readonly colour: string; readonly dash?: readonly number[] | null }) {
  return (
    <svg aria-hidden width={dash ? 24 : 12} height={12} className="shrink-0" style={{ color: `var(--${colour})` }}>
      {dash ? (
        <line x1={0} x2={24} y1={6} y2={6} stroke="currentColor" strokeWidth={2} strokeDasharray={dash.join(' ')} />
      ) : (
        <rect width={12} height={12} rx={2} fill="currentColor" />
      )}
    </svg>
  );
}
