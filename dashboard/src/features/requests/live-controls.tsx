import { ArrowUp, Pause, Play } from 'lucide-react';
import { Button } from '../../components/button.js';
import { formatCount } from '../../lib/figures.js';

interface LiveControlsProps {
  readonly isLive: boolean;
  /** Live, but new rows wait because the reader looks at something. */
  readonly isHeld: boolean;
  /** The filter ends in the past: nothing new can match. */
  readonly isPast: boolean;
  readonly onToggle: () => void;
}

/** Whether new calls come in by themselves, said in a word. */
export function LiveControls({ isLive, isHeld, isPast, onToggle }: LiveControlsProps) {
  if (isPast) return <span className="text-control text-ink-2">A past time</span>;
  const words = !isLive ? 'Paused' : isHeld ? 'Paused while you look' : 'Live';
  return (
    <Button
      look="quiet"
      aria-pressed={isLive}
      data-tip={isLive ? 'Pause (L)' : 'Go live (L)'}
      onClick={onToggle}
      icon={
        isLive ? (
          <span aria-hidden className={`size-2 rounded-full ${isHeld ? 'bg-warn' : 'bg-ok'}`} />
        ) : (
          <Play aria-hidden size={16} strokeWidth={1.5} />
        )
      }
    >
      {words}
      {isLive && <Pause aria-hidden size={16} strokeWidth={1.5} />}
    </Button>
  );
}

interface NewRowsProps {
  readonly waiting: number;
  readonly isMore: boolean;
  readonly onAdmit: () => void;
}

/** "12 new ↑": lets the waiting rows in and goes to them. */
export function NewRows({ waiting, isMore, onAdmit }: NewRowsProps) {
  if (waiting === 0) return null;
  return (
    <Button look="outline" onClick={onAdmit} icon={<ArrowUp aria-hidden size={16} strokeWidth={1.5} />}>
      {formatCount(waiting)}
      {isMore ? '+' : ''} new
    </Button>
  );
}
