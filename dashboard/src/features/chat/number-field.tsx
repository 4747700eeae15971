import { useState } from 'react';
import { Field, inputClass } from '../../components/field.js';

interface NumberFieldProps {
  readonly label: string;
  readonly hint: string;
  readonly min: number;
  readonly max: number;
  readonly step: number;
  readonly value: number | null;
  readonly onChange: (value: number | null) => void;
}

/** A number that may be left out. What is out of range is said and not sent. */
export function NumberField({ label, hint, min, max, step, value, onChange }: NumberFieldProps) {
  const [text, setText] = useState(value === null ? '' : String(value));
  const [shown, setShown] = useState(value);
  if (shown !== value) {
    setShown(value);
    setText(value === null ? '' : String(value));
  }
  const number = text.trim() === '' ? null : Number(text);
  const isWrong = number !== null && !(number >= min && number <= max);
  const change = (next: string) => {
    setText(next);
    const parsed = next.trim() === '' ? null : Number(next);
    if (parsed !== null && !(parsed >= min && parsed <= max)) return;
    setShown(parsed);
    onChange(parsed);
  };
  return (
    <Field label={label} hint={hint} error={isWrong ? `Between ${min} and ${max}.` : null}>
      {(control) => (
        <input
          {...control}
          type="number"
          inputMode="decimal"
          min={min}
          max={max}
          step={step}
          value={text}
          onChange={(event) => change(event.target.value)}
          className={`${inputClass} figures`}
        />
      )}
    </Field>
  );
}
