import { applyDecorators } from '@nestjs/common';
import { IsInt, IsNumber, Matches, Max, MaxLength, Min, ValidateIf, registerDecorator } from 'class-validator';

/** Largest amount that stays exact in nano-USD. */
export const MAX_USD = 9_007_199;

const MAX_INTEGER = 2_147_483_647;
const MAX_TAGS = 10;
const TAG_NAME = /^[\w.:/-]{1,64}$/;
const TAG_VALUE = /^[^\p{C}]{1,128}$/u;
const PRINTABLE = /^[^\p{C}]+$/u;
/** ISO 8601: a day, or a moment with its zone; without one it would mean another moment on every machine. */
const MOMENT = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2}))?$/;

/** Checked only when it is there; unlike `IsOptional`, `null` is checked as well. */
export const IfPresent = (): PropertyDecorator => ValidateIf((_, value) => value !== undefined);

/** Checked unless it is absent or `null`, which removes it. */
export const IfSet = (): PropertyDecorator => ValidateIf((_, value) => value !== undefined && value !== null);

/** A line of text that a page can show. */
export function IsLine(maxLength: number): PropertyDecorator {
  return applyDecorators(
    MaxLength(maxLength, { message: `$property is at most ${maxLength} characters` }),
    Matches(PRINTABLE, { message: '$property is a line of text, not empty and without control characters' }),
  ) as PropertyDecorator;
}

/** A whole number of at least 1: a limit of 0 would be a key that is off, for which there is `disabled`. */
export function IsLimit(): PropertyDecorator {
  const message = '$property is a whole number of at least 1';
  return applyDecorators(IsInt({ message }), Min(1, { message }), Max(MAX_INTEGER, { message })) as PropertyDecorator;
}

/** Decimal USD, 0 included. */
export function IsUsd(): PropertyDecorator {
  const message = `$property is an amount in USD from 0 to ${MAX_USD}, like 12.5`;
  return applyDecorators(
    IsNumber({ allowNaN: false, allowInfinity: false }, { message }),
    Min(0, { message }),
    Max(MAX_USD, { message }),
  ) as PropertyDecorator;
}

export function IsMoment(): PropertyDecorator {
  return rule('isMoment', isMoment, '$property is a time like 2027-01-31T00:00:00Z');
}

export function IsTags(): PropertyDecorator {
  return rule('isTags', isTags, `$property is an object of at most ${MAX_TAGS} short texts, like {"team": "search"}`);
}

function isMoment(value: unknown): boolean {
  return typeof value === 'string' && MOMENT.test(value) && !Number.isNaN(Date.parse(value));
}

function isTags(value: unknown): boolean {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const entries = Object.entries(value);
  return (
    entries.length <= MAX_TAGS &&
    entries.every(([name, text]) => TAG_NAME.test(name) && typeof text === 'string' && TAG_VALUE.test(text))
  );
}

function rule(name: string, validate: (value: unknown) => boolean, message: string): PropertyDecorator {
  return (target, propertyName) =>
    registerDecorator({
      name,
      target: target.constructor,
      propertyName: String(propertyName),
      options: { message },
      validator: { validate },
    });
}
