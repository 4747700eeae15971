import { useState } from 'react';

/** The value, or the last one that there was: old figures stay until new ones have come. */
export function useLast<Value>(value: Value | null): Value | null {
  const [last, setLast] = useState(value);
  if (value !== null && value !== last) setLast(value);
  return value ?? last;
}
