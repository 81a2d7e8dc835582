/**
 * The first languages, measured when the lab was built, so that the page shows a finished picture before
 * any script, text or vocabulary has arrived. Made by tools/languages/first-inflation.ts.
 */
import type { TextMeasure } from '../../languages/types';
import data from '../../generated/first-inflation.json';
import { reviveTyped } from '../../tokenizers/typed-json';

/** Measures by tokenizer, then by the code of the language. */
export type FirstInflation = Readonly<Record<string, Readonly<Record<string, TextMeasure>>>>;

export const FIRST_INFLATION = reviveTyped(data) as FirstInflation;
