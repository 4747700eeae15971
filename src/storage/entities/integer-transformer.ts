import type { ValueTransformer } from 'typeorm';

/** 64-bit integers come from some drivers as text. Ours stay below 2^53, so a number holds them exactly. */
export const integerTransformer: ValueTransformer = {
  to: (value: number | null | undefined) => value,
  from: (value: number | string | null) => (value === null ? null : Number(value)),
};
